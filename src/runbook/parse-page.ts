import { lexer, type MarkedToken, type Token } from 'marked';
import type { Page, PageStep } from '../data/results/runbook.ts';
import { pageFault } from './page-fault.ts';
import { parseBlock } from './parse-block.ts';
import { isDecisionTable, parseDecision, plain } from './parse-decision.ts';

/** A top-level block of the page and the line it begins on. */
interface Block {
  readonly token: Token;
  readonly line: number;
}

/**
 * Reads a page by the convention of runbook/README.md: the first heading is its title, every heading of the second level a
 * step, with its prose, its blocks to run, a question or a decision.
 * @param file as it is named in faults
 * @throws DataError naming file and line of the first thing that cannot be walked
 */
export function parsePage(name: string, text: string, file = `${name}.md`): Page {
  const blocks = topLevel(text.replace(/\r\n?/g, '\n'));
  const first = blocks.findIndex(({ token }) => is(token, 'heading') && token.depth === 1);
  const heading = blocks[first];
  if (heading === undefined || !is(heading.token, 'heading'))
    throw pageFault({ file, line: 1 }, 'a page without a title', 'a page begins with: # Title');
  const sections = cutAtSteps(blocks.slice(first + 1));
  const [introduction = [], ...rest] = sections;
  refuseBlocksBeforeSteps(introduction, file);
  const steps = withDistinctIds(rest.map((section) => parseStep(section, file)));
  refuseUnknownTargets(steps, file);
  const paragraphs = introduction.flatMap(({ token }) => (is(token, 'paragraph') ? [token.text] : []));
  const contact = paragraphs
    .map((each) => /^Contact: `?(\w+)`?\.?$/m.exec(each)?.[1])
    .find((each) => each !== undefined);
  return {
    name,
    title: plain(heading.token.text),
    summary: plain((paragraphs[0] ?? '').replaceAll('\n', ' ')),
    contact: contact ?? null,
    introduction: proseOf(introduction),
    steps: [...steps],
  };
}

function topLevel(text: string): readonly Block[] {
  let line = 1;
  return lexer(text).map((token) => {
    const block = { token, line: line + (/^\n*/.exec(token.raw)?.[0].length ?? 0) };
    line += token.raw.split('\n').length - 1;
    return block;
  });
}

/** The blocks before the first step, then those of each step with its heading. */
function cutAtSteps(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const sections: Block[][] = [[]];
  for (const block of blocks) {
    if (is(block.token, 'heading') && block.token.depth <= 2) sections.push([block]);
    else sections.at(-1)?.push(block);
  }
  return sections;
}

function parseStep([heading, ...body]: readonly Block[], file: string): PageStep {
  const title = heading !== undefined && is(heading.token, 'heading') ? plain(heading.token.text) : '';
  const line = heading?.line ?? 1;
  if (slug(title) === '')
    throw pageFault({ file, line }, 'a step without a name', 'a heading says what is done in it');
  const commands = body.flatMap(({ token, line: at }) =>
    is(token, 'code') ? parseBlock(token.lang ?? '', token.text, { file, line: at }) : [],
  );
  for (const block of body) {
    refuseNestedBlocks(block, file);
    refuseOpenBlock(block, file);
  }
  const [table, second] = body.filter(({ token }) => is(token, 'table') && isDecisionTable(token));
  if (second !== undefined)
    throw pageFault(
      { file, line: second.line },
      'a second decision in one step',
      'a step ends with one decision',
    );
  const decision =
    table !== undefined && is(table.token, 'table')
      ? parseDecision(table.token, { file, line: table.line })
      : null;
  if (decision?.by === 'exit' && commands.length === 0)
    throw pageFault(
      { file, line: table?.line ?? line },
      'a decision by exit code without a command',
      'the step has a block whose exit decides',
    );
  return {
    id: slug(title),
    title,
    line,
    prose: proseOf(body),
    destroys: destroysOf(body),
    commands: [...acceptingDecided(commands, decision)],
    question: questionOf(body),
    decision,
  };
}

