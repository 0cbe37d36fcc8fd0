import { z } from 'zod';
import { type RegisteredMetrics, registeredMetricsDefinition } from '../data/results/classification.ts';
import { type TableSchema, tableSchemaDefinition } from '../data/schema.ts';
import { DataError, NoInputError, UnavailableError } from '../platform/errors.ts';
import {
  challengerRow,
  listVersionRows,
  type ModelVersionRow,
  productionAt,
  productionRow,
  type Stage,
  type Store,
  versionRow,
} from '../store/index.ts';

const goldenRow = z.object({ features: z.array(z.number().nullable()), probability: z.number() });

/** Inputs with the probability that the model gave them at registration; null is a missing value. */
export type GoldenRow = z.infer<typeof goldenRow>;

export interface ModelVersion {
  readonly version: number;
  readonly stage: Stage;
  readonly sha256: string;
  readonly bytes: number;
  readonly features: readonly string[];
  readonly threshold: number;
  readonly golden: readonly GoldenRow[];
  /** Epoch milliseconds, like the times below. */
  readonly createdAt: number;
  /** Training run that made it; null for a model made elsewhere. */
  readonly runId: number | null;
  readonly schema: TableSchema | null;
  /** On the rows that validated it. */
  readonly metrics: RegisteredMetrics | null;
  /** Of the kept training rows that current data are compared with. */
  readonly referenceSha256: string | null;
  /** Of the kept training rows from before the store's predictions. */
  readonly baseSha256: string | null;
  /** Latest time among the rows it learned from; null where they had none. */
  readonly learnedUntil: number | null;
  /** Latest time among the rows that chose its threshold. */
  readonly validatedUntil: number | null;
}

function fromRow(row: ModelVersionRow): ModelVersion {
  return {
    version: row.version,
    stage: row.stage,
    sha256: row.artifact_sha256,
    bytes: row.artifact_bytes,
    features: z.array(z.string()).parse(JSON.parse(row.features)),
    threshold: row.threshold,
    golden: z.array(goldenRow).parse(JSON.parse(row.golden)),
    createdAt: row.created_at,
    runId: row.run_id,
    schema: row.schema === null ? null : tableSchemaDefinition.parse(JSON.parse(row.schema)),
    metrics: row.metrics === null ? null : registeredMetricsDefinition.parse(JSON.parse(row.metrics)),
    referenceSha256: row.reference_sha256,
    baseSha256: row.base_sha256,
    learnedUntil: row.learned_until,
    validatedUntil: row.validated_until,
  };
}

export function listVersions(store: Store): readonly ModelVersion[] {
  return listVersionRows(store).map(fromRow);
}

const championNames: readonly string[] = ['production', 'champion'];
const challengerNames: readonly string[] = ['staging', 'challenger'];

/**
 * The version of that number (`3`, `v3`), or by MLflow's names: `champion`, `production`, `challenger`, `staging`.
 * @throws DataError when `name` is none of these, NoInputError when no version has that number, UnavailableError when no
 *   version is in that stage
 */
export function requireVersion(store: Store, name: string): ModelVersion {
  const lower = name.toLowerCase();
  if (championNames.includes(lower)) return requireProduction(store);
  if (challengerNames.includes(lower)) return requireChallenger(store);
  const number = /^v?(\d{1,9})$/.exec(lower)?.[1];
  if (number === undefined) {
    throw new DataError(`'${name}' is no model version`, {
      why: 'a version is named by its number, or as champion or challenger',
      remedy: 'mlops models lists them',
    });
  }
  const row = versionRow(store, Number(number));
  if (row !== undefined) return fromRow(row);
  const known = listVersionRows(store).map((each) => each.version);
  throw new NoInputError(`there is no version ${number}`, {
    why: known.length === 0 ? 'no model is registered yet' : `the versions are ${known.join(', ')}`,
    remedy: known.length === 0 ? 'register one: mlops model register FILE.onnx' : 'name one of these',
  });
}

export function findProduction(store: Store): ModelVersion | undefined {
  const row = productionRow(store);
  return row === undefined ? undefined : fromRow(row);
}

/** The version that was in Production at that time (epoch milliseconds). */
export function findProductionAt(store: Store, at: number): ModelVersion | undefined {
  const version = productionAt(store, at);
  const row = version === undefined ? undefined : versionRow(store, version);
  return row === undefined ? undefined : fromRow(row);
}

/** The newest version in Staging made by then (epoch milliseconds), when it came after the one in Production. */
export function findChallenger(store: Store, at: number): ModelVersion | undefined {
  const row = challengerRow(store, at);
  return row === undefined ? undefined : fromRow(row);
}

/** @throws UnavailableError when no version is in Staging. */
function requireChallenger(store: Store): ModelVersion {
  const challenger = findChallenger(store, Number.MAX_SAFE_INTEGER);
  if (challenger !== undefined) return challenger;
  throw new UnavailableError('no version is in Staging', { remedy: 'train one: mlops train --from-store' });
}

/** @throws UnavailableError when no version is in Production. */
export function requireProduction(store: Store): ModelVersion {
  const production = findProduction(store);
  if (production !== undefined) return production;
  throw new UnavailableError('no version is in Production', { remedy: 'promote one: mlops promote VERSION' });
}
