import type { Store } from './store.ts';

export type Stage = 'None' | 'Staging' | 'Production' | 'Archived';

export interface ModelVersionRow {
  readonly version: number;
  readonly stage: Stage;
  readonly artifact_sha256: string;
  readonly artifact_bytes: number;
  /** JSON list of names. */
  readonly features: string;
  readonly threshold: number;
  /** JSON list of golden rows. */
  readonly golden: string;
  /** Epoch milliseconds, like every time in the store. */
  readonly created_at: number;
  /** Training run that made it; null for a model made elsewhere. */
  readonly run_id: number | null;
  /** JSON Table Schema of the features. */
  readonly schema: string | null;
  /** JSON metrics on the rows that validated it. */
  readonly metrics: string | null;
  /** sha256 of the kept training rows that current data are compared with. */
  readonly reference_sha256: string | null;
  /** sha256 of the kept training rows from before the store's predictions; a later version inherits them. */
  readonly base_sha256: string | null;
  /** Latest time among the rows it learned from. */
  readonly learned_until: number | null;
  /** Latest time among the rows that chose its threshold. */
  readonly validated_until: number | null;
}

export function listVersionRows(store: Store): readonly ModelVersionRow[] {
  return store.connection.prepare<[], ModelVersionRow>('SELECT * FROM model_version ORDER BY version').all();
}

export function versionRow(store: Store, version: number): ModelVersionRow | undefined {
  return store.connection
    .prepare<[number], ModelVersionRow>('SELECT * FROM model_version WHERE version = ?')
    .get(version);
}

export function productionRow(store: Store): ModelVersionRow | undefined {
  return store.connection
    .prepare<[], ModelVersionRow>("SELECT * FROM model_version WHERE stage = 'Production'")
    .get();
}

/** The newest version in Staging made by then, when it came after the one in Production. */
export function challengerRow(store: Store, at: number): ModelVersionRow | undefined {
  return store.connection
    .prepare<[number], ModelVersionRow>(
      `SELECT * FROM model_version WHERE stage = 'Staging' AND created_at <= ?
         AND version > coalesce((SELECT version FROM model_version WHERE stage = 'Production'), 0)
       ORDER BY version DESC LIMIT 1`,
    )
    .get(at);
}

/** @returns the number given to the new version */
export function insertVersion(store: Store, row: Omit<ModelVersionRow, 'version'>): number {
  const { lastInsertRowid } = store.connection
    .prepare(
      `INSERT INTO model_version (stage, artifact_sha256, artifact_bytes, features, threshold, golden, created_at,
         run_id, schema, metrics, reference_sha256, base_sha256, learned_until, validated_until)
       VALUES (@stage, @artifact_sha256, @artifact_bytes, @features, @threshold, @golden, @created_at,
         @run_id, @schema, @metrics, @reference_sha256, @base_sha256, @learned_until, @validated_until)`,
    )
    .run(row);
  return Number(lastInsertRowid);
}

export interface StageChange {
  readonly at: number;
  readonly version: number;
  readonly from_stage: Stage;
  readonly to_stage: Stage;
}

export function changeStage(
  store: Store,
  version: number,
  to: Stage,
  at: number,
  replaced: number | null,
): void {
  const from = versionRow(store, version)?.stage ?? 'None';
  store.connection.prepare('UPDATE model_version SET stage = ? WHERE version = ?').run(to, version);
  store.connection
    .prepare('INSERT INTO stage_change (at, version, from_stage, to_stage, replaced) VALUES (?, ?, ?, ?, ?)')
    .run(at, version, from, to, replaced);
}

/** Every change of stage of one version, oldest first. */
export function stageChanges(store: Store, version: number): readonly StageChange[] {
  return store.connection
    .prepare<[number], StageChange>(
      'SELECT at, version, from_stage, to_stage FROM stage_change WHERE version = ? ORDER BY seq',
    )
    .all(version);
}

