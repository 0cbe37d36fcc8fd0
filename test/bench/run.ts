// npm run bench: times whole processes in turn (A B A B …) and prints medians and ratios as a Markdown table.
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const root = join(import.meta.dirname, '..', '..');
const mlops = join(root, 'dist', 'mlops');
const fixtures = join(root, 'fixtures');
const folder = mkdtempSync(join(tmpdir(), 'mlops-bench-'));
const rounds = 15;

function run(command: string, ...commandLine: string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(command, commandLine, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${commandLine.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Production goes 2 → 1 by rollback, timed, and back by promote, not timed. */
function prepareRollback(): () => number {
  const workspace = join(folder, 'workspace');
  run('mkdir', workspace);
  run(mlops, '-C', workspace, 'init', '--model', 'bench', '--schema', 'schema.json');
  for (const seed of ['1', '2']) {
    const model = join(folder, `${seed}.onnx`);
    run(
      mlops,
      'train',
      '--data',
      join(fixtures, 'reference.csv'),
      '--target',
      'defaulted',
      '--seed',
      seed,
      '--output',
      model,
    );
    run(mlops, '-C', workspace, 'model', 'register', model, '--golden', join(fixtures, 'stream.csv'));
    run(mlops, '-C', workspace, 'promote', seed);
  }
  return () => {
    const elapsed = run(mlops, '-C', workspace, 'rollback');
    run(mlops, '-C', workspace, 'promote', '2');
    return elapsed;
  };
}

const nothing = () => run(process.execPath, '-e', '0');
const rows: readonly { name: string; time: () => number }[] = [
  { name: '`--version`', time: () => run(mlops, '--version') },
  { name: '`--help`', time: () => run(mlops, '--help') },
  { name: '`rollback`', time: prepareRollback() },
  {
    name: '`drift`, 3,000 x 8 against itself',
    time: () =>
      run(
        mlops,
        'drift',
        '--reference',
        join(fixtures, 'reference.csv'),
        '--current',
        join(fixtures, 'reference.csv'),
      ),
  },
];

console.log(
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, Node ${process.version}, median of ${rounds}\n`,
);
console.log('| whole process | ms | ratio to `node -e 0` of the same Node |\n|---|---|---|');
for (const { name, time } of rows) {
  time();
  nothing();
  const pairs = Array.from({ length: rounds }, () => ({ ours: time(), node: nothing() }));
  const ours = median(pairs.map((pair) => pair.ours));
  console.log(
    `| ${name} | ${ours.toFixed(0)} | ${median(pairs.map((pair) => pair.ours / pair.node)).toFixed(2)} |`,
  );
}
