import type { Tokens } from 'marked';
import type { Branch, PageStep } from '../data/results/runbook.ts';
import { type Place, pageFault } from './page-fault.ts';

/** True of a table whose columns are If and Then; every other table is prose. */
export function isDecisionTable(table: Tokens.Table): boolean {
  const [first, second, ...more] = table.header.map(({ text }) => text.trim().toLowerCase());
  return first === 'if' && second === 'then' && more.length === 0;
}

/** The branches of a decision table: chosen by the last command's exit code when every row names one, else by a person. */
export function parseDecision(table: Tokens.Table, { file, line }: Place): NonNullable<PageStep['decision']> {
  const rows = table.rows.map(([condition, action], index) => {
    const place = { file, line: line + 2 + index };
    const when = plain(condition?.text ?? '');
    if (when === '')
      throw pageFault(place, 'a row without a condition', 'the If column says when the row holds');
    const exits = exitCodes(when);
    const target = targetOf(action, place);
    return {
      exits,
      branch: {
        when,
        exits: exits === 'other' ? null : (exits ?? null),
        text: plain(action?.text ?? ''),
        target,
      },
    };
  });
  const byExit = rows.filter(({ exits }) => exits !== undefined).length;
  if (rows.length === 0)
    throw pageFault({ file, line }, 'a decision without rows', 'each row is one way to go on');
  if (byExit !== 0 && byExit !== rows.length) {
    throw pageFault(
      { file, line },
      'a decision by exit code and by a person at once',
      'either every row says exit N (the last: any other exit), or none does',
    );
  }
  return { by: byExit === 0 ? 'person' : 'exit', branches: rows.map(({ branch }) => branch) };
}

function exitCodes(when: string): number[] | 'other' | undefined {
  if (/^any other exit$/i.test(when)) return 'other';
  const codes = /^exit (\d{1,3}(?:(?:, | or )\d{1,3})*)/i.exec(when)?.[1];
  return codes?.split(/, | or /).map(Number);
}

function targetOf(cell: Tokens.TableCell | undefined, place: Place): Branch['target'] {
  const link = cell?.tokens.find((token): token is Tokens.Link => token.type === 'link');
  const [, page, step] = /^(?:([\w-]+)\.md)?(?:#([\w-]+))?$/.exec(link?.href ?? '-') ?? [];
  if (page !== undefined && step === undefined) return { kind: 'page', name: page };
  if (step !== undefined && page === undefined) return { kind: 'step', id: step };
  const text = cell?.text ?? '';
  if (link === undefined && /^go on\b/i.test(text)) return { kind: 'go_on' };
  if (link === undefined && /^done\b/i.test(text)) return { kind: 'done' };
  throw pageFault(
    place,
    `'${text}' says not where to go on`,
    'the Then column links to a step of this page (#its-heading) or to a page (name.md), or begins with: go on, or: done',
  );
}

/** A cell without the marks of its links, code and stress. */
export function plain(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`]/g, '')
    .trim();
}
