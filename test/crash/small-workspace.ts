import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runMlops } from '../executable/run-mlops.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');

export const beforeStream = '2026-08-03T00:00:00Z';
/** The sample's population has moved by then. */
export const shifted = '2026-09-28T00:00:00Z';
export const allLabelled = '2026-11-15T00:00:00Z';

export interface SmallWorkspaces {
  /** mlops.yaml and schema.json only. */
  readonly fresh: string;
  /** Version 1 in Production, no predictions. */
  readonly promoted: string;
  /** `promoted`, and the predictions of three weeks in the store. */
  readonly predicted: string;
  /** `predicted`, and their labels. */
  readonly labelled: string;
  /** CSV of the 3,000 predictions of three weeks, the last of them shifted, and the labels of 2,081 of them. */
  readonly stream: string;
  readonly labels: string;
  readonly reference: string;
  readonly rows: number;
  readonly labelRows: number;
}

/** Workspaces with few trees, a week's lookback and a gate that passes anything, so that `heal` walks every step in a second. */
export async function smallWorkspaces(): Promise<SmallWorkspaces> {
  const folder = newFolder();
  const fresh = join(folder, 'fresh');
  const reference = join(fixtures, 'reference.csv');
  const must = async (...commandLine: string[]) => {
    const outcome = await runMlops(commandLine);
    if (outcome.code !== 0) throw new Error(`${commandLine.join(' ')}: ${outcome.stderr}`);
  };
  const schema = join(fresh, 'schema.json');
  await must('-C', fresh, 'init', '--model', 'small', '--schema', schema, '--target', 'defaulted', '--yes');
  await must('schema', 'infer', reference, '--target', 'defaulted', '--output', schema);
  const configuration = join(fresh, 'mlops.yaml');
  const passesAnything =
    'overrides: { minimum_rows: 1, minimum_coverage: 0, minimum_days: 0, minimum_f1_improvement: -1, maximum_brier_degradation: 1, maximum_segment_loss: null, maximum_false_promotion: null }';
  const text = readFileSync(configuration, 'utf8')
    .replace(schema, 'schema.json')
    .replace('lookback: 24h', 'lookback: 7d')
    .replace('trees: 400', 'trees: 20')
    .replace('overrides: {}', passesAnything);
  writeFileSync(configuration, text);

  const [streamHeader = '', ...streamLines] = linesOf('stream.csv');
  const [labelHeader = '', ...labelLines] = linesOf('labels.csv');
  const taken = streamLines.filter((line) => {
    const time = line.split(',')[1] ?? '';
    return time >= '2026-09-07' && time < '2026-09-28';
  });
  const ids = new Set(taken.map((line) => line.split(',')[0]));
  const takenLabels = labelLines.filter((line) => ids.has(line.split(',')[0]));
  const stream = join(folder, 'stream.csv');
  const labels = join(folder, 'labels.csv');
  writeFileSync(stream, [streamHeader, ...taken, ''].join('\n'));
  writeFileSync(labels, [labelHeader, ...takenLabels, ''].join('\n'));

  const grown = async (from: string, name: string, ...steps: readonly (readonly string[])[]) => {
    const to = join(folder, name);
    cpSync(from, to, { recursive: true });
    for (const step of steps) await must('-C', to, ...step);
    return to;
  };
  const promoted = await grown(
    fresh,
    'promoted',
    ['--as-of', beforeStream, 'train', '--data', reference],
    ['--as-of', beforeStream, 'promote', '1'],
  );
  const predicted = await grown(promoted, 'predicted', [
    '--as-of',
    allLabelled,
    'predictions',
    'import',
    stream,
  ]);
  const labelled = await grown(predicted, 'labelled', ['--as-of', allLabelled, 'labels', 'add', labels]);
  const counts = { rows: taken.length, labelRows: takenLabels.length };
  return { fresh, promoted, predicted, labelled, stream, labels, reference, ...counts };
}

function linesOf(fixture: string): readonly string[] {
  return readFileSync(join(fixtures, fixture), 'utf8').trimEnd().split('\n');
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'mlops-test-'));
}

/** The file's rows over and over, each time under ids of their own; `prefix` '' for rows without ids. */
export function writeRepeated(path: string, source: string, times: number, prefix = 'r'): void {
  const [header = '', ...lines] = readFileSync(source, 'utf8').trimEnd().split('\n');
  const parts = Array.from({ length: times }, (_, time) => {
    const before = prefix === '' ? '' : `${prefix}${time}_`;
    return lines.map((line) => `${before}${line}`).join('\n');
  });
  writeFileSync(path, `${[header, ...parts].join('\n')}\n`);
}

/** A copy to change, so that tests stay apart. */
export function copyOf(workspace: string): string {
  const copy = join(newFolder(), 'workspace');
  cpSync(workspace, copy, { recursive: true });
  return copy;
}

/** Runs a command on the workspace to its end. @returns how long it took, in milliseconds */
export async function complete(workspace: string, ...commandLine: readonly string[]): Promise<number> {
  const started = performance.now();
  const { code, stderr } = await runMlops(['-C', workspace, ...commandLine]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return performance.now() - started;
}
