import type { MonitorCheck } from '../data/results/monitor.ts';
import type { Contacts } from '../workspace/index.ts';

/** Whom each check of a monitoring run concerns. */
export const contactOf: Readonly<Record<MonitorCheck['name'], keyof Contacts>> = {
  drift: 'high_drift',
  data_issues: 'high_drift',
  missing_values: 'high_drift',
  outliers: 'high_drift',
  concept: 'model_performance',
  volume: 'api_down',
  performance: 'model_performance',
};
