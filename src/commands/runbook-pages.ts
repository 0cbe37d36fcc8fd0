import { ConfigurationError } from '../platform/errors.ts';
import { type PageSource, pageSources } from '../runbook/index.ts';
import { findWorkspace } from '../workspace/index.ts';
import type { Session } from './command.ts';
import { ownPages } from './own-pages.ts';

/** Ours, and those of the workspace where there is one: a page can be read anywhere, also when mlops.yaml is broken. */
export function sourcesOf(session: Session): readonly PageSource[] {
  return pageSources(ownPages, rootOf(session));
}

export function rootOf({ folder }: Session): string | undefined {
  try {
    return findWorkspace(folder);
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}
