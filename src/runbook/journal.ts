import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StepOutcome } from '../data/results/runbook.ts';
import type { Clock } from '../platform/clock.ts';
import { DataError, InternalError, NoInputError, UsageError } from '../platform/errors.ts';
import {
  closeIncident,
  finishRunbookStep,
  incidentRow,
  insertRunbookRun,
  insertRunbookStep,
  openIncident,
  openStore,
  type RunbookRunRow,
  type RunbookStepRow,
  recordEvent,
  runbookRunRow,
  runbookSteps,
  type Store,
  unfinishedRunbookRuns,
  updateRunbookRun,
} from '../store/index.ts';
import type { Workspace } from '../workspace/index.ts';

/** What a run is, apart from the numbers that a store gives to it and its incident. */
export interface RunIdentity
  extends Pick<RunbookRunRow, 'page' | 'content' | 'content_sha256' | 'origin' | 'started_at'> {
  readonly title: string;
  readonly contact: string;
}

/** Where a run is, both counted from 0: the step, and the command in it; one more than there are when its question is answered. */
export interface Position {
  readonly step: number;
  readonly command: number;
}

/** Writes down what a run does, before and after each command, and closes the store in between: others need it. */
export interface Journal {
  readonly runId: number;
  readonly incidentId: number;
  /** Path of the file that holds it. */
  readonly path: string;
  readonly given: Readonly<Record<string, string>>;
  readonly position: Position;
  steps(): readonly RunbookStepRow[];
  remember(given: Readonly<Record<string, string>>): void;
  /** @returns the place of the step, for `finish` */
  start(step: string, command: string): number;
  finish(seq: number, ended: EndedStep, next: Position): void;
  /** A step without a command, done in one go. */
  note(step: string, what: string, ended: EndedStep, next: Position): void;
  move(next: Position): void;
  end(state: 'stopped' | 'done' | 'handed_over', reason: string): void;
}

export interface EndedStep {
  readonly exit: number | null;
  readonly outcome: StepOutcome;
  readonly output: string;
}

export interface JournalHolder {
  readonly workspace: Workspace;
  readonly who: string;
  readonly clock: Clock;
}

/** The store; and beside it a file of its own, for when the store is what is damaged. */
function journalPaths({ paths }: Workspace): readonly [string, string] {
  return [paths.store, join(dirname(paths.store), 'runbook.db')];
}

/**
 * Opens the journal of a new run and its incident.
 * @param incidentId of the run that handed over to this one; undefined opens a new incident
 * @throws InputOutputError when neither the store nor the file beside it can be written
 */
export function beginJournal(
  holder: JournalHolder,
  identity: RunIdentity,
  position: Position,
  given: Readonly<Record<string, string>>,
  incidentId: number | undefined,
): Journal {
  const begun = firstThatHolds(holder, (store) =>
    beginRun(store, holder, identity, position, given, incidentId),
  );
  return journalOf(holder, identity, { ...begun, position, given });
}

/** Opens the journal of a run that was stopped or killed, where it is. */
export function reopenJournal(
  holder: JournalHolder,
  identity: RunIdentity,
  { row, path }: FoundRun,
): Journal {
  const { run_id, incident_id, step, command } = row;
  const given = givenOf(row);
  inStore(path, (store) => updateRunbookRun(store, run_id, { ...row, state: 'running', finished_at: null }));
  return journalOf(holder, identity, {
    path,
    runId: run_id,
    incidentId: incident_id,
    position: { step, command },
    given,
  });
}

/** Where the incidents are: in the store, or beside it while the store cannot be read. @throws as opening the store does */
export function readableJournal(workspace: Workspace): string {
  const [main, beside] = journalPaths(workspace);
  return readable(main, () => main) ?? (existsSync(beside) ? beside : main);
}

export interface FoundRun {
  readonly row: RunbookRunRow;
  readonly path: string;
}

/** Runs that have not come to an end, newest first, in the store and in the file beside it. */
export function unfinishedRuns(workspace: Workspace): readonly FoundRun[] {
  return journalPaths(workspace)
    .flatMap(
      (path) => readable(path, (store) => unfinishedRunbookRuns(store).map((row) => ({ row, path }))) ?? [],
    )
    .sort((one, other) => other.row.started_at - one.row.started_at);
}

/** The run of that number; of two, one in the store and one beside it, that which is unfinished. */
export function findRun(workspace: Workspace, runId: number): FoundRun | undefined {
  const unfinished = unfinishedRuns(workspace).find(({ row }) => row.run_id === runId);
  if (unfinished !== undefined) return unfinished;
  for (const path of journalPaths(workspace)) {
    const row = readable(path, (store) => runbookRunRow(store, runId));
    if (row !== undefined) return { row, path };
  }
  return undefined;
}

function readable<T>(path: string, work: (store: Store) => T): T | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return inStore(path, work);
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}

interface Begun {
  readonly path: string;
  readonly runId: number;
  readonly incidentId: number;
}

