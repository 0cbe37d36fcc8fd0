import { Argument, type Command } from 'commander';
import { schedulers } from '../data/results/schedule.ts';
import { InterruptedError, UsageError } from '../platform/errors.ts';
import { exitCodes } from '../platform/exit-codes.ts';
import type { Register, Session } from './command.ts';

interface PrintOptions {
  readonly to?: string;
  readonly image: string;
  readonly claim?: string;
}

export const registerSchedule: Register = (program, open) => {
  const schedule = program
    .command('schedule')
    .description('Have cron, systemd, Kubernetes or Airflow monitor daily, heal weekly, back up on Friday.');
  schedule.addHelpText('after', groupExamples);
  const commands = () => program.commands.map((each) => each.name());
  registerPrint(schedule, commands, open);
  registerInstall(schedule, commands, open);
};

type Open = (command: Command) => Session;

function registerPrint(schedule: Command, commands: () => readonly string[], open: Open): void {
  schedule
    .command('print')
    .addArgument(new Argument('<scheduler>', 'who runs it').choices(schedulers))
    .description('Print the files for a scheduler; nothing is changed.')
    .option('--to <dir>', 'write them there instead')
    .option('--image <image>', 'for kubernetes: image that has mlops and sh', 'mlops')
    .option('--claim <name>', 'for kubernetes: persistent volume claim with the workspace')
    .addHelpText('after', printExamples)
    .action(async (scheduler: (typeof schedulers)[number], options: PrintOptions, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { printSchedule } = await import('../loop/scheduling/print-schedule.ts');
      const { schedulePrintView } = await import('../report/schedule-view.ts');
      const { image, claim, to } = options;
      const wanted = { scheduler, image, claim, program: process.execPath, commands: commands() };
      const result = printSchedule(openWorkspace(session.folder), wanted);
      for (const note of result.notes) session.say(`note: ${note}`);
      if (to === undefined) {
        session.result(result, () => schedulePrintView(result));
        return;
      }
      const { join } = await import('node:path');
      const { writeFileAtomic } = await import('../data/write-file-atomic.ts');
      for (const { name, text } of result.files) writeFileAtomic(join(to, name), text);
      session.result(result, () => result.files.map(({ name }) => join(to, name)).join('\n'));
    });
}

function registerInstall(schedule: Command, commands: () => readonly string[], open: Open): void {
  schedule
    .command('install')
    .addArgument(new Argument('<scheduler>', 'who runs it').choices(schedulers))
    .description('Put the schedule into your crontab, or your systemd units; shows what it writes, and asks.')
    .addHelpText('after', installExamples)
    .action(async (scheduler: (typeof schedulers)[number], _options: unknown, command) => {
      const session = open(command);
      if (scheduler === 'kubernetes' || scheduler === 'airflow') throw appliedByItsOwnTool(scheduler);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { prepareInstall } = await import('../loop/scheduling/install-schedule.ts');
      const { scheduleInstallView } = await import('../report/schedule-view.ts');
      const wanted = { scheduler, program: process.execPath, commands: commands() };
      const prepared = prepareInstall(openWorkspace(session.folder), wanted);
      if (prepared.changed) {
        session.say(prepared.preview);
        await requireConsent(session);
      }
      const result = prepared.install();
      session.result(result, () => scheduleInstallView(result));
      session.exit(result.active ? exitCodes.ok : exitCodes.warning);
    });
}

async function requireConsent(session: Session): Promise<void> {
  if (session.yes) return;
  if (!session.interactive) {
    throw new UsageError('nothing was changed: there is no terminal to ask on', {
      remedy: 'add --yes to have it written without a question',
    });
  }
  const { confirm } = await import('@clack/prompts');
  const answer = await confirm({ message: 'Write this?', output: process.stderr });
  if (answer !== true) throw new InterruptedError('cancelled; nothing was changed');
}

function appliedByItsOwnTool(scheduler: 'kubernetes' | 'airflow'): UsageError {
  const lines = {
    kubernetes: 'mlops schedule print kubernetes | kubectl apply -f -',
    airflow: 'mlops schedule print airflow --to "$AIRFLOW_HOME/dags"',
  };
  return new UsageError(`${scheduler} has its own way of taking a schedule`, { remedy: lines[scheduler] });
}

const groupExamples = `
Examples:
  $ mlops schedule print cron
  $ mlops schedule install systemd --yes

EXIT STATUS
  0 done · 64 usage · 78 no workspace`;

const printExamples = `
When, is in mlops.yaml under schedule. cron and systemd go by the time of the machine, Kubernetes
and Airflow by UTC.

Examples:
  $ mlops schedule print cron
  $ mlops schedule print systemd --to /tmp/units && systemd-analyze verify /tmp/units/*.timer
  $ mlops schedule print kubernetes --image registry/mlops:1 --claim credit | kubectl apply -f -
  $ mlops schedule print airflow --to "$AIRFLOW_HOME/dags"

EXIT STATUS
  0 printed · 64 usage · 74 cannot be written · 78 no workspace`;

const installExamples = `
A second time changes only what differs; other lines of the crontab stay. Runs that overlap end
with 75.

Examples:
  $ mlops schedule install cron
  $ mlops schedule install systemd --yes

EXIT STATUS
  0 scheduled · 1 units written and not enabled · 64 usage, or nobody to ask · 69 no cron
  74 cannot be written · 78 no workspace · 130 cancelled`;
