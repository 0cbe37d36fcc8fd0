import type { MonitorCheck } from '../data/results/monitor.ts';

export const checkTitles: Readonly<Record<MonitorCheck['name'], string>> = {
  drift: 'Drift',
  data_issues: 'Data faults',
  missing_values: 'Missing values',
  outliers: 'Outliers',
  concept: 'Errors',
  volume: 'Volume',
  performance: 'Performance',
};
