// npm run bench serve: mlops serve beside FastAPI and a bare echo, one after the other on loopback; needs wrk. Seconds of each load:
// MLOPS_BENCH_SECONDS (10).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { mlops } from '../benchmark.ts';
import { peer, peerVersion, preparePeers } from '../peers.ts';
import { type Command, measure } from '../process.ts';
import { cpuSeconds, residentMegabytes, type Server, startServer } from './servers.ts';
import { hasWrk, type Loaded, load } from './wrk.ts';

const seconds = Number(process.env.MLOPS_BENCH_SECONDS ?? 10);
const swaps = 20;
const fixtures = join(import.meta.dirname, '..', '..', '..', 'fixtures');
const reference = join(fixtures, 'reference.csv');
const row = {
  age: 44,
  monthly_income: 5839,
  debt_ratio: 0.0527,
  utilization: 0.7492,
  open_credit_lines: 6,
  late_payments: 0,
  dependents: 1,
};
const one = JSON.stringify(row);
const thousand = JSON.stringify(
  Array.from({ length: 1000 }, (_, place) => ({ ...row, age: 20 + (place % 60) })),
);

if (!(await hasWrk())) throw new Error('needs wrk: apt-get install wrk');
const say = (line: string) => console.error(line);
const folder = mkdtempSync(join(tmpdir(), 'mlops-bench-'));
const inWorkspace = (...words: readonly string[]) => measure(mlops('-C', folder, ...words));

interface Measured extends Loaded {
  /** Microseconds of CPU a request, of the server alone. */
  readonly cpuMicroseconds: number;
}

async function loaded(server: Server, body: string, connections: number): Promise<Measured> {
  await load({ url: server.url, body, connections, seconds: Math.ceil(seconds / 4) });
  const before = cpuSeconds(server.pid);
  const figures = await load({ url: server.url, body, connections, seconds });
  return { ...figures, cpuMicroseconds: ((cpuSeconds(server.pid) - before) * 1e6) / figures.requests };
}

async function measured(name: string, command: Command, port: number): Promise<void> {
  const server = await startServer(command, `http://127.0.0.1:${port}/predict`, one);
  try {
    const [many, lone] = [await loaded(server, one, 32), await loaded(server, one, 1)];
    line(name, many, lone);
  } finally {
    await server.stop();
  }
}

function line(name: string, many: Measured, lone: Measured): void {
  const cells = [
    name,
    Math.round(many.perSecond).toLocaleString('en'),
    `${many.p50.toFixed(2)} / ${many.p99.toFixed(1)} ms`,
    `${Math.round(many.cpuMicroseconds)} µs`,
    Math.round(lone.perSecond).toLocaleString('en'),
    `${lone.p50.toFixed(2)} / ${lone.p99.toFixed(1)} ms`,
    String(many.failed + lone.failed),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

function storedRows(): number {
  const store = new Database(join(folder, '.mlops', 'store.db'), { readonly: true });
  try {
    return Number(store.prepare('SELECT count(*) FROM prediction').pluck().get());
  } finally {
    store.close();
  }
}

try {
  say('making a workspace with two versions');
  writeFileSync(
    join(folder, 'schema.json'),
    execFileSync(mlops().program, ['schema', 'infer', reference, '--target', 'defaulted']),
  );
  await inWorkspace('init', '--model', 'bench', '--schema', 'schema.json', '--target', 'defaulted', '--yes');
  for (const seed of ['1', '2']) await inWorkspace('train', '--data', reference, '--seed', seed);
  await inWorkspace('promote', '1');
  const peers = await preparePeers(say);

  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), load ${loadavg()[0]?.toFixed(1)} before`;
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${machine}, Node ${process.version}, ${seconds} s each\n`,
  );
  console.log(
    '| single rows | a second, 32 connections | p50 / p99 | CPU a request | a second, one connection | p50 / p99 | failed |',
  );
  console.log('|---|---|---|---|---|---|---|');
  await measured(
    'bare `node:http` echo',
    { program: process.execPath, parameters: [join(import.meta.dirname, 'echo.ts'), '8711'] },
    8711,
  );
  await measured('`mlops serve`, `commit`', mlops('-C', folder, '--quiet', 'serve', '--port', '8712'), 8712);
  if ('python' in peers) {
    const version = await peerVersion(peers.python, 'FastAPI', 'fastapi');
    const [model = ''] = readdirSync(join(folder, '.mlops', 'artifacts')).filter((name) =>
      name.endsWith('.onnx'),
    );
    const artifact = join(folder, '.mlops', 'artifacts', model);
    const onnx = peer(peers.python, 'fastapi_onnxruntime.py', artifact, Object.keys(row).join(','), '8713');
    await measured(`${version} + onnxruntime, nothing stored`, onnx, 8713);
    const forest = peer(peers.python, 'fastapi_sklearn.py', reference, 'defaulted', '8714');
    await measured(`${version} + scikit-learn random forest, nothing stored`, forest, 8714);
  } else console.log(`| FastAPI: ${peers.missing} | | | | | | |`);

  const before = storedRows();
  const address = 'http://127.0.0.1:8715';
  const server = await startServer(
    mlops('-C', folder, '--quiet', 'serve', '--port', '8715'),
    `${address}/predict`,
    one,
  );
  const batches = await loaded({ ...server, url: `${address}/predict/batch` }, thousand, 4);
  const kept = storedRows() - before;
  console.log(
    `\nBatches of 1,000: ${Math.round(batches.perSecond * 1000).toLocaleString('en')} rows/s, ${batches.failed} failed, ` +
      `${kept.toLocaleString('en')} rows stored, ${(batches.cpuMicroseconds / 1000).toFixed(1)} µs of CPU a row.`,
  );
  console.log(`Start to first answer: ${Math.round(server.startedIn)} ms.`);

  const calm = await load({ url: server.url, body: one, connections: 16, seconds });
  const memory = residentMegabytes(server.pid);
  const swapping = load({ url: server.url, body: one, connections: 16, seconds: seconds * 2 });
  for (let swap = 0; swap < swaps; swap++)
    await inWorkspace(...(swap % 2 === 0 ? ['promote', '2'] : ['rollback']));
  const swapped = await swapping;
  console.log(
    `${swaps} swaps under load: ${swapped.failed} of ${swapped.requests.toLocaleString('en')} requests failed, ` +
      `p99 ${swapped.p99.toFixed(1)} ms against ${calm.p99.toFixed(1)} ms before; the process holds ` +
      `${Math.round(residentMegabytes(server.pid))} MB after, ${Math.round(memory)} MB before.`,
  );
  await server.stop();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
