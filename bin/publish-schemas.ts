// Writes schemas/*.schema.json from the code's own definitions; with --check, fails when they differ from what is there, when a
// file stands for no definition, and when two names stand for one.
// Usage: node bin/publish-schemas.ts [--check] [FOLDER of the schemas]
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { publishedDefinitions } from '../src/data/results/published.ts';
import { configurationDefinition, initOutcomeDefinition } from '../src/workspace/index.ts';

const options = process.argv.slice(2);
const check = options.includes('--check');
const folder = options.find((each) => each !== '--check') ?? join(import.meta.dirname, '..', 'schemas');
const problems: string[] = [];

/** Name → definition, and whether the schema is of what is written by hand, where defaults may be left out. */
const published: readonly (readonly [string, z.ZodType, 'output' | 'input'])[] = [
  ...Object.entries(publishedDefinitions).map(([name, each]) => [name, each, 'output'] as const),
  ['init', initOutcomeDefinition, 'output'],
  ['mlops-yaml', configurationDefinition, 'input'],
];

const names = published.map(([name]) => name);
for (const [place, [name, definition, io]] of published.entries()) {
  const file = `${name}.schema.json`;
  const path = join(folder, file);
  const body = z.toJSONSchema(definition, { io });
  const text = `${JSON.stringify({ title: `mlops ${name}`, ...body }, null, 2)}\n`;
  if (names.indexOf(name) !== place) problems.push(`two definitions are called ${name}`);
  const twin = published.slice(0, place).find(([, other]) => other === definition);
  if (twin !== undefined) problems.push(`${twin[0]} and ${name} stand for one definition`);
  if (!check) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
  } else if (!existsSync(path) || readFileSync(path, 'utf8') !== text)
    problems.push(`${file} is not what the code says`);
}
const titles = new Map<unknown, string>();
for (const file of readdirSync(folder)) {
  if (!names.some((name) => file === `${name}.schema.json`)) {
    problems.push(`${file} stands for no definition in the code`);
    continue;
  }
  const { title }: { title?: unknown } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const other = titles.get(title);
  if (other !== undefined) problems.push(`${other} and ${file} have one title, ${title}`);
  titles.set(title, file);
}

if (problems.length > 0) {
  console.error(`${problems.join('\n')}\ntry: node bin/publish-schemas.ts`);
  process.exit(1);
}
console.log(check ? 'schemas are what the code says' : 'schemas written');
