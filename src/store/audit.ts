import { createHash } from 'node:crypto';
import { z } from 'zod';
import { recordedBreaks } from './recovery/recorded-breaks.ts';
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

const eventRow = z.object({
  seq: z.int(),
  at: z.int(),
  who: z.string(),
  command: z.string(),
  reason: z.string(),
  before: z.string(),
  after: z.string(),
  previous_hash: z.string(),
  hash: z.string(),
});
type EventRow = z.infer<typeof eventRow>;

/** Numbers of audit rows, both ends included. */
export interface AuditGap {
  readonly from: number;
  readonly to: number;
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
 * @returns `events`: rows looked at; `gaps`: rows that a recovery has written down as lost
 */
export function auditProblems(
  store: Store,
  newest = Number.POSITIVE_INFINITY,
): {
  readonly events: number;
  readonly problems: readonly string[];
  readonly gaps: readonly AuditGap[];
} {
  const problems: string[] = [];
  const gaps: AuditGap[] = [];
  // Looked up when a gap is met: to find recoveries means to read the whole audit.
  let recorded: readonly AuditGap[] | undefined;
  const isRecorded = (from: number, to: number) => {
    recorded ??= recordedBreaks(store).audit_gaps;
    return recorded.some((gap) => gap.from <= from && gap.to >= to);
  };
  let expected = Math.max(1, auditHead(store).seq - newest + 1);
  let previous = hashBefore(store, expected);
  let follows = previous !== missingHash || !isRecorded(expected - 1, expected - 1);
  let events = 0;
  const rows = store.connection.prepare<[number], EventRow>(
    'SELECT * FROM event WHERE seq >= ? ORDER BY seq',
  );
  for (const row of rows.iterate(expected)) {
    events++;
    const missing = { from: expected, to: row.seq - 1 };
    if (row.seq !== expected && isRecorded(missing.from, missing.to)) gaps.push(missing);
    else if (row.seq !== expected) problems.push(`audit rows ${expected} to ${row.seq - 1} are missing`);
    else if (follows && row.previous_hash !== previous)
      problems.push(`audit row ${row.seq} does not follow row ${row.seq - 1}: moved or replaced`);
    if (!isUnaltered(row)) problems.push(`audit row ${row.seq} was altered`);
    previous = row.hash;
    expected = row.seq + 1;
    follows = true;
  }
  const head = auditHead(store);
  if (head.seq >= expected) problems.push(`audit rows ${expected} to ${head.seq} are missing`);
  else if (head.hash !== previous) problems.push('the last audit row is not the one last written');
  return { events, problems, gaps };
}

/** Ranges of numbers up to the chain's head that no row has. */
export function auditGaps(store: Store): readonly AuditGap[] {
  const gaps = store.connection
    .prepare<[], AuditGap>(
      `SELECT before + 1 AS "from", seq - 1 AS "to" FROM (SELECT seq, lag(seq, 1, 0) OVER (ORDER BY seq) AS before FROM event)
       WHERE seq > before + 1 ORDER BY seq`,
    )
    .all();
  const last =
    store.connection.prepare<[], { seq: number }>('SELECT coalesce(max(seq), 0) AS seq FROM event').get()
      ?.seq ?? 0;
  const head = auditHead(store).seq;
  return head > last ? [...gaps, { from: last + 1, to: head }] : gaps;
}

/** Sets the chain's head, after rows were put back, to the last one known. @returns it */
export function continueChain(store: Store): { readonly seq: number; readonly hash: string } {
  const last = store.connection
    .prepare<[], { seq: number; hash: string }>('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1')
    .get();
  const known = auditHead(store);
  const head = last !== undefined && last.seq > known.seq ? last : known;
  store.connection
    .prepare(
      'INSERT INTO chain_head VALUES (1, @seq, @hash) ON CONFLICT DO UPDATE SET seq = @seq, hash = @hash',
    )
    .run(head);
  return head;
}

export function isEventRow(content: unknown): content is EventRow {
  return eventRow.safeParse(content).success;
}

/** Whether the row's hash is that of its content. */
export function isUnaltered(row: EventRow): boolean {
  return hashOf(row) === row.hash;
}

/** Stands for the hash of a row that is not there. */
const missingHash = 'missing';

function hashBefore(store: Store, seq: number): string {
  if (seq === 1) return '';
  const before = store.connection
    .prepare<[number], { hash: string }>('SELECT hash FROM event WHERE seq = ?')
    .get(seq - 1);
  return before?.hash ?? missingHash;
}

/** Number and hash of the last audit row; 0 and empty before the first. */
export function auditHead(store: Pick<Store, 'connection'>): { readonly seq: number; readonly hash: string } {
  return (
    store.connection.prepare<[], { seq: number; hash: string }>('SELECT seq, hash FROM chain_head').get() ?? {
      seq: 0,
      hash: '',
    }
  );
}

/** Time of the newest audit row, epoch milliseconds; undefined before the first. */
export function lastEventAt(store: Store): number | undefined {
  return store.connection.prepare<[], { at: number }>('SELECT at FROM event ORDER BY seq DESC LIMIT 1').get()
    ?.at;
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
