import type { Branch, Page, PageCommand, PageStep } from '../data/results/runbook.ts';
import { InternalError } from '../platform/errors.ts';
import { nextTurn } from '../platform/next-turn.ts';
import { type CommandContext, commandLine, missingNames, mlopsArguments } from './command-line.ts';
import { type Execution, execute } from './execute.ts';
import type { Journal, Position } from './journal.ts';
import type { Operator } from './operator.ts';

export interface Walk {
  readonly page: Page;
  readonly journal: Journal;
  readonly operator: Operator;
  readonly context: CommandContext;
  /** Who walks it, for what its commands write down. */
  readonly who: string;
  /** Milliseconds for a command whose block names no limit. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

export type WalkEnd =
  | { readonly state: 'done'; readonly summary: string }
  | { readonly state: 'handed_over'; readonly summary: string; readonly page: string }
  | {
      readonly state: 'stopped';
      readonly summary: string;
      /** A person is needed, or a command ended otherwise than expected. */
      readonly why: 'person' | 'fault';
      /** What to add to the command that resumes, such as `--answer TEXT`. */
      readonly option: string;
    };

type Stop = Extract<WalkEnd, { state: 'stopped' }>;
/** Nothing: the step is done, the next one follows. */
type StepEnd = WalkEnd | { readonly state: 'at_step'; readonly step: number } | undefined;

/** A decision may lead back to a step, but not for ever. */
const mostVisits = 10;

/**
 * Walks a page from where its journal is. Every command is written down before it runs and after it ended, so that a walk
 * that is killed goes on there.
 * @throws InterruptedError when the signal is aborted, after the command at work was ended and written down as cut off
 */
export async function walkPage(walk: Walk): Promise<WalkEnd> {
  const { page, journal } = walk;
  const visits = new Map<string, number>();
  for (;;) {
    await nextTurn(walk.signal);
    const step = page.steps[journal.position.step];
    const visited = visits.get(step?.id ?? '') ?? 0;
    if (visited === mostVisits)
      return stop(`'${step?.title}' was reached ${visited} times; the page goes round`, 'fault');
    visits.set(step?.id ?? '', visited + 1);
    if (step === undefined) return { state: 'done', summary: `every step of '${page.title}' is done` };
    const end = await walkStep(walk, step);
    if (end !== undefined && end.state !== 'at_step') return end;
    journal.move({ step: end?.step ?? journal.position.step + 1, command: 0 });
  }
}

async function walkStep(walk: Walk, step: PageStep): Promise<StepEnd> {
  const { journal, operator, context } = walk;
  const left = step.commands.slice(journal.position.command);
  const begun = await operator.begin(
    step,
    left.map((command) => commandLine(command, context, journal.given)),
  );
  if (begun === 'stop') return stop(`stopped before '${step.title}'`, 'person');
  if (begun === 'skip') {
    journal.note(step.id, step.title, { exit: null, outcome: 'skipped', output: '' }, journal.position);
    return undefined;
  }
  if (step.destroys !== null && left.length > 0 && !(await operator.allowDestruction(step)))
    return stop(`'${step.title}' destroys: ${step.destroys}`, 'person', `--destroy ${step.id}`);
  while (journal.position.command < step.commands.length) {
    const end = await walkCommand(walk, step);
    if (end !== undefined) return end;
  }
  return (await askQuestion(walk, step)) ?? decide(walk, step);
}

async function walkCommand(walk: Walk, step: PageStep): Promise<Stop | undefined> {
  const { journal, operator, context } = walk;
  const command = step.commands[journal.position.command];
  if (command === undefined)
    throw new InternalError(`step '${step.id}' has no command ${journal.position.command}`);
  const after = { ...journal.position, command: journal.position.command + 1 };
  for (const name of missingNames(command, journal.given)) {
    const value = await operator.give(name);
    if (value === undefined) return stop(`'${step.title}' needs <${name}>`, 'person', `--set '${name}=…'`);
    journal.remember({ [name]: value });
  }
  const line = commandLine(command, context, journal.given);
  const again = await repeatsCutOff(walk, step, command, line);
  if (again === 'go_on') return void journal.move(after);
  if (again === 'stop')
    return stop(`'${line}' was cut off, and may have changed something`, 'person', `--from ${step.id}`);
  return perform(walk, step, command, line, after);
}

async function perform(
  walk: Walk,
  step: PageStep,
  command: PageCommand,
  line: string,
  after: Position,
): Promise<Stop | undefined> {
  const { journal, operator, signal } = walk;
  const here = journal.position;
  operator.tell(`$ ${line}`);
  const seq = journal.start(step.id, line);
  const ran = await runCommand(walk, command);
  const { exit, output } = ran;
  if (ran.ended === 'interrupted') {
    journal.finish(seq, { exit: null, outcome: 'cut_off', output }, here);
    signal.throwIfAborted();
  }
  const expected = ran.ended === 'exited' && (command.expected?.includes(exit) ?? true);
  if (expected) {
    journal.finish(seq, { exit, outcome: 'expected', output }, after);
    operator.tell(`  exit ${exit}, as expected`);
    return undefined;
  }
  const timedOut = ran.ended === 'timed_out';
  journal.finish(seq, { exit, outcome: timedOut ? 'timed_out' : 'unexpected', output }, here);
  const what = timedOut
    ? `'${line}' did not end within ${seconds(limitOf(walk, command))}`
    : `'${line}' ended with exit ${exit}, expected was ${command.expected?.join(' or ')}`;
  operator.tell(`  ${what}`);
  const answer = await operator.afterFault(step, what);
  if (answer === 'go_on') journal.move(after);
  return answer === 'stop' ? stop(what, 'fault') : undefined;
}

