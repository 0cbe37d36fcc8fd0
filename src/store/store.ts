import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import {
  ConfigurationError,
  DataError,
  fromSystemError,
  InputOutputError,
  LockedError,
  NoInputError,
} from '../platform/errors.ts';
import { placeOnce } from '../platform/place-once.ts';
import { migrations } from './migrations.ts';

export type Connection = Database.Database;

/** `using store = openStore(…)` closes it at the end of the block. */
export interface Store extends Disposable {
  readonly connection: Connection;
  /** Runs `work` as one transaction that takes the write lock at once; an exception leaves the store as it was. */
  change<T>(work: () => T): T;
  /** As `change`, for long work that gives signals their turn; nothing else may use this store meanwhile. */
  changeInTurns<T>(work: () => Promise<T>): Promise<T>;
  /** Runs queries that change nothing as one snapshot; what SQLite finds damaged or locked comes as a failure with a remedy. */
  read<T>(work: () => T): T;
  /** Everything that `work` reads is of one moment, while others go on writing; it may not use `change`. */
  snapshot<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
}

const longestWaitMs = 10_000;

interface Opening {
  readonly create: boolean;
  /** Milliseconds to wait for a lock that another process holds. */
  readonly waitMs?: number;
}

/**
 * Opens the SQLite store and brings it to this program's version, under an exclusive lock.
 * @throws NoInputError when it is missing and `create` is false; DataError when the file is no store; ConfigurationError
 *   when a newer mlops wrote it; LockedError when another process holds it too long; InputOutputError when it cannot be written.
 */
export function openStore(path: string, { create, waitMs = longestWaitMs }: Opening): Store {
  if (!existsSync(path)) {
    if (!create) {
      throw new NoInputError(`the store ${path} is missing`, {
        why: 'nothing was recorded in this workspace yet, or the file was removed',
        remedy: 'train or register a model, or import predictions; a store that was there is in your backup',
      });
    }
    createStore(path);
  }
  if (statSync(path).size === 0) {
    throw new DataError(`the store ${path} is empty`, {
      why: 'a store has tables, and this file has no byte',
      remedy: 'restore the newest backup: mlops backup list, mlops restore NAME --replace',
    });
  }
  return guarded(path, () => {
    const connection = connect(path, waitMs);
    return {
      connection,
      change: (work) => guarded(path, () => connection.transaction(work).immediate()),
      read: (work) => guarded(path, () => connection.transaction(work).deferred()),
      changeInTurns: (work) => inTransaction(connection, path, 'BEGIN IMMEDIATE', work),
      snapshot: (work) => inTransaction(connection, path, 'BEGIN', work),
      close: () => connection.close(),
      [Symbol.dispose]: () => connection.close(),
    };
  });
}

/** A number that is another one once another connection has written to the store. */
export function changesByOthers(store: Store): unknown {
  return store.connection.pragma('data_version', { simple: true });
}

/** The store appears whole, tables and all, or not at all; of several that create it at once, one does. */
function createStore(path: string): void {
  const fresh = `${path}.${process.pid}.tmp`;
  const remove = () => {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(fresh + end, { force: true });
  };
  try {
    mkdirSync(dirname(path), { recursive: true });
    remove();
    guarded(path, () => connect(fresh, longestWaitMs).close());
    placeOnce(fresh, path);
  } catch (error) {
    throw fromSystemError(error, `the store ${path} cannot be made`);
  } finally {
    remove();
  }
}

function connect(path: string, waitMs: number): Connection {
  const connection = new Database(path, { timeout: waitMs });
  try {
    requireKnown(connection, path);
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    migrate(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function requireKnown(connection: Connection, path: string): void {
  const version = versionOf(connection);
  if (version <= migrations.length) return;
  throw new ConfigurationError(`the store ${path} was written by a newer mlops`, {
    why: `its version is ${version}, this program knows up to ${migrations.length}`,
    remedy: 'install that version of mlops; nothing was changed',
  });
}

function migrate(connection: Connection): void {
  if (versionOf(connection) === migrations.length) return;
  connection
    .transaction(() => {
      for (const migration of migrations.slice(versionOf(connection))) connection.exec(migration);
      connection.pragma(`user_version = ${migrations.length}`);
    })
    .exclusive();
}

function versionOf(connection: Connection): number {
  return Number(connection.pragma('user_version', { simple: true }));
}

/** Version of this program's tables. */
export const storeVersion = migrations.length;

/**
 * Copies the store as of one moment into a new file, while others go on writing.
 * @throws InputOutputError when it cannot be written, DataError when the store is damaged
 */
export async function copyStore(store: Store, to: string): Promise<void> {
  try {
    // All that is left in one step: a copy in many begins anew whenever another process writes between two of them.
    await store.connection.backup(to, { progress: () => wholeStore });
  } catch (error) {
    throw error instanceof Database.SqliteError ? readable(store.connection.name, error) : error;
  }
}

const wholeStore = 2 ** 31 - 1;

async function inTransaction<T>(
  connection: Connection,
  path: string,
  begin: 'BEGIN' | 'BEGIN IMMEDIATE',
  work: () => Promise<T>,
): Promise<T> {
  try {
    connection.exec(begin);
    const result = await work();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk has rolled it back already.
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error instanceof Database.SqliteError ? readable(path, error) : error;
  }
}

function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof Database.SqliteError ? readable(path, error) : error;
  }
}

function readable(path: string, error: InstanceType<typeof Database.SqliteError>): Error {
  const why = error.message;
  if (error.code.startsWith('SQLITE_BUSY') || error.code.startsWith('SQLITE_LOCKED')) {
    return new LockedError(`the store ${path} is in use`, { why, remedy: 'try again in a moment' });
  }
  if (error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_CORRUPT')) {
    return new DataError(`${path} is damaged or no store`, {
      why,
      remedy: 'bring back what is readable: mlops store recover',
    });
  }
  if (/^SQLITE_(READONLY|FULL|CANTOPEN|IOERR)/.test(error.code)) {
    return new InputOutputError(`the store ${path} cannot be written`, {
      why,
      remedy: 'check space and permissions, there and for temporary files (TMPDIR); nothing was changed',
    });
  }
  return error;
}
