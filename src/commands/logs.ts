import { logLevels } from '../data/results/logs.ts';
import { UsageError } from '../platform/errors.ts';
import type { Register, Session } from './command.ts';
import { requireChoice, requireCount, requireDuration } from './option-values.ts';

interface LogOptions {
  readonly since?: string;
  readonly level?: string;
  readonly grep?: string;
  readonly follow?: boolean;
  readonly lines: string;
}

export const registerLogs: Register = (program, open) => {
  program
    .command('logs [service]')
    .description(
      'The logs of mlops and of the services as one, ordered by time; mlops alone is this program.',
    )
    .option('--since <length>', 'not older than 30m, 1h, 7d …')
    .option('--level <name>', `at least ${logLevels.join(', ')}`)
    .option('--grep <pattern>', 'lines with it: a regular expression, in whatever case')
    .option('--follow', 'go on with what comes, until Ctrl-C')
    .option('-n, --lines <count>', 'most lines, the newest', '100')
    .addHelpText('after', examples)
    .action(async (service: string | undefined, options: LogOptions, command) => {
      const session = open(command);
      const question = questionOf(session, service, options);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { readLogs } = await import('../loop/logs/read-logs.ts');
      const { logsView } = await import('../report/logs-view.ts');
      const workspace = openWorkspace(session.folder);
      const { clock, signal } = session;
      if (options.follow !== true) {
        const result = await readLogs(workspace, question, clock, signal);
        session.result(result, () => logsView(result));
        return;
      }
      const { followLogs, openTails } = await import('../loop/logs/follow-logs.ts');
      const { lineWriter } = await import('./write-log-lines.ts');
      const writer = lineWriter(session, workspace.config.services);
      const tails = openTails(workspace, service);
      const before = await readLogs(workspace, { ...question, upTo: tails.upTo }, clock, signal);
      for (const line of before.lines) writer.line(line);
      for (const each of before.unavailable) writer.unavailable(each);
      await followLogs(tails, question, { root: workspace.root, clock, signal }, writer);
    });
};

function questionOf(session: Session, service: string | undefined, options: LogOptions) {
  const { since, level, grep, lines } = options;
  return {
    service,
    since: since === undefined ? undefined : session.clock.now() - requireDuration('--since', since),
    level: level === undefined ? undefined : requireChoice('--level', level, logLevels),
    grep: grep === undefined ? undefined : requirePattern(grep),
    lines: requireCount('--lines', lines),
  };
}

function requirePattern(text: string): RegExp {
  try {
    return new RegExp(text, 'i');
  } catch (error) {
    throw new UsageError(`--grep '${text}' is no regular expression`, {
      why: error instanceof Error ? error.message : String(error),
      remedy: 'put a backslash before what is meant as it stands: \\( \\[ \\.',
    });
  }
}

const examples = `
A service's log is what logs names in mlops.yaml: a file, journald:UNIT or a command; a container
without it is asked itself. A line without a time follows the line before it. With --follow and
--json: one document a line.

Examples:
  $ mlops logs
  $ mlops logs API --since 1h --level error
  $ mlops logs mlops --grep monitoring -n 100
  $ mlops logs --follow

EXIT STATUS
  0 shown, also after Ctrl-C of --follow · 64 usage · 66 no such service, or it names no log
  78 no workspace`;
