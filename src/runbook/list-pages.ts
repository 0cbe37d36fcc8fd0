import type { Page, PageStep, RunbookList } from '../data/results/runbook.ts';
import { MlopsError, messageWithCause } from '../platform/errors.ts';
import { type PageSource, readPage } from './page-sources.ts';

/** Every page with what a run of it would be; a page that cannot be walked is listed with its fault. */
export function listPages(
  sources: readonly PageSource[],
  trusts: (source: PageSource) => boolean,
): RunbookList {
  return {
    pages: sources.map((source) => {
      const { name, origin } = source;
      try {
        const page = readPage(source);
        return {
          name,
          origin,
          title: page.title,
          steps: page.steps.filter(doesSomething).length,
          trusted: hasShell(page) ? trusts(source) : null,
          fault: null,
        };
      } catch (error) {
        if (!(error instanceof MlopsError)) throw error;
        return { name, origin, title: name, steps: 0, trusted: null, fault: messageWithCause(error) };
      }
    }),
  };
}

/** False of a step that is only read. */
export function doesSomething({ commands, question, decision }: PageStep): boolean {
  return commands.length > 0 || question !== null || decision !== null;
}

export function hasShell({ steps }: Page): boolean {
  return steps.some(({ commands }) => commands.some(({ kind }) => kind === 'sh'));
}
