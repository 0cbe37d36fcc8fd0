import { prepareMonitoring } from '../monitor.ts';
import type { HealStep } from './heal-step.ts';

export const monitorStep: HealStep = async ({ workspace, store, who, clock, signal }) => {
  const prepared = await prepareMonitoring(workspace, store, clock.now(), signal);
  return () => {
    const run = prepared.record(store, who);
    const [drift] = run.checks;
    return {
      summary: `${run.status}, ${run.rows} predictions: ${drift?.summary ?? 'nothing to check'}`,
      result: { monitoring_run: Number(run.run_id) },
      next: 'triage',
    };
  };
};
