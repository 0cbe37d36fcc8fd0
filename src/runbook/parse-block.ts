import type { PageCommand } from '../data/results/runbook.ts';
import { parseDuration } from '../platform/clock.ts';
import { commandWords } from './command-words.ts';
import { type Place, pageFault } from './page-fault.ts';

type BlockRules = Pick<PageCommand, 'expected' | 'reads' | 'limit_ms'>;

/** The commands of a fenced block whose info string begins with `mlops` or `sh`; nothing for another block, which is prose. */
export function parseBlock(info: string, text: string, { file, line }: Place): readonly PageCommand[] {
  const [kind, ...words] = info.trim().split(/\s+/);
  if (kind !== 'mlops' && kind !== 'sh') return [];
  const place = { file, line };
  const rules = blockRules(words, place);
  if (kind === 'sh') {
    if (text.trim() === '') throw pageFault(place, 'an empty sh block', 'a block holds what is to run');
    return [{ kind, text, words: [], ...rules, line }];
  }
  const commands = text
    .split('\n')
    .map((content, index) => ({ content: content.trim(), line: line + 1 + index }))
    .filter(({ content }) => content !== '' && !content.startsWith('#'))
    .map((each) => mlopsCommand(each.content, rules, { file, line: each.line }));
  if (commands.length === 0)
    throw pageFault(place, 'an empty mlops block', 'a block holds what is to run, a command a line');
  return commands;
}

function mlopsCommand(text: string, rules: BlockRules, place: Place): PageCommand {
  const [program, ...words] = commandWords(text, place);
  if (program?.text !== 'mlops' || words.length === 0)
    throw pageFault(
      place,
      `'${text}' is no command of mlops`,
      'each line of an mlops block begins with: mlops COMMAND',
    );
  const said = words.map((word) => word.text);
  if (said.includes('runbook') && said.includes('trust'))
    throw pageFault(place, 'a page that would trust a page', 'only a person trusts one, after reading it');
  return { kind: 'mlops', text, words, ...rules, line: place.line };
}

function blockRules(words: readonly string[], place: Place): BlockRules {
  let rules: BlockRules = { expected: [0], reads: false, limit_ms: null };
  for (const word of words) rules = { ...rules, ...rule(word, place) };
  return rules;
}

function rule(word: string, place: Place): Partial<BlockRules> {
  const [, key, value = ''] = /^([a-z]+)(?:=(.+))?$/.exec(word) ?? [];
  if (word === 'reads') return { reads: true };
  if (key === 'expect') return { expected: expectedCodes(value, place) };
  if (key === 'limit') {
    const limit = parseDuration(value);
    if (limit !== undefined && limit > 0) return { limit_ms: limit };
  }
  throw pageFault(
    place,
    `'${word}' says nothing about a block`,
    'after mlops or sh may stand: reads, expect=0,1 or expect=any, limit=30m',
  );
}

function expectedCodes(text: string, place: Place): number[] | null {
  if (text === 'any') return null;
  const codes = text.split(',').map(Number);
  if (/^\d{1,3}(,\d{1,3})*$/.test(text) && codes.every((code) => code <= 255)) return codes;
  throw pageFault(place, `expect=${text} names no exit codes`, 'it is written like expect=0,1 or expect=any');
}
