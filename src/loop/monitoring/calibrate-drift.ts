import { existsSync } from 'node:fs';
import { hashFile } from '../../data/hash-file.ts';
import {
  fieldsWithRole,
  findColumn,
  orderByTime,
  readTable,
  type Table,
  type TableSchema,
  textFields,
  writeFileAtomic,
} from '../../data/index.ts';
import type { DriftCalibrateResult, DriftCalibration } from '../../data/results/drift-calibration.ts';
import { whileUnchanged } from '../../data/while-unchanged.ts';
import { calibrateThresholds, type Feature, windowSizes } from '../../drift/index.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { ConfigurationError, DataError, UsageError } from '../../platform/errors.ts';
import { findProductionAt } from '../../registry/index.ts';
import { openStore, recordEvent } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { workspaceSchema } from '../workspace-schema.ts';
import { type AskedRules, comparisonRules, requireRulesFit } from './asked-rules.ts';
import { calibrationPath, readCalibration } from './calibration-file.ts';
import { requireComparable, schemaWithFeatures, typingOf } from './compare-files.ts';
import { featuresToCompare, referenceData, requireReference } from './reference-data.ts';

export interface CalibrationRequest {
  readonly rules: AskedRules;
  readonly draws: number;
  /** Column of times that the reference is ordered by; by default the schema's. */
  readonly time: string | undefined;
}

export interface FileToCalibrate extends CalibrationRequest {
  readonly reference: string;
  readonly schema?: string | undefined;
  readonly format?: string | undefined;
  /** Columns of answers, which are no features. */
  readonly answers: readonly string[];
  readonly output: string;
}

interface Attention {
  readonly signal: AbortSignal;
  readonly progress: (phase: string, share: number) => void;
}

/** So many draws at least have to exceed a threshold for it to be known to a third or so. */
const fewestBeyond = 10;

/**
 * Thresholds for the workspace's reference, kept beside its schema, where `monitor` finds them; entered in the audit.
 * @throws ConfigurationError without a reference, or where mlops.yaml asks for a peer's decisions; DataError of too few rows
 */
export async function calibrateWorkspace(
  workspace: Workspace,
  request: CalibrationRequest & { readonly who: string },
  clock: Clock,
  attention: Attention,
): Promise<DriftCalibrateResult> {
  using store = openStore(workspace.paths.store, { create: false });
  const production = findProductionAt(store, clock.now());
  const { name, table, sha256 } = requireReference(await referenceData(workspace, production));
  const features = featuresToCompare(workspace, production, table, table);
  const known =
    production === undefined ? features : features.filter((each) => production.features.includes(each.name));
  const calibration = await calibrateTable(
    { name, table, sha256, features: known, time: request.time ?? timeOf(workspaceSchema(workspace), table) },
    { ...request, configured: workspace.config.monitoring.drift, at: clock.now() },
    attention,
  );
  const file = calibrationPath(workspace.schemaPath);
  store.change(() => {
    recordEvent(store, {
      at: clock.now(),
      who: request.who,
      command: 'drift calibrate',
      reason: 'thresholds by resampling the reference',
      before: existsSync(file) ? outlineOf(file) : null,
      after: { file, ...outline(calibration) },
    });
    write(file, calibration);
  });
  return { ...calibration, file };
}

/** The same of a bare file. @throws DataError when it lacks a feature of the schema or has too few rows; ConfigurationError of a schema without features */
export async function calibrateFile(
  file: FileToCalibrate,
  clock: Clock,
  attention: Attention,
): Promise<DriftCalibrateResult> {
  const { reference: path, format, output } = file;
  const schema = schemaWithFeatures(file.schema);
  const text = schema === undefined ? [] : textFields(schema);
  const { table, sha256 } = await whileUnchanged({ path, name: path }, async () => ({
    sha256: (await hashFile(path, attention.signal)).sha256,
    table: await readTable(path, { format, text, signal: attention.signal }),
  }));
  requireComparable(table, path, schema);
  const time = file.time ?? timeOf(schema, table);
  const features = typingOf(file, schema)(table, table).filter(({ name }) => !file.answers.includes(name));
  const calibration = await calibrateTable(
    { name: path, table, sha256, features, time },
    { ...file, configured: undefined, at: clock.now() },
    attention,
  );
  write(output, calibration);
  return { ...calibration, file: output };
}

interface ReferenceToCalibrate {
  readonly name: string;
  readonly table: Table;
  readonly sha256: string;
  readonly features: readonly Feature[];
  readonly time: string | undefined;
}

interface Terms extends Pick<CalibrationRequest, 'rules' | 'draws'> {
  readonly configured: Parameters<typeof comparisonRules>[1];
  /** Epoch milliseconds. */
  readonly at: number;
}

async function calibrateTable(
  { name, table, sha256, features, time }: ReferenceToCalibrate,
  { rules: asked, draws, configured, at }: Terms,
  { signal, progress }: Attention,
): Promise<DriftCalibration> {
  const rules = comparisonRules(asked, configured);
  const compared = features.filter((feature) => feature.name !== time);
  requireRulesFit(asked, compared, configured);
  requireOurRules(rules.convention.name);
  requireDraws(draws, rules.falseAlarms);
  const ordered = time === undefined ? table : orderByTime(table, time).table;
  const sizes = windowSizes.filter((size) => size <= ordered.rows);
  if (sizes.length === 0)
    throw new DataError(`${name} has ${ordered.rows} rows, too few to calibrate by`, {
      why: `the smallest window that is drawn has ${windowSizes[0]} rows`,
      remedy: 'calibrate by a longer reference; until then thresholds are computed',
    });
  const figures = await calibrateThresholds({
    reference: ordered,
    ordered: time !== undefined,
    features: compared,
    rules,
    draws,
    sizes,
    signal,
    progress: (share) => progress('calibrating', share),
  });
  return {
    format: 1,
    made_at: toIso(at),
    false_alarms: rules.falseAlarms,
    seed: rules.seed,
    draws,
    reference: { name, rows: ordered.rows, sha256 },
    time: time ?? null,
    sizes,
    ...figures,
  };
}

function timeOf(schema: TableSchema | undefined, table: Table): string | undefined {
  const field = schema && fieldsWithRole(schema, 'time')[0]?.name;
  return field !== undefined && findColumn(table, field) !== undefined ? field : undefined;
}

function requireOurRules(convention: string): void {
  if (convention === 'mlops') return;
  throw new ConfigurationError(`the convention ${convention} has thresholds of its own`, {
    why: 'its decisions are that tool’s exactly, and a calibration would change them',
    remedy: 'leave monitoring.drift.convention and --convention out',
  });
}

function requireDraws(draws: number, falseAlarms: number): void {
  const needed = Math.ceil(fewestBeyond / falseAlarms);
  if (draws >= needed) return;
  throw new UsageError(`${draws} draws are too few for a chance of ${falseAlarms}`, {
    why: `of fewer than ${needed} fewer than ${fewestBeyond} lie beyond the threshold`,
    remedy: `ask for more: --draws ${needed}`,
  });
}

function write(path: string, calibration: DriftCalibration): void {
  writeFileAtomic(path, `${JSON.stringify(calibration, null, 2)}\n`);
}

/** A damaged one is written over, and that it was one is all that there is to say. */
function outlineOf(path: string) {
  try {
    return outline(readCalibration(path));
  } catch (error) {
    if (error instanceof ConfigurationError) return { damaged: error.message };
    throw error;
  }
}

function outline({ false_alarms, draws, seed, time, reference, features }: DriftCalibration) {
  return { false_alarms, draws, seed, time, reference: reference.sha256, features: features.length };
}