function beginRun(
  store: Store,
  { who, clock, workspace }: JournalHolder,
  { title, contact, ...run }: RunIdentity,
  position: Position,
  given: Readonly<Record<string, string>>,
  handedOver: number | undefined,
): Omit<Begun, 'path'> {
  const at = clock.now();
  if (handedOver !== undefined) requireOpen(store, handedOver);
  const incidentId =
    handedOver ??
    openIncident(store, {
      opened_at: run.started_at,
      title,
      contact,
      evidence: JSON.stringify([`the procedure '${run.page}' was begun by ${who} in ${workspace.root}`]),
      heal_run: null,
    });
  const runId = insertRunbookRun(store, {
    ...run,
    ...position,
    who,
    incident_id: incidentId,
    given: JSON.stringify(given),
  });
  const after = { run_id: runId, incident_id: incidentId, sha256: run.content_sha256 };
  recordEvent(store, { at, who, command: 'runbook run', reason: run.page, before: null, after });
  return { runId, incidentId };
}

/** @throws UsageError when it is closed, or is not there */
function requireOpen(store: Store, incidentId: number): void {
  const incident = incidentRow(store, incidentId);
  if (incident !== undefined && incident.closed_at === null) return;
  throw new UsageError(`incident ${incidentId} ${incident === undefined ? 'is not there' : 'is closed'}`, {
    remedy: 'mlops incidents --open lists those that a run can go on in; without one it opens its own',
  });
}

function firstThatHolds(holder: JournalHolder, begin: (store: Store) => Omit<Begun, 'path'>): Begun {
  const [main, beside] = journalPaths(holder.workspace);
  try {
    return { path: main, ...inStore(main, begin) };
  } catch (error) {
    if (!isLost(error)) throw error;
    return { path: beside, ...inStore(beside, begin) };
  }
}

/** The store is damaged, missing, or another one than it was. */
function isLost(error: unknown): boolean {
  return error instanceof DataError || error instanceof NoInputError;
}

function journalOf(
  holder: JournalHolder,
  identity: RunIdentity,
  begun: Begun & Pick<Journal, 'position' | 'given'>,
): Journal {
  const { clock, who } = holder;
  let { path, runId, incidentId, position, given } = begun;
  let earlier: readonly RunbookStepRow[] = [];

  /** A procedure that recovers or restores the store takes its own journal away: it then goes on as a new run in what is there. */
  const write = <T>(work: (store: Store) => T): T => {
    try {
      return inStore(path, (store) => {
        const kept = runbookRunRow(store, runId);
        if (kept?.content_sha256 !== identity.content_sha256 || kept.started_at !== identity.started_at)
          throw new NoInputError(`run ${runId} is no longer in ${path}`);
        return work(store);
      });
    } catch (error) {
      if (!isLost(error)) throw error;
      ({ path, runId, incidentId } = firstThatHolds(holder, (store) => {
        const again = beginRun(store, holder, identity, position, given, undefined);
        for (const step of earlier) insertRunbookStep(store, { ...step, run_id: again.runId });
        return again;
      }));
      return inStore(path, work);
    }
  };
  const update = (store: Store, state: RunbookRunRow['state']) =>
    updateRunbookRun(store, runId, {
      state,
      ...position,
      given: JSON.stringify(given),
      finished_at: state === 'done' || state === 'handed_over' ? clock.now() : null,
    });
  const keep = (store: Store) => {
    earlier = runbookSteps(store, runId);
  };
  const row = (step: string, command: string) => ({
    run_id: runId,
    step,
    command,
    who,
    started_at: clock.now(),
  });
  return {
    get runId() {
      return runId;
    },
    get incidentId() {
      return incidentId;
    },
    get path() {
      return path;
    },
    get given() {
      return given;
    },
    get position() {
      return position;
    },
    steps: () => write((store) => runbookSteps(store, runId)),
    remember: (more) => {
      given = { ...given, ...more };
      write((store) => update(store, 'running'));
    },
    start: (step, command) =>
      write((store) => {
        const seq = insertRunbookStep(store, {
          ...row(step, command),
          finished_at: null,
          exit_code: null,
          outcome: null,
          output: '',
        });
        keep(store);
        return seq;
      }),
    finish: (seq, ended, next) => {
      position = next;
      write((store) => {
        finishRunbookStep(store, { run_id: runId, seq, finished_at: clock.now(), ...columns(ended) });
        update(store, 'running');
        keep(store);
      });
    },
    note: (step, what, ended, next) => {
      position = next;
      write((store) => {
        insertRunbookStep(store, { ...row(step, what), finished_at: clock.now(), ...columns(ended) });
        update(store, 'running');
        keep(store);
      });
    },
    move: (next) => {
      position = next;
      write((store) => update(store, 'running'));
    },
    end: (state, reason) =>
      write((store) => {
        const at = clock.now();
        update(store, state);
        if (state === 'done') closeIncident(store, incidentId, { at, who, reason });
        const after = { run_id: runId, incident_id: incidentId, state };
        recordEvent(store, { at, who, command: 'runbook run', reason, before: null, after });
      }),
  };
}

function columns({ exit, outcome, output }: EndedStep) {
  return { exit_code: exit, outcome, output };
}

function givenOf({ given, run_id }: RunbookRunRow): Readonly<Record<string, string>> {
  const parsed: unknown = JSON.parse(given);
  if (typeof parsed !== 'object' || parsed === null)
    throw new InternalError(`run ${run_id} was given no object`);
  return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]));
}

function inStore<T>(path: string, work: (store: Store) => T): T {
  using store = openStore(path, { create: path.endsWith('runbook.db') });
  return store.change(() => work(store));
}
