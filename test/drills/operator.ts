import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAt } from '../executable/loop-workspace.ts';

interface Incident {
  readonly incident_id: string;
  readonly title: string;
  readonly contact: string;
  readonly closed_at: string | null;
}

/** One who sits at the workspace at that time, without a terminal. */
export function operatorOf(workspace: string, at: string) {
  const run = (...commandLine: string[]) => runAt(workspace, at, ...commandLine);
  const incidents = async (): Promise<readonly Incident[]> => (await run('incidents')).json.incidents;
  return {
    run,
    walk: (page: string, ...options: string[]) => run('runbook', 'run', page, ...options),
    resume: (...options: string[]) => run('runbook', 'resume', ...options),
    openIncidents: async () =>
      (await incidents()).filter(({ closed_at }) => closed_at === null).map(({ title }) => title),
    closedIncidents: async () =>
      (await incidents()).filter(({ closed_at }) => closed_at !== null).map(({ title }) => title),
  };
}

export function configure(workspace: string, from: string, to: string): void {
  const path = join(workspace, 'mlops.yaml');
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`mlops.yaml does not say: ${from}`);
  writeFileSync(path, text.replace(from, to));
}
