import type { SchedulePrint } from '../../data/results/schedule.ts';
import { UsageError } from '../../platform/errors.ts';
import {
  durationMs,
  parseScheduledTime,
  periodMs,
  type ScheduledTime,
  scheduleDefaults,
  type Workspace,
  weekdays,
} from '../../workspace/index.ts';

type JobName = SchedulePrint['jobs'][number]['name'];

export interface Job {
  readonly name: JobName;
  readonly description: string;
  /** As mlops.yaml writes it. */
  readonly when: string;
  readonly time: ScheduledTime;
  /** What follows `mlops -C WORKSPACE`. */
  readonly words: readonly string[];
}

export interface ScheduleSubject {
  readonly model: string;
  /** Absolute path of the workspace. */
  readonly root: string;
  /** Absolute path of this program. */
  readonly program: string;
  readonly jobs: readonly Job[];
}

interface KnownJob {
  readonly description: string;
  readonly words: readonly string[];
}

const knownJobs: Readonly<Record<JobName, KnownJob>> = {
  monitor: { description: 'look at the predictions', words: ['--quiet', 'monitor'] },
  heal: { description: 'monitor, triage, retrain, gate', words: ['--quiet', 'heal', '--once'] },
  alerts: { description: 'deliver alerts', words: ['--quiet', 'alerts', 'deliver'] },
  backup: { description: 'back up the workspace', words: ['--quiet', 'backup'] },
};
const jobNames: readonly JobName[] = ['monitor', 'heal', 'alerts', 'backup'];

/**
 * What the workspace has done by a scheduler, and when.
 * @param commands the program's commands; a job whose command it does not have is left out
 * @throws UsageError when the workspace's path cannot stand in a schedule
 */
export function scheduleOf(
  { root, config }: Workspace,
  program: string,
  commands: readonly string[],
): ScheduleSubject {
  if (/[\n\r]/.test(root)) {
    throw new UsageError('the path of the workspace holds a line break', { remedy: 'move it elsewhere' });
  }
  const jobs = jobNames.flatMap((name): readonly Job[] => {
    const when = config.schedule[name] ?? scheduleDefaults[name];
    const time = parseScheduledTime(when);
    return time === undefined || !commands.includes(name) ? [] : [{ name, when, time, ...knownJobs[name] }];
  });
  return { model: config.model.name, root, program, jobs };
}

/** What to know of a schedule that mlops.yaml does not name. */
export function scheduleNotes({ config }: Workspace, { jobs }: ScheduleSubject): readonly string[] {
  const monitor = jobs.find(({ name }) => name === 'monitor');
  const noticed = durationMs(config.monitoring.lookback);
  if (monitor === undefined || config.schedule.monitor !== undefined || periodMs(monitor.time) >= noticed)
    return [];
  return [
    `health notices a missed run after twice monitoring.lookback, ${config.monitoring.lookback}; to notice it sooner, write schedule: { monitor: ${monitor.when} } into mlops.yaml`,
  ];
}

/** A name that every scheduler takes: lower case, digits and hyphens. */
export function unitName(model: string, job?: JobName): string {
  const plain = model
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 30);
  return ['mlops', plain, job].filter((each) => each !== undefined && each !== '').join('-');
}

/** Minute, hour, day of the month, month, day of the week, as cron, Kubernetes and Airflow take them. */
export function cronTime(time: ScheduledTime): string {
  if (time.every === 'hour') return `${time.minute} * * * *`;
  const day = time.every === 'week' ? weekdays.indexOf(time.weekday) : '*';
  return `${time.minute} ${time.hour} * * ${day}`;
}
