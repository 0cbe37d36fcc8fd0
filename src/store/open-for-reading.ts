import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputOutputError } from '../platform/errors.ts';
import { openStore, type Store } from './store.ts';

/**
 * Opens the store for a command that mainly reads. On a read-only file system SQLite cannot open a store in WAL mode, so that
 * it reads a temporary copy then, to which `change` is refused with InputOutputError.
 * @throws as openStore does
 */
export function openForReading(path: string): Store {
  try {
    return openStore(path, { create: false });
  } catch (error) {
    if (error instanceof InputOutputError) return openCopy(path);
    throw error;
  }
}

function openCopy(path: string): Store {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-store-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, 'store.db');
    for (const end of ['', '-wal']) if (existsSync(path + end)) copyFileSync(path + end, copy + end);
    const store = openStore(copy, { create: false });
    store.connection.pragma('query_only = ON');
    const close = () => {
      store.close();
      remove();
    };
    return { ...store, close, [Symbol.dispose]: close };
  } catch (error) {
    remove();
    throw error;
  }
}
