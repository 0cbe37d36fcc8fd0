import { createHash } from 'node:crypto';
import type { Store } from './store.ts';

export interface AuditEntry {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly who: string;
  readonly command: string;
  readonly reason: string;
  readonly before: unknown;
  readonly after: unknown;
}

interface EventRow {
  readonly seq: number;
  readonly at: number;
  readonly who: string;
  readonly command: string;
  readonly reason: string;
  readonly before: string;
  readonly after: string;
  readonly previous_hash: string;
  readonly hash: string;
}

/** Appends one row to the audit, chained to the row before it; call it inside the transaction of the change it records. */
export function recordEvent(store: Store, entry: AuditEntry): void {
  const head = auditHead(store);
  const row = {
    seq: head.seq + 1,
    at: entry.at,
    who: entry.who,
    command: entry.command,
    reason: entry.reason,
    before: JSON.stringify(entry.before),
    after: JSON.stringify(entry.after),
    previous_hash: head.hash,
  };
  const hash = hashOf(row);
  store.connection
    .prepare(
      'INSERT INTO event VALUES (@seq, @at, @who, @command, @reason, @before, @after, @previous_hash, @hash)',
    )
    .run({ ...row, hash });
  store.connection.prepare('UPDATE chain_head SET seq = ?, hash = ?').run(row.seq, hash);
}

/** When a command last changed something, up to and with `at`; undefined when it never did. */
export function lastEventOf(store: Store, command: string, at: number): number | undefined {
  return store.connection
    .prepare<[string, number], { at: number }>(
      'SELECT at FROM event WHERE command = ? AND at <= ? ORDER BY seq DESC LIMIT 1',
    )
    .get(command, at)?.at;
}

/** Tells this store from every other: twelve digits of the hash of its first audit row. */
export function storeIdentity(store: Store): string {
  const first = store.connection
    .prepare<[], { hash: string }>('SELECT hash FROM event ORDER BY seq LIMIT 1')
    .get();
  return first?.hash.slice(0, 12) ?? 'new';
}

/** When the first thing was recorded; undefined in a store without any. */
export function firstEventAt(store: Store): number | undefined {
  return store.connection.prepare<[], { at: number }>('SELECT at FROM event ORDER BY seq LIMIT 1').get()?.at;
}

/**
 * What is wrong with the audit chain, a sentence each; nothing when every row is as it was written, in order.
 * @param newest looks only at that many rows at the end of the chain, and that they follow the row before them
 * @returns `events`: rows looked at
 */
export function auditProblems(
  store: Store,
  newest = Number.POSITIVE_INFINITY,
): {
  readonly events: number;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  let expected = Math.max(1, auditHead(store).seq - newest + 1);
  let previous = hashBefore(store, expected);
  let events = 0;
  const rows = store.connection.prepare<[number], EventRow>(
    'SELECT * FROM event WHERE seq >= ? ORDER BY seq',
  );
  for (const row of rows.iterate(expected)) {
    events++;
    if (row.seq !== expected) problems.push(`audit rows ${expected} to ${row.seq - 1} are missing`);
    else if (row.previous_hash !== previous)
      problems.push(`audit row ${row.seq} does not follow row ${row.seq - 1}: moved or replaced`);
    if (hashOf(row) !== row.hash) problems.push(`audit row ${row.seq} was altered`);
    previous = row.hash;
    expected = row.seq + 1;
  }
  const head = auditHead(store);
  if (head.seq >= expected) problems.push(`audit rows ${expected} to ${head.seq} are missing`);
  else if (head.hash !== previous) problems.push('the last audit row is not the one last written');
  return { events, problems };
}

function hashBefore(store: Store, seq: number): string {
  if (seq === 1) return '';
  const before = store.connection
    .prepare<[number], { hash: string }>('SELECT hash FROM event WHERE seq = ?')
    .get(seq - 1);
  return before?.hash ?? 'missing';
}

/** Number and hash of the last audit row; 0 and empty before the first. */
export function auditHead(store: Store): { readonly seq: number; readonly hash: string } {
  return (
    store.connection.prepare<[], { seq: number; hash: string }>('SELECT seq, hash FROM chain_head').get() ?? {
      seq: 0,
      hash: '',
    }
  );
}

function hashOf({
  seq,
  at,
  who,
  command,
  reason,
  before,
  after,
  previous_hash,
}: Omit<EventRow, 'hash'>): string {
  return createHash('sha256')
    .update(JSON.stringify([seq, at, who, command, reason, before, after, previous_hash]))
    .digest('hex');
}
