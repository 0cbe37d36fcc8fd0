import type { GateSimulation } from '../data/results/gate.ts';
import { plainTable } from './plain-table.ts';

/** A line a decision, what each preset would have made of it, and how many each would have promoted. */
export function gateSimulationView({ from, until, decisions, presets }: GateSimulation): string {
  const period = `${from.slice(0, 10)} to ${until.slice(0, 10)}`;
  if (decisions.length === 0) return `no decision from ${period}`;
  const heads = ['decision', 'when', 'challenger', 'was', 'production', 'conservative', 'aggressive', 'on'];
  const rows = decisions.map(({ would_be, ...each }) => [
    each.decision_id,
    each.at.slice(0, 16).replace('T', ' '),
    each.challenger,
    each.decision,
    would_be.production,
    would_be.conservative,
    would_be.aggressive,
    each.judged_on,
  ]);
  return [
    `${decisions.length} decisions from ${period}`,
    plainTable(
      heads.map((head) => ({ head })),
      rows,
    ),
    ...presets.map(
      ({ preset, promoted, rejected, unknown, otherwise }) =>
        `${preset}: ${promoted} promoted, ${rejected} rejected, ${unknown} cannot be told; ${otherwise} otherwise than decided`,
    ),
  ].join('\n');
}
