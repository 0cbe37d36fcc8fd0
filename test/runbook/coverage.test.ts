import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lexer } from 'marked';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandWords } from '../../src/runbook/command-words.ts';
import { parsePage } from '../../src/runbook/parse-page.ts';
import { copyOf } from '../executable/loop-workspace.ts';
import { runMlops } from '../executable/run-mlops.ts';
import { unknownIn } from './known-commands.ts';

const folder = join(import.meta.dirname, '..', '..', 'runbook');
const seed = readFileSync(join(import.meta.dirname, '..', 'fixtures', 'operations-runbook.md'), 'utf8').split(
  '\n',
);

interface Row {
  readonly line: number;
  readonly says: string;
  readonly here: string;
  readonly example: string;
  readonly exit: number;
}

const rows: readonly Row[] = lexer(readFileSync(join(folder, 'coverage.md'), 'utf8'))
  .flatMap((token) => (token.type === 'table' ? token.rows : []))
  .map((cells: readonly { readonly text: string }[]) => {
    const [line, says, here, example, exit] = cells.map(({ text }) => text);
    return {
      line: Number(line),
      says: uncoded(says),
      here: here ?? '',
      example: uncoded(example),
      exit: Number(exit),
    };
  });

/** Without the backticks of a code span. */
function uncoded(cell = ''): string {
  return cell.replace(/^(`+) ?(.*?) ?\1$/, '$2');
}

/** Neither empty, nor a rule, a fence, or the line under a table's head. */
function saysSomething(line: string): boolean {
  return !/^\s*(---|```.*|\|[-| ]+\|)?\s*$/.test(line);
}

describe('the table', () => {
  test('has one row for every line of the operations runbook, in its words', () => {
    const expected = seed
      .map((text, index) => ({ line: index + 1, says: text.trim() }))
      .filter(({ says }) => saysSomething(says));
    expect(rows.map(({ line, says }) => ({ line, says }))).toEqual(expected);
  });

  test('links only to pages and steps that are there, and names something in every row', () => {
    const lost: string[] = [];
    for (const { line, here } of rows) {
      const links = [...here.matchAll(/\]\(([\w-]+)\.md(?:#([\w-]+))?\)/g)];
      if (links.length === 0 && !here.includes('`mlops ')) lost.push(`line ${line} names nothing`);
      for (const [, name = '', step] of links) {
        const page = parsePage(name, readFileSync(join(folder, `${name}.md`), 'utf8'));
        if (step !== undefined && !page.steps.some(({ id }) => id === step))
          lost.push(`line ${line}: ${name}.md#${step}`);
      }
    }
    expect(lost).toEqual([]);
  });

  test('names only commands and options that --help knows', async () => {
    const unknown = new Map<string, number[]>();
    for (const { line, here, example } of rows) {
      const named = [...here.matchAll(/`(mlops [^`]+)`/g)].map(([, command]) => command ?? '');
      for (const command of [...named, example])
        for (const what of await unknownIn(command))
          unknown.set(what, [...new Set([...(unknown.get(what) ?? []), line])]);
    }
    expect([...unknown].map(([what, lines]) => `${what}: lines ${lines.join(', ')}`)).toEqual([]);
  });
});

describe('the examples', () => {
  const server = createServer((_request, response) => response.end('{"status":"ok"}'));
  let demo: string;

  beforeAll(async () => {
    demo = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    await runMlops(['-C', demo, 'demo']);
    const port = await new Promise<number>((resolve, reject) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    });
    const file = join(demo, 'mlops.yaml');
    const api = `services:\n  - name: api\n    url: http://127.0.0.1:${port}/health\n    restart: "true"\n    logs: echo started\n`;
    writeFileSync(file, readFileSync(file, 'utf8').replace('services: []\n', api));
  });
  afterAll(() => server.close());

  test('exit as their row says, each in a workspace of its own', { timeout: 600_000 }, async () => {
    const examples = new Map(rows.map(({ line, example, exit }) => [example, { line, exit }]));
    const otherwise: string[] = [];
    const left = [...examples];
    const worker = async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const [example, { line, exit }] = next;
        if ((await unknownIn(example)).length > 0) continue;
        const workspace =
          example === 'mlops demo' ? mkdtempSync(join(tmpdir(), 'mlops-test-')) : copyOf(demo);
        const words = commandWords(example, { file: 'coverage.md', line })
          .map(({ text }) => text)
          .slice(1);
        const outcome = await runMlops(['-C', workspace, ...words], { cwd: workspace });
        if (outcome.code !== exit)
          otherwise.push(
            `line ${line}: ${example}: exit ${outcome.code}, not ${exit}: ${outcome.stderr.split('\n')[0]}`,
          );
      }
    };
    await Promise.all([worker(), worker()]);
    expect(otherwise.sort()).toEqual([]);
  });
});