function runCommand(walk: Walk, command: PageCommand): Promise<Execution> {
  const { context, journal, operator, signal, who } = walk;
  const shell = command.kind === 'sh';
  return execute({
    file: shell ? '/bin/sh' : process.execPath,
    arguments: shell ? ['-euc', command.text] : mlopsArguments(command, context, journal.given),
    folder: context.root,
    environment: { ...process.env, MLOPS_USER: who, MLOPS_WORKSPACE: context.root },
    limitMs: limitOf(walk, command),
    signal,
    show: atMost(mostShown, operator),
  });
}

/** Bytes of one command's output that are shown as they come; a hundred megabytes are not poured over a screen or a log. */
const mostShown = 64 * 1024;

function atMost(bytes: number, { show, tell }: Operator): (chunk: Buffer) => void {
  let left = bytes;
  return (chunk) => {
    if (left <= 0) return;
    show(chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0) tell('\n… it prints more; the end of it is kept');
  };
}

/** What to do with a command that an earlier end of the run cut off; one that only reads is repeated unasked. */
async function repeatsCutOff(walk: Walk, step: PageStep, command: PageCommand, line: string) {
  const last = walk.journal.steps().at(-1);
  const cutOff = last?.step === step.id && last.command === line && (last.outcome ?? 'cut_off') === 'cut_off';
  if (!cutOff) return 'repeat';
  if (last.outcome === null)
    walk.journal.finish(
      last.seq,
      { exit: null, outcome: 'cut_off', output: last.output },
      walk.journal.position,
    );
  return command.reads ? 'repeat' : walk.operator.afterCutOff(step, line);
}

async function askQuestion({ journal, operator }: Walk, step: PageStep): Promise<Stop | undefined> {
  const asked = { ...journal.position, command: step.commands.length + 1 };
  if (step.question === null || journal.position.command >= asked.command) return undefined;
  operator.tell(`  a person has to say: ${step.question}`);
  const output = await operator.answer(step.question);
  if (output === undefined) return stop(`a person has to say: ${step.question}`, 'person', '--answer TEXT');
  journal.note(step.id, step.question, { exit: null, outcome: 'answered', output }, asked);
  return undefined;
}

async function decide(walk: Walk, step: PageStep): Promise<StepEnd> {
  if (step.decision === null) return undefined;
  const { journal, operator, page } = walk;
  const { by, branches } = step.decision;
  const branch = by === 'exit' ? branchOfExit(walk, step, branches) : await operator.choose(step, branches);
  if (branch === undefined) return undecided(step, branches);
  operator.tell(`  ${branch.when}: ${branch.text}`);
  if (by === 'person') {
    const output = `${branch.when}: ${branch.text}`;
    journal.note(step.id, step.title, { exit: null, outcome: 'answered', output }, journal.position);
  }
  const { target } = branch;
  switch (target.kind) {
    case 'go_on':
      return undefined;
    case 'done':
      return { state: 'done', summary: `${branch.when}: ${branch.text}` };
    case 'page':
      return { state: 'handed_over', summary: `${branch.when}: ${branch.text}`, page: target.name };
    case 'step':
      return { state: 'at_step', step: page.steps.findIndex(({ id }) => id === target.id) };
  }
}

function branchOfExit({ journal }: Walk, step: PageStep, branches: readonly Branch[]): Branch | undefined {
  const exit = journal
    .steps()
    .findLast((each) => each.step === step.id && each.exit_code !== null)?.exit_code;
  const named = branches.find(({ exits }) => exits?.includes(exit ?? -1));
  return named ?? branches.find(({ exits }) => exits === null);
}

function undecided({ title, decision }: PageStep, branches: readonly Branch[]): Stop {
  const ways = branches.map(({ when }, index) => `\n  ${index + 1} ${when}`).join('');
  return decision?.by === 'exit'
    ? stop(`no row of '${title}' names the exit code`, 'fault')
    : stop(`a person has to decide '${title}':${ways}`, 'person', '--answer NUMBER');
}

function stop(summary: string, why: Stop['why'], option = ''): Stop {
  return { state: 'stopped', summary, why, option };
}

function limitOf({ limitMs }: Walk, command: PageCommand): number {
  return command.limit_ms ?? limitMs;
}

function seconds(ms: number): string {
  return ms >= 120_000 ? `${Math.round(ms / 60_000)} minutes` : `${ms / 1000} s`;
}
