import chalk from 'chalk';
import type { GateLook } from '../data/results/gate.ts';
import { figure, percent } from './figures.ts';
import { plainTable } from './plain-table.ts';

/** The evidence on a terminal: whether it is enough, what is spent, and for which challengers. */
export function gateLookView(look: GateLook): string {
  const { champion, challenger, rows, enough, required, error_spent, error_after, challengers } = look;
  const verdict = enough ? chalk.green('ENOUGH') : chalk.yellow('NOT ENOUGH');
  const spent =
    required === null || error_spent === null || error_after === null
      ? ['these criteria ask for no evidence, so that no error is shared out']
      : [
          `spent: ${percent(error_spent)} of the ${percent(required)} allowed for version ${champion}, by ${figure(challengers.length)} challengers`,
          error_after > error_spent
            ? `the gate's look at version ${challenger} would make it ${percent(error_after)}; to look again costs nothing`
            : 'to look again costs nothing',
        ];
  const expected =
    look.evidence_expected_at === null || look.rows_needed === null
      ? []
      : [
          `at last week's rate of labels the ${figure(look.rows_needed)} more rows are there by ${look.evidence_expected_at.slice(0, 10)}`,
        ];
  return [
    `${verdict} - version ${challenger} against version ${champion} on ${figure(rows)} labelled rows; nothing was stored`,
    look.detail,
    ...expected,
    ...spent,
    ...(challengers.length === 0 ? [] : [tableOf(challengers)]),
  ].join('\n');
}

function tableOf(challengers: GateLook['challengers']): string {
  const heads = ['challenger', 'looks', 'first', 'last', 'chance that it is no better'];
  return plainTable(
    heads.map((head) => ({ head })),
    challengers.map((each) => [
      each.challenger,
      figure(each.looks),
      each.first_at.slice(0, 10),
      each.last_at.slice(0, 10),
      each.false_promotion === null ? '–' : percent(each.false_promotion),
    ]),
  );
}
