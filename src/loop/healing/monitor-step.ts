import type { Verdict } from '../../platform/exit-codes.ts';
import { prepareMonitoring } from '../monitoring/monitor.ts';
import type { HealStep } from './heal-step.ts';

const alarming: readonly Verdict[] = ['WARNING', 'CRITICAL'];

export const monitorStep: HealStep = async ({ workspace, store, who, clock, signal }) => {
  const prepared = await prepareMonitoring(workspace, store, clock.now(), signal);
  return () => {
    const run = prepared.record(store, who);
    const told = run.checks.filter(({ name, status }) => name === 'drift' || alarming.includes(status));
    return {
      summary: `${run.status}, ${run.rows} predictions: ${told.map(({ summary }) => summary).join('; ')}`,
      result: { monitoring_run: Number(run.run_id) },
      next: 'triage',
    };
  };
};
