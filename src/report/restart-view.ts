import type { RestartResult } from '../data/results/restart.ts';
import { diagnosisView } from './diagnosis-view.ts';
import { colouredVerdict } from './verdict-colour.ts';

/** What a restart did, for a terminal; where the service is not well after it, what the command said and the diagnosis. */
export function restartView({ status, summary, output, diagnosis, dry_run, audited }: RestartResult): string {
  if (dry_run) return summary;
  return [
    `${colouredVerdict(status)} - ${summary}`,
    ...(status === 'OK' ? [] : output.map((line) => `  it printed: ${line}`)),
    ...(diagnosis === null ? [] : [diagnosisView(diagnosis)]),
    ...(audited ? [] : ['the audit has no row of this: there is no store, or it cannot be written']),
  ].join('\n');
}
