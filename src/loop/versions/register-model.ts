import { readFileSync } from 'node:fs';
import { definitionFaults } from '../../data/definition-faults.ts';
import { readTable } from '../../data/index.ts';
import { type RegisteredMetrics, registeredMetricsDefinition } from '../../data/results/classification.ts';
import type { ModelRegisterResult } from '../../data/results/model-register.ts';
import type { Clock } from '../../platform/clock.ts';
import { DataError, fromSystemError } from '../../platform/errors.ts';
import { registerVersion } from '../../registry/index.ts';
import { openScorer } from '../../scoring/index.ts';
import { openStore } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { schemaOfFeatures, workspaceSchema } from '../workspace-schema.ts';
import { firstRows, plainRows, recordGoldenRows } from './record-golden-rows.ts';

export interface ModelToRegister {
  readonly file: string;
  readonly features?: readonly string[];
  readonly threshold?: number;
  /** JSON file with the model's figures. */
  readonly metrics?: string;
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
    const rows =
      model.golden === undefined ? plainRows(features.length) : await goldenFile(model.golden, features);
    const golden = await recordGoldenRows(scorer, rows);
    const threshold = model.threshold ?? scorer.metadata.threshold ?? metrics?.threshold ?? evenOdds;
    using store = openStore(workspace.paths.store, { create: true });
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
        learnedUntil: null,
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

async function goldenFile(path: string, features: readonly string[]) {
  const table = await readTable(path);
  if (table.rows > 0) return firstRows(table, features);
  throw new DataError(`${path} has no rows`, { remedy: 'give a file with the rows to keep as golden rows' });
}
