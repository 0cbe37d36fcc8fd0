import { statSync } from 'node:fs';
import { openStore, type Store } from '../../store/index.ts';

/** The store at a path, opened when it is first needed, and anew when another file has taken its place, as a restore does. */
export interface StoreAt {
  /** @throws as openStore does */
  get(): Store;
  /** Whether the path still names the file that is open. */
  isCurrent(): boolean;
  close(): void;
}

export function storeAt(path: string, waitMs: number): StoreAt {
  let opened: { readonly store: Store; readonly file: string | undefined } | undefined;
  const isCurrent = () => opened !== undefined && opened.file === fileAt(path);
  const close = () => {
    opened?.store.close();
    opened = undefined;
  };
  return {
    get: () => {
      if (opened !== undefined && isCurrent()) return opened.store;
      close();
      const file = fileAt(path);
      const store = openStore(path, { create: false, waitMs });
      opened = { store, file };
      return store;
    },
    isCurrent,
    close,
  };
}

function fileAt(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.dev}:${found.ino}`;
}
