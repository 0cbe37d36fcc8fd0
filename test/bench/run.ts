// npm run bench [NAME…]: whole processes in turn (A B A B …), medians of pairwise ratios, as a Markdown table. Exit 1 when a required ratio is missed.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchmarks } from './benchmarks.ts';
import { keepsPromise, tableHead, tableLine } from './table.ts';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !benchmarks.some((each) => each.name === name));
if (unknown.length > 0) {
  console.error(`there is no benchmark ${unknown.join(', ')}`);
  console.error(`try: npm run bench ${benchmarks.map((each) => each.name).join(' | ')}`);
  process.exit(64);
}

const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`;
console.log(`${new Date().toISOString().slice(0, 10)}, ${machine}, Node ${process.version}\n\n${tableHead}`);
for (const benchmark of benchmarks) {
  if (names.length > 0 && !names.includes(benchmark.name)) continue;
  const folder = mkdtempSync(join(tmpdir(), 'mlops-bench-'));
  try {
    const say = (line: string) => console.error(`${benchmark.name}: ${line}`);
    say('measuring');
    for (const row of await benchmark.run({ folder, say })) {
      console.log(tableLine(row));
      if (!keepsPromise(row)) process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
