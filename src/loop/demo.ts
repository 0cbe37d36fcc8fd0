import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTable, requireNumeric, type Table, takeRows } from '../data/index.ts';
import { type Feature, featureTypes, measureDrift } from '../drift/index.ts';
import { type Clock, toIso } from '../platform/clock.ts';
import { DataError } from '../platform/errors.ts';
import { driftDefaults, initWorkspace, minimumSample, openWorkspace } from '../workspace/index.ts';
import { promote, rollback } from './change-production.ts';
import { registerModel } from './register-model.ts';
import { trainFile } from './train-file.ts';
import { verifyWorkspace } from './verify-workspace.ts';

export interface DemoFiles {
  readonly reference: string;
  /** With a time column; replayed week by week. */
  readonly stream: string;
  readonly target: string;
  readonly workspace: string;
}

export interface DemoStage {
  readonly stage: string;
  readonly found: string;
}

const weekMs = 7 * 24 * 3600 * 1000;
const who = 'demo';

/** Writes the sample files that travel in the program into a folder. */
export function writeSamples(folder: string, samples: Readonly<Record<'reference' | 'stream', string>>) {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: string) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  return {
    reference: write('reference.csv', samples.reference),
    stream: write('stream.csv', samples.stream),
    target: 'defaulted',
  };
}

/** Trains, registers and promotes two versions, watches the stream for drift week by week, rolls back as a drill, verifies. */
export async function runDemo(
  files: DemoFiles,
  clock: Clock,
  signal: AbortSignal,
  tell: (stage: DemoStage) => void,
): Promise<void> {
  initWorkspace({ folder: files.workspace, model: 'demo-model', schemaPath: 'schema.json' });
  const workspace = openWorkspace(files.workspace);
  const reference = await readTable(files.reference);
  const stream = await readTable(files.stream);
  const features = featureTypes(reference, stream).filter(
    (feature) => feature.name !== files.target && feature.type !== 'text',
  );
  for (const seed of [1, 2]) {
    const output = join(files.workspace, `model-${seed}.onnx`);
    const trained = await trainFile({ data: files.reference, target: files.target, output, seed }, signal);
    tell({
      stage: 'train',
      found: `ROC AUC ${trained.metrics.roc_auc?.toFixed(3) ?? 'undefined'} on the ${trained.rows.validation} later rows, F1 ${trained.metrics.f1.toFixed(3)}`,
    });
    const model = { file: output, golden: files.stream, who, reason: `demo model, seed ${seed}` };
    const { version } = await registerModel(workspace, model, clock);
    const change = await promote(
      workspace,
      version,
      { reason: 'first days of the demo', who, dryRun: false },
      clock,
    );
    tell({
      stage: 'promote',
      found: `Production went from ${change.from ?? 'none'} to version ${change.to}`,
    });
  }
  for (const week of weeks(stream)) {
    signal.throwIfAborted();
    tell({ stage: 'drift', found: driftOfWeek(week, reference, stream, features) });
  }
  const back = await rollback(workspace, undefined, { reason: 'drill', who, dryRun: false }, clock);
  tell({
    stage: 'rollback',
    found: `drill: version ${back.from} to version ${back.to}, ${back.verified.golden_rows} golden rows checked`,
  });
  const verified = await verifyWorkspace(workspace);
  tell({
    stage: 'verify',
    found: [`${verified.status}, ${verified.events} audit rows`, ...verified.problems].join('; '),
  });
}

interface Week {
  readonly from: number;
  readonly rows: Uint32Array;
}

function weeks(stream: Table): readonly Week[] {
  const time = stream.columns.find((column) => column.type === 'datetime');
  if (time?.kind !== 'numeric') {
    throw new DataError('the stream has no time column', {
      why: 'times are ISO 8601 with zone',
      remedy: 'add a column timestamp',
    });
  }
  const times = requireNumeric(stream, time.name).values;
  const known = times.filter((value) => !Number.isNaN(value));
  const dayMs = weekMs / 7;
  const start =
    Math.floor(known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY) / dayMs) *
    dayMs;
  const rows = new Map<number, number[]>();
  for (const [row, value] of times.entries()) {
    if (Number.isNaN(value)) continue;
    const week = Math.floor((value - start) / weekMs);
    const inWeek = rows.get(week) ?? [];
    inWeek.push(row);
    rows.set(week, inWeek);
  }
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([week, inWeek]) => ({ from: start + week * weekMs, rows: Uint32Array.from(inWeek) }));
}

function driftOfWeek(week: Week, reference: Table, stream: Table, features: readonly Feature[]): string {
  const current = takeRows(stream, week.rows);
  const result = measureDrift({ reference, current, features, ...driftDefaults, minimumRows: minimumSample });
  const names = result.features.filter((feature) => feature.drifted).map((feature) => feature.name);
  const which = names.length === 0 ? '' : `: ${names.join(', ')}`;
  return `week of ${toIso(week.from).slice(0, 10)}, ${current.rows} rows: ${result.status}, ${names.length} of ${features.length} features drifted${which}`;
}
