import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export const storeOf = (workspace: string) => join(workspace, '.mlops', 'store.db');

/** As a dying disk or a bad copy would: these bytes are not what they were. */
export function overwrite(file: string, at: number, bytes: Buffer): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, at);
  closeSync(descriptor);
}

export function query(file: string, sql: string): readonly unknown[] {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare(sql).pluck().all();
  } finally {
    database.close();
  }
}

export const count = (file: string, table: string) => Number(query(file, `SELECT count(*) FROM ${table}`)[0]);

/**
 * Lets `write` go to the store while another reader keeps what is written in the write-ahead log, then loses the log.
 * With `half`, as when the machine dies while the log is carried over: half of its pages are in the file already.
 */
export async function loseLog(store: string, write: () => Promise<void>, half: boolean): Promise<void> {
  const reader = new Database(store);
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM event').get();
  await write();
  const before = `${store}.before`;
  const log = readFileSync(`${store}-wal`);
  copyFileSync(store, before);
  reader.close();
  for (const end of ['', '-wal', '-shm']) if (existsSync(store + end)) rmSync(store + end);
  writeFileSync(store, readFileSync(before));
  rmSync(before);
  if (half) carryOver(store, log);
}

const logHeader = 32;
const frameHeader = 24;

function carryOver(store: string, log: Buffer): void {
  const page = log.readUInt32BE(8);
  const frame = frameHeader + page;
  const frames = Math.floor((log.length - logHeader) / frame);
  for (let index = 0; index < frames; index += 2) {
    const at = logHeader + index * frame;
    const content = log.subarray(at + frameHeader, at + frame);
    overwrite(store, (log.readUInt32BE(at) - 1) * page, content);
  }
}
