import { join } from 'node:path';
import type { Page, RunbookRun } from '../data/results/runbook.ts';
import { type Clock, toIso } from '../platform/clock.ts';
import { InterruptedError, NoInputError, UsageError } from '../platform/errors.ts';
import { shellWord } from '../platform/shell-word.ts';
import { acquireLease, durationMs, type Workspace } from '../workspace/index.ts';
import {
  beginJournal,
  type FoundRun,
  findRun,
  type Journal,
  type JournalHolder,
  type RunIdentity,
  reopenJournal,
  unfinishedRuns,
} from './journal.ts';
import { doesSomething } from './list-pages.ts';
import type { Operator } from './operator.ts';
import { contentHash, type PageSource, readPage, requireStep } from './page-sources.ts';
import { requireTrust } from './trust.ts';
import { type WalkEnd, walkPage } from './walk-page.ts';

export interface RunRequest {
  readonly workspace: Workspace;
  readonly operator: Operator;
  readonly who: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** As given with --as-of. */
  readonly asOf: string | undefined;
  /** What stands for each `<name>` in its commands. */
  readonly given: Readonly<Record<string, string>>;
}

export interface RunEnded {
  readonly result: RunbookRun;
  readonly end: WalkEnd;
  readonly incidentId: number;
}

/**
 * Walks a page from its first step, or from another, as a run of its own under an incident.
 * @param incidentId of an open incident, such as that of the run that handed over to this page; by default a new one
 * @throws DataError for a page that cannot be walked; ConfigurationError for shell nobody trusts; LockedError when somebody
 *   is in that procedure; InterruptedError after which it can be resumed
 */
export function runPage(
  request: RunRequest,
  source: PageSource,
  from: string | undefined,
  incidentId?: number,
): Promise<RunEnded> {
  const page = readPage(source);
  if (!page.steps.some(doesSomething)) {
    throw new UsageError(`there is nothing to run in '${page.name}'`, {
      why: 'the page is only to be read',
      remedy: `mlops runbook show ${page.name}`,
    });
  }
  requireTrust(request.workspace, source, page);
  const step = from === undefined ? 0 : requireStep(page, from);
  const identity = identityOf(request, source, page);
  return walked(request, page, () =>
    beginJournal(request, identity, { step, command: 0 }, request.given, incidentId),
  );
}

/**
 * Goes on with a run that was stopped or killed, with the text it was begun with.
 * @param run its number; undefined for the newest that is unfinished
 * @param from goes on at that step instead
 * @throws NoInputError when there is none; LockedError when it is still being walked
 */
export function resumeRun(
  request: RunRequest,
  run: string | undefined,
  from: string | undefined,
): Promise<RunEnded> {
  const { row } = requireUnfinished(request.workspace, run);
  const source: PageSource = {
    name: row.page,
    text: row.content,
    origin: row.origin,
    file: `${row.page}.md`,
  };
  const page = readPage(source);
  requireTrust(request.workspace, source, page);
  const step = from === undefined ? undefined : requireStep(page, from);
  const identity = { ...identityOf(request, source, page), started_at: row.started_at };
  return walked(request, page, () => {
    // Whoever had the lease before may have gone on with it meanwhile.
    const found = requireUnfinished(request.workspace, row.run_id.toString());
    const journal = reopenJournal(request, identity, found);
    if (step !== undefined) journal.move({ step, command: 0 });
    if (Object.keys(request.given).length > 0) journal.remember(request.given);
    return journal;
  });
}

function requireUnfinished(workspace: Workspace, run: string | undefined): FoundRun {
  const found = run === undefined ? unfinishedRuns(workspace)[0] : findRun(workspace, runNumber(run));
  if (found === undefined) {
    throw new NoInputError(run === undefined ? 'no run is unfinished' : `there is no run ${run}`, {
      remedy: 'begin one with: mlops runbook run PAGE; mlops incidents shows those there were',
    });
  }
  const { state, run_id, page } = found.row;
  if (state === 'running' || state === 'stopped') return found;
  throw new UsageError(`run ${run_id} has ended: ${state}`, {
    remedy: `begin another with: mlops runbook run ${page}`,
  });
}

async function walked(request: RunRequest, page: Page, open: () => Journal): Promise<RunEnded> {
  const { workspace, operator, who, clock, signal, asOf } = request;
  // One procedure, one operator: a second one is told who is in it.
  const lease = acquireLease(join(workspace.root, '.mlops', `runbook-${page.name}.lease`), {
    clock,
    who: `${who}, runbook ${page.name}`,
  });
  try {
    const journal = open();
    operator.tell(`run ${journal.runId} of '${page.title}', incident ${journal.incidentId}`);
    if (journal.path !== workspace.paths.store)
      operator.tell(`the store is missing or damaged; this run is written down in ${journal.path}`);
    const limitMs = durationMs(workspace.config.runbook.step_limit);
    const context = { root: workspace.root, asOf };
    const end = await interruptible(journal, request, () =>
      walkPage({ page, journal, operator, context, who, limitMs, signal }),
    );
    journal.end(end.state, end.summary);
    return { end, incidentId: journal.incidentId, result: resultOf(request, page, journal, end) };
  } finally {
    lease.release();
  }
}

async function interruptible<T>(journal: Journal, request: RunRequest, walk: () => Promise<T>): Promise<T> {
  try {
    return await walk();
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    journal.end('stopped', 'interrupted');
    throw new InterruptedError(`run ${journal.runId} was interrupted`, {
      why: 'what it had done is written down',
      remedy: `go on with: ${resumeCommand(request, journal)}`,
    });
  }
}

function identityOf({ workspace, clock }: JournalHolder, source: PageSource, page: Page): RunIdentity {
  const { contacts } = workspace.config;
  const contact =
    Object.entries(contacts).find(([key]) => key === page.contact)?.[1] ?? contacts.infrastructure;
  return {
    page: source.name,
    content: source.text,
    content_sha256: contentHash(source),
    origin: source.origin,
    started_at: clock.now(),
    title: page.title,
    contact: contact.contact,
  };
}

function resultOf(request: RunRequest, page: Page, journal: Journal, end: WalkEnd): RunbookRun {
  return {
    run_id: journal.runId.toString(),
    incident_id: journal.incidentId.toString(),
    page: page.name,
    state: end.state,
    summary: end.summary,
    next: nextCommand(request, journal, end),
    steps: journal.steps().map(({ step, command, started_at, finished_at, exit_code, outcome, who }) => ({
      step,
      command,
      started_at: toIso(started_at),
      duration_ms: finished_at === null ? null : Math.max(0, finished_at - started_at),
      exit: exit_code,
      outcome,
      who,
    })),
  };
}

function nextCommand(request: RunRequest, journal: Journal, end: WalkEnd): string | null {
  if (end.state === 'done') return null;
  if (end.state === 'handed_over')
    return `${runbookCommand(request)} run ${end.page} --incident ${journal.incidentId}`;
  return `${resumeCommand(request, journal)}${end.option === '' ? '' : ` ${end.option}`}`;
}

function resumeCommand(request: RunRequest, journal: Journal): string {
  return `${runbookCommand(request)} resume ${journal.runId}`;
}

/** With the time it was begun with: what goes on looks at the same window. */
function runbookCommand({ workspace, asOf }: RunRequest): string {
  const time = asOf === undefined ? '' : ` --as-of ${shellWord(asOf)}`;
  return `mlops -C ${shellWord(workspace.root)}${time} runbook`;
}

function runNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new UsageError(`'${text}' is no number of a run`, {
    remedy: 'write it like: mlops runbook resume 3',
  });
}
