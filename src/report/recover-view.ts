import type { RecoverResult } from '../data/results/recover.ts';
import { grouped } from './figures.ts';
import { plainTable } from './plain-table.ts';

/** What came back and what did not, for a terminal. */
export function recoverView(result: RecoverResult): string {
  const { rows, tables, audit } = result;
  const table = plainTable(
    [
      { head: 'table' },
      { head: 'recovered', align: 'right' },
      { head: 'of a backup', align: 'right' },
      { head: 'lost', align: 'right' },
      { head: 'kept aside', align: 'right' },
    ],
    tables.map(({ name, recovered, from_backup, lost, aside, exact }) => [
      name,
      grouped(recovered),
      grouped(from_backup),
      `${exact ? '' : 'at least '}${grouped(lost)}`,
      grouped(aside),
    ]),
  );
  return [
    `${result.status} - ${grouped(rows.recovered)} rows are back, ${tables.every(({ exact }) => exact) ? '' : 'at least '}${grouped(rows.lost)} lost, ${grouped(rows.aside)} kept aside`,
    table,
    ...result.problems.map((problem) => `problem: ${problem}`),
    `damaged file: ${result.damaged}`,
    ...(result.leftover === null ? [] : [`kept aside: ${result.leftover}`]),
    ...audit.gaps.map(
      ({ from, to }) => `audit rows ${from} to ${to} are lost; verify will say so and go on from there`,
    ),
    `audit row ${audit.recorded_as} tells of this recovery`,
    ...result.notes.map((note) => `note: ${note}`),
  ].join('\n');
}
