import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '../data/results/runbook.ts';
import { DataError, fromSystemError, NoInputError } from '../platform/errors.ts';
import { nearest } from '../platform/nearest.ts';
import { sha256 } from '../platform/sha256.ts';
import { parsePage } from './parse-page.ts';

export interface PageSource {
  readonly name: string;
  readonly text: string;
  readonly origin: 'mlops' | 'workspace';
  /** As it is named in messages: a path, or `NAME.md` inside the executable. */
  readonly file: string;
}

/** Pages that the executable carries: name → text. */
export type OwnPages = Readonly<Record<string, string>>;

/**
 * The executable's pages and those of the workspace, which take the place of ours of the same name; by name.
 * @param root of the workspace; undefined outside of one
 * @throws InputOutputError when a page of the workspace cannot be read; DataError when one is not UTF-8
 */
export function pageSources(own: OwnPages, root: string | undefined): readonly PageSource[] {
  const pages = new Map<string, PageSource>();
  for (const [name, text] of Object.entries(own))
    pages.set(name, { name, text, origin: 'mlops', file: `${name}.md` });
  for (const page of root === undefined ? [] : workspacePages(join(root, 'runbook')))
    pages.set(page.name, page);
  return [...pages.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function workspacePages(folder: string): readonly PageSource[] {
  if (!existsSync(folder)) return [];
  try {
    return readdirSync(folder)
      .filter((file) => /^[\w-]+\.md$/.test(file))
      .map((file) => {
        const path = join(folder, file);
        return { name: file.slice(0, -'.md'.length), text: readText(path), origin: 'workspace', file: path };
      });
  } catch (error) {
    throw fromSystemError(error, `${folder} cannot be read`);
  }
}

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new DataError(`${path} is not text`, {
      why: 'it holds bytes that are not UTF-8',
      remedy: 'save it as UTF-8',
    });
  }
}

/** @throws NoInputError when there is no such page, with the nearest name */
export function requirePage(sources: readonly PageSource[], name: string): PageSource {
  const wanted = name.replace(/\.md$/, '');
  const found = sources.find((each) => each.name === wanted);
  if (found !== undefined) return found;
  const [near] = nearest(
    wanted,
    sources.map((each) => each.name),
  );
  throw new NoInputError(`the runbook has no page '${name}'`, {
    remedy:
      near === undefined
        ? 'mlops runbook list names the pages'
        : `did you mean '${near}'? mlops runbook list names all`,
  });
}

/** Place of a step among the page's, from its name, its number (from 1) or its heading. @throws NoInputError when there is none */
export function requireStep(page: Page, wanted: string): number {
  const { steps } = page;
  const index = /^\d+$/.test(wanted)
    ? Number(wanted) - 1
    : steps.findIndex(({ id, title }) => id === wanted || title.toLowerCase() === wanted.toLowerCase());
  if (index in steps) return index;
  const [near] = nearest(
    wanted,
    steps.map(({ id }) => id),
  );
  throw new NoInputError(`page '${page.name}' has no step '${wanted}'`, {
    why: `its steps are: ${steps.map(({ id }, place) => `${place + 1} ${id}`).join(', ')}`,
    remedy: near === undefined ? 'name one of them, or its number' : `did you mean '${near}'?`,
  });
}

/** @throws DataError naming file and line of what cannot be walked */
export function readPage({ name, text, file }: PageSource): Page {
  return parsePage(name, text, file);
}

/** What trust is given to: the text, to the byte. */
export function contentHash({ text }: Pick<PageSource, 'text'>): string {
  return sha256(text);
}
