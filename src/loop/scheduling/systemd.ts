import type { SchedulePrint } from '../../data/results/schedule.ts';
import type { ScheduledTime } from '../../workspace/index.ts';
import { type Job, type ScheduleSubject, unitName } from './jobs.ts';

/** A service and a timer for each job. */
export function systemdUnits(subject: ScheduleSubject): SchedulePrint['files'] {
  return subject.jobs.flatMap((job) => {
    const name = unitName(subject.model, job.name);
    return [
      { name: `${name}.service`, text: service(subject, job) },
      { name: `${name}.timer`, text: timer(subject, job) },
    ];
  });
}

function service({ model, root, program }: ScheduleSubject, { description, words }: Job): string {
  return `[Unit]
Description=${plain(`mlops ${model}: ${description}`)}

[Service]
Type=oneshot
# 1, 2 and 3 are verdicts, which alerts and mlops health tell; 75: another run is at work.
SuccessExitStatus=1 2 3 75
ExecStart=${[program, '-C', root, ...words].map(unitWord).join(' ')}
`;
}

function timer({ model }: ScheduleSubject, { description, time }: Job): string {
  return `[Unit]
Description=${plain(`mlops ${model}: ${description}`)}

[Timer]
OnCalendar=${calendarTime(time)}
# A run that was missed while the machine was off is made up for.
Persistent=true

[Install]
WantedBy=timers.target
`;
}

function calendarTime(time: ScheduledTime): string {
  const minute = String(time.minute).padStart(2, '0');
  if (time.every === 'hour') return `*-*-* *:${minute}:00`;
  const at = `*-*-* ${String(time.hour).padStart(2, '0')}:${minute}:00`;
  return time.every === 'day'
    ? at
    : `${time.weekday.charAt(0).toUpperCase()}${time.weekday.slice(1, 3)} ${at}`;
}

/** In double quotes, with what systemd would expand doubled. */
function unitWord(word: string): string {
  const text = word.replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('%', '%%');
}
