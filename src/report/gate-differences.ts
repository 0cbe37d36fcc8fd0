import type { GateJudgement } from '../data/results/gate.ts';
import { figure } from './figures.ts';
import { visibleText } from './visible-text.ts';

/** A difference of F1 with its 95 % interval, on all rows or in a segment. */
export interface F1Interval {
  readonly name: string;
  readonly rows: number;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly verdict: 'worse' | 'within' | 'not_enough_evidence' | 'all';
}

/** On all rows, then in the segments whose interval is known, the greatest loss first. */
export function f1Intervals({ significance, segments, rows }: GateJudgement): readonly F1Interval[] {
  const { f1_difference: difference = null, f1_interval: whole = null } = significance ?? {};
  const all =
    difference === null || whole === null
      ? []
      : [{ name: 'all rows', rows, difference, ...whole, verdict: 'all' as const }];
  const parts = (segments ?? []).flatMap(
    ({ name, rows: count, champion_f1, challenger_f1, interval, verdict }) =>
      interval === null || champion_f1 === null || challenger_f1 === null
        ? []
        : [{ name, rows: count, difference: challenger_f1 - champion_f1, ...interval, verdict }],
  );
  return [...all, ...parts.toSorted((a, b) => a.difference - b.difference)];
}

/** How far the widest interval reaches from 0, for one scale of all of them. */
export function reachOf(intervals: readonly F1Interval[]): number {
  return Math.max(0.01, ...intervals.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
}

const side = 20;
const mostShown = 12;

/** The intervals as lines of text around 0: `├──●──┤`, left of the bar is worse. */
export function intervalLines(result: GateJudgement): readonly string[] {
  const intervals = f1Intervals(result)
    .slice(0, mostShown)
    .map((each) => ({ ...each, name: visibleText(each.name) }));
  if (intervals.length === 0) return [];
  const reach = reachOf(intervals);
  const width = Math.max(...intervals.map(({ name }) => Math.min(name.length, 40)));
  const place = (value: number) => Math.round((value / reach) * side) + side;
  return [
    `difference of F1 with its 95 % interval, worse to the left of │, ${figure(-reach)} to ${figure(reach)}:`,
    ...intervals.map((each) => {
      const cells = Array.from<unknown, string>({ length: 2 * side + 1 }, (_, at) =>
        at === side ? '│' : ' ',
      );
      for (let at = place(each.low); at <= place(each.high); at++) cells[at] = at === side ? '┼' : '─';
      cells[place(each.low)] = '├';
      cells[place(each.high)] = '┤';
      cells[place(each.difference)] = '●';
      const mark = each.verdict === 'worse' ? ' worse' : '';
      const name = each.name.length > 40 ? `${each.name.slice(0, 39)}…` : each.name;
      return `${name.padEnd(width)} ${cells.join('')}${mark}`.trimEnd();
    }),
  ];
}
