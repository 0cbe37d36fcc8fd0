import type { ScheduleInstall, SchedulePrint } from '../data/results/schedule.ts';

/** The files as they would be written; where there are several, each after a line that names it. */
export function schedulePrintView({ files, scheduler }: SchedulePrint): string {
  if (files.length === 1) return files[0]?.text ?? '';
  return files.map(({ name, text }) => `# ${scheduler}: ${name}\n${text}`).join('\n');
}

export function scheduleInstallView({ scheduler, jobs, changed, active, notes }: ScheduleInstall): string {
  const state = active ? 'scheduled' : 'written';
  return [
    `${changed ? state : `${state} already, nothing was changed`} (${scheduler}):`,
    ...jobs.map(({ command, when }) => `  ${when.padEnd(16)} ${command}`),
    ...notes.map((note) => `note: ${note}`),
  ].join('\n');
}
