import type { Store } from './store.ts';

/** What SQLite itself finds wrong with the file, a sentence each. */
export function storeProblems(store: Store): readonly string[] {
  const findings = store.connection.prepare<[], { integrity_check: string }>('PRAGMA integrity_check').all();
  return findings.map((row) => row.integrity_check).filter((text) => text !== 'ok');
}

/** Tables that every command stands on and that stay small; predictions, labels and the audit are left to `storeProblems`. */
const outline = ['model_version', 'stage_change', 'chain_head', 'training_run', 'monitoring_run', 'alert'];
const tables = [...outline, 'prediction', 'label', 'event'];

/** What a first look finds wrong, a sentence each: tables that are missing, small tables that are damaged. */
export function outlineProblems(store: Store): readonly string[] {
  const present = new Set(
    store.connection
      .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .all()
      .map((each) => each.name),
  );
  const missing = tables.filter((name) => !present.has(name)).map((name) => `the table ${name} is missing`);
  const damaged = outline
    .filter((name) => present.has(name))
    .flatMap((name) =>
      store.connection.prepare<[], { quick_check: string }>(`PRAGMA quick_check(${name})`).all(),
    )
    .map((row) => row.quick_check)
    .filter((text) => text !== 'ok');
  return [...missing, ...damaged];
}
