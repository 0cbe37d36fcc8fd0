import type { HealthResult, HealthSweep } from '../data/results/health.ts';
import { type ExaminedWorkspace, healthNagios } from './health-nagios.ts';
import { healthPrometheus } from './health-prometheus.ts';
import { healthView } from './health-view.ts';
import { sweepView } from './sweep-view.ts';

export const healthFormats = ['table', 'json', 'nagios', 'prometheus'] as const;
export type HealthFormat = (typeof healthFormats)[number];

/** The answer of health, of one workspace or of several, in one of its formats. */
export function healthText(answer: HealthResult | HealthSweep, format: HealthFormat): string {
  if (format === 'json') return JSON.stringify(answer, null, 2);
  if (format === 'nagios') return healthNagios(answer.status, examined(answer));
  if (format === 'prometheus') return healthPrometheus(answer.status, examined(answer));
  return 'checks' in answer ? healthView(answer) : sweepView(answer.status, answer.workspaces, healthView);
}

function examined(answer: HealthResult | HealthSweep): readonly ExaminedWorkspace[] {
  if ('workspaces' in answer) return answer.workspaces;
  return [{ workspace: null, status: answer.status, result: answer, failure: null }];
}
