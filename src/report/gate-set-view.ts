import type { GateSetResult } from '../data/results/gate.ts';
import { plainTable } from './plain-table.ts';

/** What was set, or would be, and what the last decisions would have become under it. */
export function gateSetView(result: GateSetResult): string {
  return [
    headline(result),
    ...decisions(result),
    ...result.notes.map((note) => `note: ${note}`),
    ...(result.changed
      ? [`noted in ${result.changes_file} and in the audit; it holds from the next decision on`]
      : []),
  ].join('\n');
}

function headline({ key, from, to, changed, dry_run, configuration }: GateSetResult): string {
  const movement = `${key} from ${from} to ${to}`;
  if (changed) return `set ${movement} in ${configuration}`;
  return dry_run ? `dry run: would set ${movement}` : `${key} is ${to} already; nothing was changed`;
}

function decisions({ decisions }: GateSetResult): readonly string[] {
  if (decisions.length === 0) return ['no decision yet that it could be compared with'];
  const otherwise = decisions.filter((each) => each.would_be !== each.decision).length;
  const rows = decisions.map((each) => [
    each.decision_id,
    each.at.slice(0, 16).replace('T', ' '),
    each.challenger,
    each.decision,
    each.would_be === 'unknown' ? 'cannot be told' : each.would_be,
    each.why,
  ]);
  const heads = ['decision', 'when', 'challenger', 'was', 'would be', 'why'];
  return [
    `the last ${decisions.length} decisions under it: ${otherwise} would have become something else`,
    plainTable(
      heads.map((head) => ({ head })),
      rows,
    ),
  ];
}
