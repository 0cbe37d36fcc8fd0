import { stringify } from 'yaml';
import type { SchedulePrint } from '../../data/results/schedule.ts';
import { shellWord } from '../../platform/shell-word.ts';
import { cronTime, type ScheduleSubject, unitName } from './jobs.ts';

export interface KubernetesPlace {
  /** Container image that has mlops and sh. */
  readonly image: string;
  /** Persistent volume claim that holds the workspace. */
  readonly claim: string | undefined;
}

const mounted = '/workspace';

/** A CronJob (batch/v1) for each job, in one file; the workspace lies on a persistent volume. Times are UTC. */
export function kubernetesManifests(
  { model, jobs }: ScheduleSubject,
  { image, claim }: KubernetesPlace,
): SchedulePrint['files'] {
  const documents = jobs.map(({ name, time, words }) => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: {
      name: unitName(model, name),
      labels: { 'app.kubernetes.io/name': 'mlops', 'app.kubernetes.io/component': name },
    },
    spec: {
      schedule: cronTime(time),
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        spec: {
          backoffLimit: 0,
          template: {
            spec: {
              restartPolicy: 'Never',
              containers: [
                {
                  name: 'mlops',
                  image,
                  // 1, 2 and 3 are verdicts, not failures.
                  command: [
                    'sh',
                    '-c',
                    `${['mlops', '-C', mounted, ...words].map(shellWord).join(' ')} || test $? -le 3`,
                  ],
                  volumeMounts: [{ name: 'workspace', mountPath: mounted }],
                },
              ],
              volumes: [
                { name: 'workspace', persistentVolumeClaim: { claimName: claim ?? unitName(model) } },
              ],
            },
          },
        },
      },
    },
  }));
  const text = documents.map((each) => stringify(each, { lineWidth: 0 })).join('---\n');
  return [{ name: `${unitName(model)}.yaml`, text }];
}
