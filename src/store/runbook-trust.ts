import type { Store } from './store.ts';

/** Whether the shell of that very text may run. */
export function isTrusted(store: Store, page: string, sha256: string): boolean {
  return (
    store.connection
      .prepare<[string, string]>('SELECT 1 FROM runbook_trust WHERE page = ? AND content_sha256 = ?')
      .get(page, sha256) !== undefined
  );
}

/** @returns false when it was trusted already */
export function trustPage(store: Store, page: string, sha256: string, who: string, at: number): boolean {
  const { changes } = store.connection
    .prepare('INSERT INTO runbook_trust VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
    .run(page, sha256, at, who);
  return changes > 0;
}
