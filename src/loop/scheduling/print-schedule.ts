import type { SchedulePrint, Scheduler } from '../../data/results/schedule.ts';
import type { Workspace } from '../../workspace/index.ts';
import { airflowDags } from './airflow.ts';
import { crontabBlock } from './cron.ts';
import { type ScheduleSubject, scheduleNotes, scheduleOf } from './jobs.ts';
import { type KubernetesPlace, kubernetesManifests } from './kubernetes.ts';
import { systemdUnits } from './systemd.ts';

export interface ScheduleRequest extends KubernetesPlace {
  readonly scheduler: Scheduler;
  readonly program: string;
  /** Names of the program's commands. */
  readonly commands: readonly string[];
}

/** The files that have a scheduler do the workspace's work; nothing is written. */
export function printSchedule(workspace: Workspace, request: ScheduleRequest): SchedulePrint {
  const subject = scheduleOf(workspace, request.program, request.commands);
  return {
    scheduler: request.scheduler,
    jobs: jobsOf(subject),
    files: filesFor(request, subject),
    notes: [...scheduleNotes(workspace, subject)],
  };
}

export function jobsOf({ jobs }: ScheduleSubject): SchedulePrint['jobs'] {
  return jobs.map(({ name, when, words }) => ({ name, when, command: ['mlops', ...words].join(' ') }));
}

function filesFor(request: ScheduleRequest, subject: ScheduleSubject): SchedulePrint['files'] {
  switch (request.scheduler) {
    case 'cron':
      return [{ name: 'crontab', text: crontabBlock(subject) }];
    case 'systemd':
      return systemdUnits(subject);
    case 'kubernetes':
      return kubernetesManifests(subject, request);
    case 'airflow':
      return airflowDags(subject);
  }
}
