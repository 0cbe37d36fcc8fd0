import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ScheduleInstall } from '../../data/results/schedule.ts';
import { writeFileAtomic } from '../../data/write-file-atomic.ts';
import { InputOutputError, UnavailableError } from '../../platform/errors.ts';
import type { Workspace } from '../../workspace/index.ts';
import { crontabBlock, crontabWith } from './cron.ts';
import { scheduleNotes, scheduleOf } from './jobs.ts';
import { jobsOf } from './print-schedule.ts';
import { systemdUnits } from './systemd.ts';

/** What is about to be installed: to be shown before `install` is called. */
export interface PreparedInstall {
  readonly changed: boolean;
  /** What would be written, as a text. */
  readonly preview: string;
  install(): ScheduleInstall;
}

interface InstallRequest {
  readonly scheduler: 'cron' | 'systemd';
  readonly program: string;
  readonly commands: readonly string[];
}

/** @throws UnavailableError when there is no cron; InputOutputError when the files cannot be written */
export function prepareInstall(workspace: Workspace, request: InstallRequest): PreparedInstall {
  const subject = scheduleOf(workspace, request.program, request.commands);
  const known = { jobs: jobsOf(subject), notes: [...scheduleNotes(workspace, subject)] };
  return request.scheduler === 'cron'
    ? prepareCron(crontabBlock(subject), (crontab) => crontabWith(crontab, subject), known)
    : prepareSystemd(systemdUnits(subject), known);
}

type Known = Pick<ScheduleInstall, 'jobs' | 'notes'>;

function prepareCron(preview: string, edit: (crontab: string) => string, known: Known): PreparedInstall {
  const before = readCrontab();
  const after = edit(before);
  const changed = after !== before;
  return {
    changed,
    preview: `into your crontab:\n${preview.trimEnd()}`,
    install: () => {
      if (changed) writeCrontab(after);
      return { scheduler: 'cron', ...known, changed, active: true, files: [] };
    },
  };
}

function crontab(words: readonly string[], input?: string) {
  const outcome = spawnSync('crontab', words, {
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  });
  if (outcome.error === undefined) return outcome;
  throw new UnavailableError('there is no cron here', {
    why: 'the program crontab cannot be run',
    remedy: 'install cron, or choose another: mlops schedule print systemd',
  });
}

function readCrontab(): string {
  const { status, stdout, stderr } = crontab(['-l']);
  if (status === 0) return stdout;
  if (/no crontab/i.test(stderr)) return '';
  throw new InputOutputError('your crontab cannot be read', {
    why: stderr.trim(),
    remedy: 'see: crontab -l',
  });
}

function writeCrontab(text: string): void {
  const { status, stderr } = crontab(['-'], text);
  if (status === 0) return;
  throw new InputOutputError('your crontab cannot be written', {
    why: stderr.trim(),
    remedy: 'mlops schedule print cron prints the lines; crontab -e takes them',
  });
}

function prepareSystemd(units: ReturnType<typeof systemdUnits>, known: Known): PreparedInstall {
  const folder = join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'systemd', 'user');
  const files = units.map(({ name, text }) => ({ path: join(folder, name), text }));
  const fresh = files.filter(({ path, text }) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
  return {
    changed: fresh.length > 0,
    preview: [`into ${folder}:`, ...fresh.map(({ path, text }) => `# ${path}\n${text}`)].join('\n'),
    install: () => {
      for (const { path, text } of fresh) writeFileAtomic(path, text);
      const timers = units.map(({ name }) => name).filter((name) => name.endsWith('.timer'));
      const why = enable(timers);
      const line = `systemctl --user daemon-reload && systemctl --user enable --now ${timers.join(' ')}`;
      return {
        scheduler: 'systemd',
        jobs: known.jobs,
        changed: fresh.length > 0,
        active: why === undefined,
        files: files.map(({ path }) => path),
        notes: [...known.notes, ...(why === undefined ? [] : [`not enabled yet: ${why}; then: ${line}`])],
      };
    },
  };
}

/** @returns why the timers could not be enabled; undefined when they were */
function enable(timers: readonly string[]): string | undefined {
  for (const words of [['daemon-reload'], ['enable', '--now', ...timers]]) {
    const { status, stderr, error } = spawnSync('systemctl', ['--user', ...words], { encoding: 'utf8' });
    if (error !== undefined) return 'systemctl cannot be run here';
    if (status !== 0) return stderr.trim().split('\n')[0] ?? 'systemctl refused';
  }
  return undefined;
}
