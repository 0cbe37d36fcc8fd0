import { existsSync, readdirSync } from 'node:fs';
import { NoInputError } from '../platform/errors.ts';
import { openStore, type Store } from './store.ts';

/**
 * Opens the store of a workspace, or makes it where nothing was ever kept.
 * @throws NoInputError when it is missing though artifacts are there: it was lost, and a new one would hide that
 */
export function openOrMakeStore(paths: { readonly store: string; readonly artifacts: string }): Store {
  if (!existsSync(paths.store) && existsSync(paths.artifacts) && readdirSync(paths.artifacts).length > 0) {
    throw new NoInputError(`the store ${paths.store} is missing`, {
      why: `${paths.artifacts} holds artifacts, so there was one, and it was removed`,
      remedy: 'restore it from a backup; to begin anew without its history, move the artifacts away first',
    });
  }
  return openStore(paths.store, { create: true });
}
