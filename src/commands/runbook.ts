import type { PageSource, RunEnded, RunRequest } from '../runbook/index.ts';
import { actor } from './actor.ts';
import type { Register, Session } from './command.ts';
import { collect } from './option-values.ts';
import { givenNames, incidentNumber, runbookExitCode } from './runbook-options.ts';

interface WalkOptions {
  readonly from?: string;
  readonly set?: readonly string[];
  readonly destroy?: readonly string[];
  readonly answer?: string;
}

interface RunOptions extends WalkOptions {
  readonly dryRun?: boolean;
  readonly incident?: string;
}

export const registerRunbook: Register = (program, open) => {
  const runbook = program
    .command('runbook')
    .description('The procedures: read one, walk one step by step, go on with one that was cut off.')
    .addHelpText('after', examples);
  runbook
    .command('list')
    .description('The pages: ours, and those of the workspace, which override ours by name.')
    .addHelpText('after', examples)
    .action(async (_options: unknown, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { isTrustedPage, listPages } = await import('../runbook/index.ts');
      const { runbookListView } = await import('../report/runbook-view.ts');
      const { sourcesOf } = await import('./runbook-pages.ts');
      const trusts = (source: PageSource) => isTrustedPage(openWorkspace(session.folder), source);
      const result = listPages(sourcesOf(session), trusts);
      session.result(result, () => runbookListView(result));
    });
  runbook
    .command('show <page>')
    .description('A page as it is written.')
    .addHelpText('after', examples)
    .action(async (name: string, _options: unknown, command) => {
      const session = open(command);
      const { readPage, requirePage } = await import('../runbook/index.ts');
      const { sourcesOf } = await import('./runbook-pages.ts');
      const source = requirePage(sourcesOf(session), name);
      session.result(session.json ? readPage(source) : null, () => source.text);
    });
  runbook
    .command('trust <page>')
    .description('Let the shell of a workspace’s page run, as it is now; read it first.')
    .addHelpText('after', examples)
    .action(async (name: string, _options: unknown, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { requirePage, trustSource } = await import('../runbook/index.ts');
      const { sourcesOf } = await import('./runbook-pages.ts');
      const source = requirePage(sourcesOf(session), name);
      const result = trustSource(openWorkspace(session.folder), source, actor(), session.clock);
      session.result(
        result,
        () => `${result.path} is trusted${result.changed ? '' : ' already'}, as sha256 ${result.sha256}`,
      );
    });
  walkOptions(runbook.command('run <page>'))
    .description('Walk a page: shows each step, asks, does it, checks how it ended, writes it down.')
    .option('--incident <number>', 'go on in this open incident, not in a new one')
    .option('--dry-run', 'print every step with its command lines, run nothing')
    .addHelpText('after', examples)
    .action(async (name: string, options: RunOptions, command) => {
      const session = open(command);
      if (options.dryRun === true) return showPlan(session, name, options, asOf(command));
      const { requirePage, runPage } = await import('../runbook/index.ts');
      const { sourcesOf } = await import('./runbook-pages.ts');
      const sources = sourcesOf(session);
      const source = requirePage(sources, name);
      const request = await requestOf(session, options, asOf(command));
      let ended = await runPage(request, source, options.from, incidentNumber(options.incident));
      while (ended.end.state === 'handed_over' && session.interactive)
        ended = await runPage(request, requirePage(sources, ended.end.page), undefined, ended.incidentId);
      await finish(session, ended);
    });
  walkOptions(runbook.command('resume [run]'))
    .description('Go on with a run that was stopped or killed; by default the newest.')
    .addHelpText('after', examples)
    .action(async (run: string | undefined, options: WalkOptions, command) => {
      const session = open(command);
      const { resumeRun } = await import('../runbook/index.ts');
      const request = await requestOf(session, options, asOf(command));
      await finish(session, await resumeRun(request, run, options.from));
    });
};

type Command = Parameters<Register>[0];

function walkOptions(command: Command): Command {
  return command
    .option('--from <step>', 'begin at this step: its name, its number or its heading')
    .option('--set <name=value>', 'what stands for <name> in its commands; may be repeated', collect)
    .option('--destroy <step>', 'let this step destroy what it says, unasked; may be repeated', collect)
    .option('--answer <text>', 'answer of the first question, or row of the first decision, that is met');
}

/** As it was given, to be handed on to the commands of the page. */
function asOf(command: Command): string | undefined {
  return command.optsWithGlobals<{ readonly asOf?: string }>().asOf;
}

async function showPlan(
  session: Session,
  name: string,
  options: WalkOptions,
  then: string | undefined,
): Promise<void> {
  const { planPage, readPage, requirePage, requireStep } = await import('../runbook/index.ts');
  const { runbookPlanView } = await import('../report/runbook-view.ts');
  const { rootOf, sourcesOf } = await import('./runbook-pages.ts');
  const page = readPage(requirePage(sourcesOf(session), name));
  const from = options.from === undefined ? 0 : requireStep(page, options.from);
  const context = { root: rootOf(session) ?? session.folder, asOf: then };
  const plan = planPage(page, from, context, givenNames(options.set));
  session.result(plan, () => runbookPlanView(plan));
}

async function requestOf(
  session: Session,
  options: WalkOptions,
  then: string | undefined,
): Promise<RunRequest> {
  const { openWorkspace } = await import('../workspace/index.ts');
  const write = (text: string) => {
    if (!session.json) process.stdout.write(text);
  };
  return {
    workspace: openWorkspace(session.folder),
    operator: session.interactive ? await atTerminal(write) : await nobody(options, write),
    who: actor(),
    clock: session.clock,
    signal: session.signal,
    asOf: then,
    given: givenNames(options.set),
  };
}

async function atTerminal(write: (text: string) => void) {
  const { terminalOperator } = await import('../runbook/terminal.ts');
  return terminalOperator(write);
}

async function nobody({ destroy = [], answer }: WalkOptions, write: (text: string) => void) {
  const { unattended } = await import('../runbook/unattended.ts');
  return unattended(
    { destroy, answer },
    { tell: (line) => write(`${line}\n`), show: (chunk) => write(chunk.toString('utf8')) },
  );
}

async function finish(session: Session, { result, end }: RunEnded): Promise<void> {
  const { runbookRunView } = await import('../report/runbook-view.ts');
  session.result(result, () => runbookRunView(result));
  session.exit(runbookExitCode(end));
}

const examples = `
On a terminal each step is shown and asked for. In a script, or with --yes, ordinary steps are
done unasked; a step that needs a person stops the run and says how to go on, and one that
destroys runs only with --destroy and its name.

Examples:
  $ mlops runbook list
  $ mlops runbook run api-down                                  at a terminal, step by step
  $ mlops runbook run daily --yes || mlops runbook resume       in a script
  $ mlops runbook run rollback --dry-run                        what would it do?
  $ mlops runbook run add-labels --set "labels file=new.csv" --yes

EXIT STATUS
  0 done · 1 stopped, a person is needed, or another page goes on
  2 a command ended otherwise than its page expects · 64 usage · 65 the page is broken
  66 no such page, step or run · 74 the workspace cannot be written
  75 somebody is in that procedure · 78 no workspace, or its shell is not trusted
  130 interrupted; it can be resumed`;