/** What a decision by exit code names is expected of the command before it. */
function acceptingDecided(
  commands: PageStep['commands'],
  decision: PageStep['decision'],
): PageStep['commands'] {
  const last = commands.at(-1);
  if (last === undefined || decision?.by !== 'exit') return commands;
  const { branches } = decision;
  const any = branches.some(({ exits }) => exits === null);
  const expected = any ? null : branches.flatMap(({ exits }) => exits ?? []);
  return [...commands.slice(0, -1), { ...last, expected }];
}

function proseOf(blocks: readonly Block[]): string {
  return blocks
    .filter(({ token }) => !runs(token) && !(is(token, 'table') && isDecisionTable(token)))
    .map(({ token }) => token.raw)
    .join('')
    .trim()
    .replace(/\n{3,}/g, '\n\n');
}

function destroysOf(blocks: readonly Block[]): string | null {
  for (const { token } of blocks) {
    const lost = is(token, 'paragraph') ? /^\**destroys:\**\s*(.+)$/is.exec(token.text)?.[1] : undefined;
    if (lost !== undefined) return plain(lost.replaceAll('\n', ' '));
  }
  return null;
}

/** Items of a numbered list that end with a question mark: only a person knows. */
function questionOf(blocks: readonly Block[]): string | null {
  const items = blocks.flatMap(({ token }) => (is(token, 'list') && token.ordered ? token.items : []));
  const questions = items
    .map(({ text }) => plain(text.replaceAll('\n', ' ')))
    .filter((text) => text.endsWith('?'));
  return questions.length === 0 ? null : questions.join(' ');
}

function runs(token: Token): boolean {
  return is(token, 'code') && /^(mlops|sh)\b/.test(token.lang ?? '');
}

function refuseNestedBlocks({ token, line }: Block, file: string): void {
  if (!is(token, 'list') && !is(token, 'blockquote')) return;
  const lines = token.raw.split('\n');
  const at = lines.findIndex((each) => /^[\s>*\d.-]*(`{3,}|~{3,})\s*(mlops|sh)\b/.test(each));
  if (at >= 0)
    throw pageFault(
      { file, line: line + at },
      'a block inside a list or a quotation',
      'blocks that run stand at the margin, under the heading of their step',
    );
}

function refuseOpenBlock({ token, line }: Block, file: string): void {
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(token.raw)?.[1];
  if (!runs(token) || fence === undefined) return;
  if (!token.raw.trimEnd().split('\n').slice(1).at(-1)?.trim().startsWith(fence))
    throw pageFault(
      { file, line },
      'a block that is never closed',
      `it ends with a line of its own: ${fence}`,
    );
}

function refuseBlocksBeforeSteps(introduction: readonly Block[], file: string): void {
  const early = introduction.find(({ token }) => runs(token));
  if (early !== undefined)
    throw pageFault(
      { file, line: early.line },
      'a block before the first step',
      'put a heading above it: ## What is done',
    );
  for (const block of introduction) refuseNestedBlocks(block, file);
}

function refuseUnknownTargets(steps: readonly PageStep[], file: string): void {
  const ids = new Set(steps.map(({ id }) => id));
  for (const { decision, line } of steps) {
    for (const { target } of decision?.branches ?? []) {
      if (target.kind === 'step' && !ids.has(target.id))
        throw pageFault(
          { file, line },
          `the decision of this step leads to #${target.id}`,
          `the page has these steps: ${[...ids].join(', ')}`,
        );
    }
  }
}

/** As GitHub names headings: a second one of the same words gets -1. */
function withDistinctIds(steps: readonly PageStep[]): readonly PageStep[] {
  const seen = new Map<string, number>();
  return steps.map((step) => {
    const before = seen.get(step.id) ?? 0;
    seen.set(step.id, before + 1);
    return before === 0 ? step : { ...step, id: `${step.id}-${before}` };
  });
}

/** The anchor of a heading, as GitHub makes it. */
function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

type Kind = MarkedToken['type'];

function is<K extends Kind>(token: Token, kind: K): token is Extract<MarkedToken, { type: K }> {
  return token.type === kind;
}
