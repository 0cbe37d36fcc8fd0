import { readFileSync } from 'node:fs';
import { definitionFaults } from '../../data/definition-faults.ts';
import {
  featureNames,
  findColumn,
  listNames,
  predictionColumn,
  readTable,
  type TableSchema,
  textColumns,
} from '../../data/index.ts';
import { type RegisteredMetrics, registeredMetricsDefinition } from '../../data/results/classification.ts';
import type { ModelRegisterResult } from '../../data/results/model-register.ts';
import type { Clock } from '../../platform/clock.ts';
import { DataError, fromSystemError } from '../../platform/errors.ts';
import { type GoldenRow, registerVersion } from '../../registry/index.ts';
import { openScorer } from '../../scoring/index.ts';
import { openOrMakeStore } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { schemaOfFeatures, workspaceSchema } from '../workspace-schema.ts';
import { firstRows, plainRows, recordGoldenRows } from './record-golden-rows.ts';
import { requirePresent } from './require-present.ts';

export interface ModelToRegister {
  readonly file: string;
  readonly features?: readonly string[];
  readonly threshold?: number;
  /** JSON file with the model's figures. */
  readonly metrics?: string;
  /** Latest time among the rows it learned from, epoch milliseconds; without it, none before its registration is new to it. */
  readonly learnedUntil?: number | undefined;
  /** File whose first rows become golden rows; without one, a few plain rows do. */
  readonly golden?: string;
  readonly who: string;
  readonly reason: string;
}

const evenOdds = 0.5;

/** Scores the golden rows with the model, so that one which cannot be scored is refused, then adds it in Staging. */
export async function registerModel(
  workspace: Workspace,
  model: ModelToRegister,
  clock: Clock,
): Promise<ModelRegisterResult> {
  const content = readWhole(model.file, 'model');
  const metrics = model.metrics === undefined ? null : readMetrics(model.metrics);
  const schema = workspaceSchema(workspace);
  const scorer = await openScorer(content, model.features);
  try {
    const { features } = scorer;
    requireKnown(schema, features);
    const rows =
      model.golden === undefined
        ? { features: plainRows(features.length), probabilities: undefined }
        : await goldenFile(model.golden, features);
    const golden = await recordGoldenRows(scorer, rows.features);
    requireSameAnswers(golden, rows.probabilities, model.golden);
    const threshold = model.threshold ?? scorer.metadata.threshold ?? metrics?.threshold ?? evenOdds;
    using store = openOrMakeStore(workspace.paths);
    requirePresent(store, clock);
    const version = registerVersion(
      store,
      workspace.paths.artifacts,
      {
        content,
        features,
        threshold,
        golden,
        runId: null,
        schema: schemaOfFeatures(schema, features),
        metrics,
        referenceSha256: null,
        baseSha256: null,
        learnedUntil: model.learnedUntil ?? null,
        validatedUntil: null,
      },
      { at: clock.now(), who: model.who, command: 'model register', reason: model.reason },
    );
    return {
      version: version.toString(),
      stage: 'Staging',
      features: [...features],
      threshold,
      golden_rows: golden.length,
    };
  } finally {
    await scorer.close();
  }
}

function readWhole(path: string, what: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw fromSystemError(error, `${what} ${path} cannot be read`);
  }
}

function readMetrics(path: string): RegisteredMetrics {
  const text = Buffer.from(readWhole(path, 'metrics file')).toString('utf8');
  const known = Object.keys(registeredMetricsDefinition.shape).join(', ');
  try {
    const parsed = registeredMetricsDefinition.strict().safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    throw new DataError(`${path} holds no metrics`, {
      why: definitionFaults(parsed.error).join('; '),
      remedy: `give numbers for any of ${known}`,
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new DataError(`${path} is not JSON`, {
      why: error.message,
      remedy: `give numbers for any of ${known}`,
    });
  }
}

interface GoldenFile {
  readonly features: readonly (readonly (number | null)[])[];
  /** What the file says the model answers; undefined where it does not say. */
  readonly probabilities: Float64Array | undefined;
}

async function goldenFile(path: string, features: readonly string[]): Promise<GoldenFile> {
  const table = await readTable(path, { text: textColumns });
  if (table.rows === 0)
    throw new DataError(`${path} has no rows`, {
      remedy: 'give a file with the rows to keep as golden rows',
    });
  const said = findColumn(table, predictionColumn.probability);
  return {
    features: firstRows(table, features),
    probabilities: said?.kind === 'numeric' ? said.values : undefined,
  };
}

/** Largest difference between what a golden file says and what the model answers here: float32 and another order of sums. */
const tolerance = 1e-4;

function requireSameAnswers(
  golden: readonly GoldenRow[],
  said: Float64Array | undefined,
  path: string | undefined,
): void {
  for (const [index, { probability }] of golden.entries()) {
    const expected = said?.[index] ?? Number.NaN;
    if (Number.isNaN(expected) || Math.abs(probability - expected) <= tolerance) continue;
    throw new DataError(
      `the model answers ${probability} for row ${index + 1} of ${path}, which says ${expected}`,
      {
        why: 'it is another model, or its features are named in another order',
        remedy: 'name the features in the order the model was trained on: --features a,b,c',
      },
    );
  }
}

/** @throws DataError when the workspace's schema does not have every feature */
function requireKnown(schema: TableSchema | undefined, features: readonly string[]): void {
  if (schema === undefined) return;
  const known = featureNames(schema);
  const unknown = features.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new DataError(`the schema has no feature ${listNames(unknown)}`, {
    why: `its features are ${listNames(known)}`,
    remedy: 'add them to the schema, or name the features as the schema does: --features a,b,c',
  });
}
