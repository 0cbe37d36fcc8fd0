import { existsSync } from 'node:fs';
import type { Page, RunbookTrust } from '../data/results/runbook.ts';
import type { Clock } from '../platform/clock.ts';
import { ConfigurationError, MlopsError, UsageError } from '../platform/errors.ts';
import { isTrusted, openForReading, openStore, recordEvent, trustPage } from '../store/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { hasShell } from './list-pages.ts';
import { contentHash, type PageSource } from './page-sources.ts';

/** Whether the shell of a page may run: that of the executable's own pages, and of a text that somebody has trusted. */
export function isTrustedPage(workspace: Workspace, source: PageSource): boolean {
  if (source.origin === 'mlops') return true;
  if (!existsSync(workspace.paths.store)) return false;
  try {
    using store = openForReading(workspace.paths.store);
    return store.read(() => isTrusted(store, source.name, contentHash(source)));
  } catch (error) {
    // A store that cannot be read vouches for nobody.
    if (error instanceof MlopsError) return false;
    throw error;
  }
}

/** @throws ConfigurationError when the page holds shell that nobody has trusted */
export function requireTrust(workspace: Workspace, source: PageSource, page: Page): void {
  if (!hasShell(page) || isTrustedPage(workspace, source)) return;
  throw new ConfigurationError(`${source.file} holds shell, and nobody has trusted it as it is now`, {
    why: 'shell of a workspace’s own page runs only after somebody has read it; a changed page has to be read again',
    remedy: `mlops runbook show ${source.name}, then: mlops runbook trust ${source.name}`,
  });
}

/** Lets the shell of the page run as it is now, to the byte; audited. @throws UsageError for one of the executable's own */
export function trustSource(
  workspace: Workspace,
  source: PageSource,
  who: string,
  clock: Clock,
): RunbookTrust {
  const { name, file, origin } = source;
  if (origin === 'mlops') {
    throw new UsageError(`'${name}' is a page of mlops itself`, {
      why: 'its shell is trusted as the program is',
      remedy: `a page of your own is ${workspace.root}/runbook/${name}.md`,
    });
  }
  const sha256 = contentHash(source);
  using store = openStore(workspace.paths.store, { create: false });
  const changed = store.change(() => {
    const at = clock.now();
    const fresh = trustPage(store, name, sha256, who, at);
    if (fresh)
      recordEvent(store, {
        at,
        who,
        command: 'runbook trust',
        reason: name,
        before: null,
        after: { page: name, sha256 },
      });
    return fresh;
  });
  return { page: name, path: file, sha256, changed };
}
