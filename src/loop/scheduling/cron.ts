import { join } from 'node:path';
import { shellWord } from '../../platform/shell-word.ts';
import { cronTime, type Job, type ScheduleSubject } from './jobs.ts';

const beginning = '# >>> mlops';
const end = '# <<< mlops';

/** The lines of a crontab, between markers that name the workspace. */
export function crontabBlock(subject: ScheduleSubject): string {
  const { root, model, jobs } = subject;
  const lines = jobs.map((job) => `${cronTime(job.time)} ${cronCommand(subject, job)}`);
  return `${[
    `${beginning} ${root}`,
    `# ${model.replace(/\s+/g, ' ')}: what it prints is kept in .mlops/logs/schedule.log; mlops health says what is wrong.`,
    ...lines,
    `${end} ${root}`,
  ].join('\n')}\n`;
}

function cronCommand({ program, root }: ScheduleSubject, { words }: Job): string {
  const line = [program, '-C', root, ...words].map(shellWord).join(' ');
  // cron takes a % for the end of the command.
  return `${line} >> ${shellWord(join(root, '.mlops', 'logs', 'schedule.log'))} 2>&1`.replaceAll('%', '\\%');
}

/** The crontab with the workspace's block put in, or in place of the one that was there; the rest as it was. */
export function crontabWith(crontab: string, subject: ScheduleSubject): string {
  const block = crontabBlock(subject);
  const lines = crontab.split('\n');
  const from = lines.indexOf(`${beginning} ${subject.root}`);
  const until = lines.indexOf(`${end} ${subject.root}`, from);
  if (from < 0 || until < 0) {
    const before = crontab === '' || crontab.endsWith('\n') ? crontab : `${crontab}\n`;
    return before + block;
  }
  return [...lines.slice(0, from), ...block.trimEnd().split('\n'), ...lines.slice(until + 1)].join('\n');
}
