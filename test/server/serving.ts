import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { serveStartedDefinition } from '../../src/data/results/serve.ts';
import { executable, runMlops } from '../executable/run-mlops.ts';

const reference = join(executable, '..', '..', 'fixtures', 'reference.csv');

const feature = (name: string, type: 'integer' | 'number', constraints: object = {}) => ({
  name,
  type,
  constraints,
});
const schema = {
  fields: [
    feature('age', 'integer', { required: true, minimum: 18, maximum: 120 }),
    feature('monthly_income', 'number', { minimum: 0 }),
    feature('debt_ratio', 'number', { minimum: 0 }),
    feature('utilization', 'number', { minimum: 0 }),
    feature('open_credit_lines', 'integer'),
    feature('late_payments', 'integer'),
    feature('dependents', 'integer'),
    { name: 'defaulted', type: 'integer', role: 'target' },
  ],
};

/** A row that breaks no rule. */
export const applicant = {
  age: 44,
  monthly_income: 5839,
  debt_ratio: 0.0527,
  utilization: 0.7492,
  open_credit_lines: 6,
  late_payments: 0,
  dependents: 1,
};

async function must(workspace: string, ...commandLine: string[]): Promise<void> {
  const outcome = await runMlops(['-C', workspace, ...commandLine]);
  if (outcome.code !== 0) throw new Error(`${commandLine.join(' ')}: ${outcome.stderr}`);
}

/** A workspace with two versions of a small model, the first in Production; made once for this build of the executable. */
export async function servingWorkspace(): Promise<string> {
  const { size, mtimeMs } = statSync(executable);
  const known = join(tmpdir(), `mlops-test-serving-${size}-${Math.round(mtimeMs)}`);
  if (!existsSync(known)) placeWhole(await makeWorkspace(), known);
  return known;
}

/** Of several test files that make it at once, one is first. */
function placeWhole(made: string, known: string): void {
  try {
    renameSync(made, known);
  } catch (error) {
    if (!existsSync(known)) throw error;
  }
}

async function makeWorkspace(): Promise<string> {
  const workspace = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  writeFileSync(join(workspace, 'schema.json'), JSON.stringify(schema));
  await must(
    workspace,
    'init',
    '--model',
    'small',
    '--schema',
    'schema.json',
    '--target',
    'defaulted',
    '--yes',
  );
  const configuration = join(workspace, 'mlops.yaml');
  writeFileSync(configuration, readFileSync(configuration, 'utf8').replace('trees: 400', 'trees: 20'));
  for (const seed of ['1', '2']) await must(workspace, 'train', '--data', reference, '--seed', seed);
  await must(workspace, 'promote', '1');
  return workspace;
}

/** A copy to change, with these lines under `serve:` of its mlops.yaml. */
export function copyWith(workspace: string, settings: Readonly<Record<string, string>> = {}): string {
  const copy = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  cpSync(workspace, copy, { recursive: true });
  configure(copy, settings);
  return copy;
}

/** Sets keys under `serve:`. */
export function configure(workspace: string, settings: Readonly<Record<string, string>>): void {
  const path = join(workspace, 'mlops.yaml');
  const keys = Object.keys(settings);
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => !keys.some((key) => line.startsWith(`  ${key}: `)));
  const added = Object.entries(settings).map(([key, value]) => `  ${key}: ${value}`);
  writeFileSync(path, lines.flatMap((line) => (line === 'serve:' ? [line, ...added] : [line])).join('\n'));
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a document that each test reads its own way
  readonly json: any;
}

export interface Serving {
  readonly workspace: string;
  readonly address: string;
  readonly process: ChildProcess;
  /** What it wrote to standard error so far. */
  readonly said: () => string;
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly post: (path: string, body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  /** Sends the signal and gives the exit code. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** Starts `mlops serve` on a free port; it is killed when the test is over. */
export async function serve(workspace: string, ...options: string[]): Promise<Serving> {
  const serving = await start(workspace, ...options);
  onTestFinished(() => void serving.process.kill('SIGKILL'));
  return serving;
}

/** As `serve`, for several tests: the caller stops it. */
export async function start(workspace: string, ...options: string[]): Promise<Serving> {
  const child = spawn(executable, ['-C', workspace, '--json', 'serve', '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += text;
  });
  const { address } = await new Promise<{ readonly address: string }>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
      if (output.trimEnd().endsWith('}')) resolve(serveStartedDefinition.parse(JSON.parse(output)));
    });
    void ended.then((code) => reject(new Error(`it ended with ${code}: ${errors}`)));
  });
  const ask = async (path: string, init: RequestInit) => {
    const response = await fetch(address + path, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, json: isJson ? JSON.parse(text) : text };
  };
  return {
    workspace,
    address,
    process: child,
    said: () => errors,
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, body, headers = {}) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body:
          typeof body === 'string'
            ? body
            : body instanceof Uint8Array
              ? new Blob([new Uint8Array(body)])
              : JSON.stringify(body),
      }),
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Rows of a query on the workspace's store. */
export function stored(
  workspace: string,
  sql: string,
  ...parameters: unknown[]
): readonly Record<string, unknown>[] {
  const store = new Database(join(workspace, '.mlops', 'store.db'), { readonly: true });
  try {
    return store.prepare<unknown[], Record<string, unknown>>(sql).all(...parameters);
  } finally {
    store.close();
  }
}

/** Resolves once it holds, to the milliseconds that took. */
export async function until(holds: () => Promise<boolean>): Promise<number> {
  const started = performance.now();
  while (!(await holds())) {
    if (performance.now() - started > 10_000) throw new Error('it never came');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return performance.now() - started;
}
