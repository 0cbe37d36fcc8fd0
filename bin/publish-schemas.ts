// Writes schemas/*.schema.json from the code's own definitions; with --check, fails when they differ from what is there.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { publishedDefinitions } from '../src/data/results/published.ts';

const folder = join(import.meta.dirname, '..', 'schemas');
const check = process.argv.includes('--check');
const problems: string[] = [];

for (const [name, definition] of Object.entries(publishedDefinitions)) {
  const file = `${name}.schema.json`;
  const path = join(folder, file);
  const text = `${JSON.stringify({ title: `mlops ${name}`, ...z.toJSONSchema(definition) }, null, 2)}\n`;
  if (!check) writeFileSync(path, text);
  else if (!existsSync(path) || readFileSync(path, 'utf8') !== text)
    problems.push(`schemas/${file} is not what the code says`);
}
for (const file of readdirSync(folder)) {
  const name = file.replace(/\.schema\.json$/, '');
  if (!(name in publishedDefinitions)) problems.push(`schemas/${file} stands for no definition in the code`);
}

if (problems.length > 0) {
  console.error(`${problems.join('\n')}\ntry: node bin/publish-schemas.ts`);
  process.exit(1);
}
console.log(check ? 'schemas are what the code says' : 'schemas written');
