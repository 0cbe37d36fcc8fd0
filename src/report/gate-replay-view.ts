import type { GateReplay } from '../data/results/gate.ts';
import { figure } from './figures.ts';
import { colouredVerdict } from './verdict-colour.ts';

/** What of a decision is as it was, a line each. */
export function gateReplayView({ status, decision_id, at, decision, rows, checks }: GateReplay): string {
  const said = `decision ${decision_id} of ${at}, ${decision}, on ${figure(rows)} labelled rows`;
  return [
    `${colouredVerdict(status)} - ${said}`,
    ...checks.map((check) => `${colouredVerdict(check.status)} ${check.name}: ${check.detail}`),
  ].join('\n');
}
