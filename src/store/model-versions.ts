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
  /** Epoch milliseconds. */
  readonly created_at: number;
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

/** @returns the number given to the new version */
export function insertVersion(store: Store, row: Omit<ModelVersionRow, 'version'>): number {
  const { lastInsertRowid } = store.connection
    .prepare(
      `INSERT INTO model_version (stage, artifact_sha256, artifact_bytes, features, threshold, golden, created_at)
       VALUES (@stage, @artifact_sha256, @artifact_bytes, @features, @threshold, @golden, @created_at)`,
    )
    .run(row);
  return Number(lastInsertRowid);
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

/** The version that was Production at that time (epoch milliseconds). */
export function productionAt(store: Store, at: number): number | undefined {
  return store.connection
    .prepare<[number], { version: number }>(
      "SELECT version FROM stage_change WHERE to_stage = 'Production' AND at <= ? ORDER BY seq DESC LIMIT 1",
    )
    .get(at)?.version;
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
