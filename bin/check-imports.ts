// Holds the direction of imports between the rooms of src/: down the list, never up or round.
// Usage: node bin/check-imports.ts [FOLDER that holds src/]
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

/** Top to bottom; rooms of one line do not import each other, except as named in `beside`. */
const floors: readonly (readonly string[])[] = [
  ['executable.ts', 'main.ts'],
  ['commands'],
  ['runbook', 'server'],
  ['loop'],
  ['health', 'alerting'],
  ['evaluation'],
  ['gate'],
  ['drift'],
  ['estimation', 'training', 'explanation'],
  ['scoring'],
  ['registry'],
  ['report'],
  ['store'],
  ['data'],
  ['workspace'],
  ['platform'],
];
/** Rooms that stay free of store, console and files: the mathematics and the views. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  drift: ['estimation', 'training', 'data', 'platform'],
  estimation: ['data', 'platform'],
  training: ['scoring', 'data', 'platform'],
  explanation: ['scoring', 'data', 'platform'],
  evaluation: ['gate', 'data', 'platform'],
  gate: ['training', 'data', 'platform'],
  scoring: ['data', 'platform'],
  report: ['data', 'platform'],
  data: ['platform'],
  workspace: ['platform'],
};

const root = join(process.argv[2] ?? join(import.meta.dirname, '..'), 'src');
const floorOf = (room: string) => floors.findIndex((rooms) => rooms.includes(room));
const problems: string[] = [];

for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
  if (!/\.tsx?$/.test(file)) continue;
  const room = file.split('/')[0] ?? '';
  if (floorOf(room) < 0) problems.push(`src/${file}: '${room}' is no room of the house`);
  const source = readFileSync(join(root, file), 'utf8');
  for (const [, specifier] of source.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)) {
    const target = relative(root, normalize(join(root, dirname(file), specifier ?? ''))).split('/')[0] ?? '';
    if (target === room || target === '..' || /\.(csv|md)$/.test(specifier ?? '')) continue;
    const rooms = allowed[room];
    const down = floorOf(target) > floorOf(room) && (rooms === undefined || rooms.includes(target));
    if (!down) problems.push(`src/${file}: imports ${specifier}, but ${room} may not import ${target}`);
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log('imports point down');
