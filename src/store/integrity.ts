import type { Store } from './store.ts';

/** What SQLite itself finds wrong with the file, a sentence each. */
export function storeProblems(store: Store): readonly string[] {
  const findings = store.connection.prepare<[], { integrity_check: string }>('PRAGMA integrity_check').all();
  return findings.map((row) => row.integrity_check).filter((text) => text !== 'ok');
}
