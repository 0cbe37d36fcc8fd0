import { availableParallelism, loadavg } from 'node:os';
import { figure } from '../report/figures.ts';
import type { Configuration } from '../workspace/index.ts';
import type { Check, Finding } from './check.ts';

/** Load of the machine over the last five minutes, by core. */
export const checkLoad: Check = {
  name: 'cpu',
  contact: 'infrastructure',
  needs: 'files',
  examine: ({ workspace: { config } }) => judgeLoad(loadavg()[1] ?? 0, availableParallelism(), config.host),
};

export function judgeLoad(
  load: number,
  cores: number,
  { load_warning, load_critical }: Configuration['host'],
): Finding {
  const byCore = load / cores;
  const critical = load_critical !== undefined && byCore > load_critical;
  const high = critical || (load_warning !== undefined && byCore > load_warning);
  return {
    status: critical ? 'CRITICAL' : high ? 'WARNING' : 'OK',
    summary: `load ${figure(load)} over five minutes on ${cores} cores, ${figure(byCore)} a core`,
    observed: byCore,
    threshold: (critical ? load_critical : (load_warning ?? load_critical)) ?? null,
    limits: { alarms: 'above', warning: load_warning ?? null, critical: load_critical ?? null },
    unit: 'per_core',
    remedy: high ? 'see what is at work: top -o %CPU; training and exports can wait' : null,
  };
}
