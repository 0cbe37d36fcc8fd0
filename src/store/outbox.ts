import type { Store } from './store.ts';

export interface OutboxRow {
  readonly message_id: number;
  readonly key: string;
  readonly channel: string;
  readonly subject: string;
  /** JSON of the notification. */
  readonly payload: string;
  readonly created_at: number;
  readonly state: 'waiting' | 'sent' | 'refused';
  readonly attempts: number;
  readonly next_try_at: number;
  /** JSON of the process that is sending it. */
  readonly lease: string | null;
  readonly lease_until: number | null;
  readonly last_error: string | null;
  readonly sent_at: number | null;
}

export type NewMessage = Pick<
  OutboxRow,
  'key' | 'channel' | 'subject' | 'payload' | 'created_at' | 'next_try_at'
>;

/** @returns the number given to the message */
export function addMessage(store: Store, message: NewMessage): number {
  const { lastInsertRowid } = store.connection
    .prepare(
      `INSERT INTO outbox (key, channel, subject, payload, created_at, state, attempts, next_try_at)
       VALUES (@key, @channel, @subject, @payload, @created_at, 'waiting', 0, @next_try_at)`,
    )
    .run(message);
  return Number(lastInsertRowid);
}

/** The number that the next message will have. */
export function nextMessageNumber(store: Store): number {
  const { last } = store.connection
    .prepare<[], { last: number | null }>('SELECT max(message_id) AS last FROM outbox')
    .get() ?? { last: null };
  return (last ?? 0) + 1;
}

/** When the newest message for the channel was written. */
export function lastMessageAt(store: Store, channel: string): number | undefined {
  return store.connection
    .prepare<[string], { created_at: number }>(
      'SELECT created_at FROM outbox WHERE channel = ? ORDER BY message_id DESC LIMIT 1',
    )
    .get(channel)?.created_at;
}

/**
 * The oldest message that waits for the channel: messages of one channel go in their order. One that is held back for its time
 * and was never tried lets later ones pass.
 */
export function firstWaiting(store: Store, channel: string, now: number): OutboxRow | undefined {
  return store.connection
    .prepare<[string, number], OutboxRow>(
      "SELECT * FROM outbox WHERE state = 'waiting' AND channel = ? AND (attempts > 0 OR next_try_at <= ?) ORDER BY message_id LIMIT 1",
    )
    .get(channel, now);
}

export function claimMessage(
  store: Store,
  messageId: number,
  lease: string,
  until: number,
): OutboxRow | undefined {
  return store.connection
    .prepare<[string, number, number], OutboxRow>(
      'UPDATE outbox SET lease = ?, lease_until = ?, attempts = attempts + 1 WHERE message_id = ? RETURNING *',
    )
    .get(lease, until, messageId);
}

export function markSent(store: Store, messageId: number, at: number): void {
  store.connection
    .prepare(
      "UPDATE outbox SET state = 'sent', sent_at = ?, last_error = NULL, lease = NULL, lease_until = NULL WHERE message_id = ?",
    )
    .run(at, messageId);
}

/** `nextTryAt` null: the receiver will not have it, whenever it is sent. */
export function markFailed(store: Store, messageId: number, error: string, nextTryAt: number | null): void {
  store.connection
    .prepare(
      `UPDATE outbox SET state = iif(@nextTryAt IS NULL, 'refused', 'waiting'), next_try_at = coalesce(@nextTryAt, next_try_at),
         last_error = @error, lease = NULL, lease_until = NULL WHERE message_id = @messageId`,
    )
    .run({ messageId, error, nextTryAt });
}

/** What was refused waits again. @returns how many */
export function retryRefused(store: Store, at: number): number {
  return store.connection
    .prepare("UPDATE outbox SET state = 'waiting', next_try_at = ? WHERE state = 'refused'")
    .run(at).changes;
}

/** Waiting and refused ones, oldest first. */
export function undelivered(store: Store): readonly OutboxRow[] {
  return store.connection
    .prepare<[], OutboxRow>("SELECT * FROM outbox WHERE state <> 'sent' ORDER BY message_id")
    .all();
}

/** Messages whose notification names the alert, oldest first. */
export function messagesOfAlert(store: Store, alertId: number): readonly OutboxRow[] {
  return store.connection
    .prepare<[number], OutboxRow>(
      `SELECT * FROM outbox WHERE EXISTS (
         SELECT 1 FROM json_each(outbox.payload, '$.alerts') AS each WHERE json_extract(each.value, '$.id') = ?) ORDER BY message_id`,
    )
    .all(alertId);
}
