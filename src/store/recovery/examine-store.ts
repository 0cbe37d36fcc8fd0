import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { ConfigurationError } from '../../platform/errors.ts';
import { auditHead } from '../audit.ts';
import { storeProblems } from '../integrity.ts';
import { migrations } from '../migrations.ts';

/**
 * What SQLite finds wrong with a store, a sentence each; nothing where it is whole. Changes no byte of it: a store that is
 * opened as usual moves its write-ahead log into the file when it is closed.
 * @throws ConfigurationError when a newer mlops wrote it
 */
export function examineStore(path: string): readonly string[] {
  if (existsSync(path) && statSync(path).size === 0) return ['the file is empty'];
  try {
    const connection = new Database(path, { readonly: true });
    try {
      const version = Number(connection.pragma('user_version', { simple: true }));
      if (version > migrations.length) throw newer(path, version);
      if (version === 0) return ['it holds no tables of a store'];
      return storeProblems({ connection });
    } finally {
      connection.close();
    }
  } catch (error) {
    if (error instanceof Database.SqliteError) return [error.message];
    throw error;
  }
}

/** Number and hash of a store's last audit row, or null where it cannot be read; changes no byte of it. */
export function peekAuditHead(path: string): { readonly events: number; readonly head: string } | null {
  try {
    const connection = new Database(path, { readonly: true });
    try {
      const { seq, hash } = auditHead({ connection });
      return { events: seq, head: hash };
    } finally {
      connection.close();
    }
  } catch (error) {
    if (error instanceof Database.SqliteError) return null;
    throw error;
  }
}

function newer(path: string, version: number): ConfigurationError {
  return new ConfigurationError(`the store ${path} was written by a newer mlops`, {
    why: `its version is ${version}, this program knows up to ${migrations.length}`,
    remedy: 'install that version of mlops; nothing was changed',
  });
}