/** The version that was Production at that time. */
export function productionAt(store: Store, at: number): number | undefined {
  return store.connection
    .prepare<[number], { version: number }>(
      "SELECT version FROM stage_change WHERE to_stage = 'Production' AND at <= ? ORDER BY seq DESC LIMIT 1",
    )
    .get(at)?.version;
}

export interface Promotion {
  readonly version: number;
  readonly at: number;
  /** Who and why, as the audit says; null where it says nothing. */
  readonly who: string | null;
  readonly reason: string | null;
}

/** The change that put the version into Production which was there at that time. */
export function promotionBefore(store: Store, at: number): Promotion | undefined {
  return store.connection
    .prepare<[number], Promotion>(
      `SELECT c.version, c.at, e.who, e.reason FROM stage_change AS c
       LEFT JOIN event AS e ON e.at = c.at AND json_extract(e.after, '$.production') = c.version
       WHERE c.to_stage = 'Production' AND c.at <= ? ORDER BY c.seq DESC, e.seq DESC LIMIT 1`,
    )
    .get(at);
}

/** Every change that put a version into Production in that time, both ends included, oldest first. */
export function promotionsBetween(store: Store, from: number, until: number): readonly Promotion[] {
  return store.connection
    .prepare<[number, number], Promotion>(
      `SELECT c.version, c.at, e.who, e.reason FROM stage_change AS c
       LEFT JOIN event AS e ON e.at = c.at AND json_extract(e.after, '$.production') = c.version
       WHERE c.to_stage = 'Production' AND c.at BETWEEN ? AND ? GROUP BY c.seq ORDER BY c.seq`,
    )
    .all(from, until);
}

/** When a version last went into Production; undefined when none ever did. */
export function lastPromotionAt(store: Store): number | undefined {
  return store.connection
    .prepare<[], { at: number }>(
      "SELECT at FROM stage_change WHERE to_stage = 'Production' ORDER BY seq DESC LIMIT 1",
    )
    .get()?.at;
}

/** When a stage was last changed; undefined before the first version. */
export function lastStageChangeAt(store: Store): number | undefined {
  return (
    store.connection.prepare<[], { at: number | null }>('SELECT max(at) AS at FROM stage_change').get()?.at ??
    undefined
  );
}

/** What a rollback from `version` returns to: the version it replaced, also after it came back by a rollback itself. */
export function predecessor(store: Store, version: number): number | undefined {
  const row = store.connection
    .prepare<[number], { replaced: number | null }>(
      "SELECT replaced FROM stage_change WHERE version = ? AND to_stage = 'Production' ORDER BY seq DESC LIMIT 1",
    )
    .get(version);
  return row?.replaced ?? undefined;
}

/**
 * Where the last changes of stage are lost, adds one a version that leads to the stage it is in. What a rollback from the
 * Production version goes back to is taken from the audit.
 */
export function mendStageHistory(store: Store, at: number): void {
  const ends = store.connection
    .prepare<[], { version: number; stage: Stage; history: Stage }>(
      `SELECT version, stage, history FROM (
         SELECT v.version, v.stage, coalesce((SELECT to_stage FROM stage_change AS c WHERE c.version = v.version ORDER BY seq DESC LIMIT 1), 'None') AS history
         FROM model_version AS v)
       WHERE stage <> history ORDER BY stage = 'Production', version`,
    )
    .all();
  const replaced = store.connection.prepare<[number], { version: number }>(
    `SELECT v.version FROM event AS e JOIN model_version AS v ON v.version = json_extract(e.before, '$.production')
     WHERE json_extract(e.after, '$.production') = ? ORDER BY e.seq DESC LIMIT 1`,
  );
  const insert = store.connection.prepare(
    'INSERT INTO stage_change (at, version, from_stage, to_stage, replaced) VALUES (?, ?, ?, ?, ?)',
  );
  for (const { version, stage, history } of ends) {
    const before = stage === 'Production' ? (replaced.get(version)?.version ?? null) : null;
    insert.run(at, version, history, stage, before);
  }
}
