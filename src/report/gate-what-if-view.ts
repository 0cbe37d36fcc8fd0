import type { GateWhatIf } from '../data/results/gate.ts';
import { gateView } from './gate-view.ts';

/** What would be decided, under what, and what is decided without it. */
export function gateWhatIfView(result: GateWhatIf): string {
  const changes = result.changes.map(({ key, from, to }) => `${key} were ${to} in place of ${from}`);
  return [
    `if ${changes.join(' and ')}: ${result.decision}; as configured: ${result.as_configured}; nothing was stored`,
    gateView(result),
  ].join('\n');
}
