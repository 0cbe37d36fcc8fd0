import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parsePage } from '../../src/runbook/parse-page.ts';
import { unknownIn } from './known-commands.ts';

const folder = join(import.meta.dirname, '..', '..', 'runbook');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.md') && file !== 'coverage.md')
  .map((file) => file.slice(0, -'.md'.length));
const textOf = (name: string) => readFileSync(join(folder, `${name}.md`), 'utf8');
const pages = names.map((name) => parsePage(name, textOf(name)));

test.each(pages.map((page) => [page.name, page] as const))('%s has a title and a summary', (_name, page) => {
  expect(page.title).not.toBe('');
  expect(page.summary.length).toBeGreaterThan(20);
});

test('no page holds shell: ours run where there is none', () => {
  expect(
    pages
      .flatMap(({ steps }) => steps.flatMap(({ commands }) => commands))
      .filter(({ kind }) => kind === 'sh'),
  ).toEqual([]);
});

test('every link and every decision leads to a page and a step that are there', () => {
  const lost: string[] = [];
  for (const page of pages) {
    for (const [, name, step] of textOf(page.name)
      .replaceAll(/^````[\s\S]*?^````/gm, '')
      .matchAll(/\]\((?:([\w-]+)\.md)?(?:#([\w-]+))?\)/g)) {
      const target = name === undefined ? page : pages.find((each) => each.name === name);
      if (target === undefined) lost.push(`${page.name}: ${name}.md`);
      else if (step !== undefined && !target.steps.some(({ id }) => id === step))
        lost.push(`${page.name}: #${step}`);
    }
    for (const { decision } of page.steps)
      for (const { target } of decision?.branches ?? [])
        if (target.kind === 'page' && !existsSync(join(folder, `${target.name}.md`)))
          lost.push(`${page.name}: ${target.name}`);
  }
  expect(lost).toEqual([]);
});

test('a step that is said to only read runs nothing that changes something', () => {
  const changing =
    /^mlops (promote|rollback|heal\b|train|retrain|restore|clean .*--yes|backup$|restart|escalate|store|gate|monitor|labels add (?!.*--dry-run)|alerts (ack|silence|deliver))/;
  const reading = pages.flatMap(({ name, steps }) =>
    steps.flatMap(({ commands }) =>
      commands.filter(({ reads }) => reads).map(({ text }) => `${name}: ${text}`),
    ),
  );
  expect(
    reading.filter((line) => changing.test(line.slice(line.indexOf('mlops'))) && !line.includes('--dry-run')),
  ).toEqual([]);
});

test('every command that a page names is one that --help knows', async () => {
  const unknown: string[] = [];
  for (const { name, steps } of pages) {
    const inline = [...textOf(name).matchAll(/`(mlops [^`\n]+)`/g)].map(([, line]) => line ?? '');
    const blocks = steps.flatMap(({ commands }) => commands.map(({ text }) => text));
    for (const line of new Set([...inline, ...blocks]))
      for (const what of await unknownIn(line)) unknown.push(`${name}.md: ${what}`);
  }
  expect([...new Set(unknown)].sort()).toEqual([]);
});
