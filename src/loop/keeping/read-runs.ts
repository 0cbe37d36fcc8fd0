import { z } from 'zod';
import { storedGateResultDefinition } from '../../data/results/gate.ts';
import type { RunProblem, RunResult, RunStatus, RunsResult } from '../../data/results/runs.ts';
import { toIso } from '../../platform/clock.ts';
import { NoInputError } from '../../platform/errors.ts';
import { findProduction } from '../../registry/index.ts';
import {
  attemptOfHeal,
  attemptRow,
  gateDecisionsOf,
  type HealRunRow,
  healRunRow,
  healSteps,
  labelCoverageBetween,
  openStore,
  type RunRow,
  runRow,
  runRows,
  type Store,
  type TrainingAttemptRow,
  trainingRunRow,
  tuningTrials,
  versionOfTraining,
  versionRow,
} from '../../store/index.ts';
import { isAlive, type Workspace } from '../../workspace/index.ts';
import { trainLeft } from '../healing/train-left.ts';
import { labelForecast } from './label-forecast.ts';

/** Training and heal runs, newest first. */
export function readRuns(workspace: Workspace, most: number): RunsResult {
  using store = openStore(workspace.paths.store, { create: false });
  const runs = runRows(store, most).map((row) => {
    const {
      version: _,
      steps: __,
      problem: ___,
      trials: ____,
      ...listed
    } = describe(workspace, store, row, Number.NaN);
    return listed;
  });
  return { runs };
}

/**
 * One run with its steps; of one that brought no model also why, what would have been enough, and what to do.
 * @param now epoch milliseconds, for what is missing today
 * @throws NoInputError when there is no such run
 */
export function readRun(workspace: Workspace, number: number, now: number): RunResult {
  using store = openStore(workspace.paths.store, { create: false });
  const row = runRow(store, number);
  if (row !== undefined) return describe(workspace, store, row, now);
  const newest = runRows(store, 1)[0]?.number;
  throw new NoInputError(`there is no run ${number}`, {
    why: newest === undefined ? 'nothing was trained yet' : `the runs are 1 to ${newest}`,
    remedy: 'see them: mlops runs',
  });
}

function describe(workspace: Workspace, store: Store, row: RunRow, now: number): RunResult {
  if (row.kind === 'training') return describeTraining(workspace, store, row, now);
  const run = healRunRow(store, row.reference);
  if (run === undefined) return gone(row);
  return describeHeal(workspace, store, row, run, now);
}

function gone({ number: run, kind }: RunRow): RunResult {
  const what = 'what is known of it was lost with a damaged store';
  return {
    run,
    kind,
    started_at: toIso(0),
    finished_at: null,
    status: 'failed',
    what,
    version: null,
    steps: [],
    trials: [],
    problem: null,
  };
}

function describeTraining(workspace: Workspace, store: Store, row: RunRow, now: number): RunResult {
  if (row.reference < 0) return describeOlderTraining(store, row);
  const attempt = attemptRow(store, row.reference);
  if (attempt === undefined) return gone(row);
  const version = attempt.training_run === null ? undefined : versionOfTraining(store, attempt.training_run);
  const ended = statusOf(attempt);
  const refused = attempt.heal_run === null && version !== undefined && isRefused(store, version);
  const status = ended === 'done' && refused ? 'rejected' : ended;
  const made = version === undefined ? (attempt.message ?? '') : `version ${version}`;
  const by = attempt.heal_run === null ? `by ${attempt.who}` : `for heal run ${attempt.heal_run}`;
  return {
    run: row.number,
    kind: 'training',
    started_at: toIso(attempt.started_at),
    finished_at: attempt.finished_at === null ? null : toIso(attempt.finished_at),
    status,
    what: [`from ${attempt.data}, ${by}`, made].filter((part) => part !== '').join(': '),
    version: version?.toString() ?? null,
    steps: [],
    trials: tuningTrials(store, attempt.attempt_id),
    problem: trainingProblem(workspace, store, attempt, { status, version, now }),
  };
}

interface TrainingEnd {
  readonly status: RunStatus;
  readonly version: number | undefined;
  readonly now: number;
}

function trainingProblem(
  workspace: Workspace,
  store: Store,
  attempt: TrainingAttemptRow,
  { status, version, now }: TrainingEnd,
): RunProblem | null {
  if (status === 'done' || status === 'running') return null;
  if (status === 'rejected' && version !== undefined) return rejection(store, version, null, now);
  return attemptProblem(workspace, store, attempt, now);
}

/** The gate had the last word on it, and nobody promoted it all the same. */
function isRefused(store: Store, version: number): boolean {
  const waits = versionRow(store, version)?.stage === 'Staging';
  return waits && gateDecisionsOf(store, version).at(-1)?.decision === 'reject';
}

/** A training from before attempts were kept: only those that brought a model are known. */
function describeOlderTraining(store: Store, { number, reference }: RunRow): RunResult {
  const run = trainingRunRow(store, -reference);
  const version = versionOfTraining(store, -reference);
  const started = run?.started_at ?? 0;
  return {
    run: number,
    kind: 'training',
    started_at: toIso(started),
    finished_at: toIso(started + (run?.duration_ms ?? 0)),
    status: 'done',
    what: `from ${run?.data ?? 'unknown data'}, by ${run?.who ?? 'somebody'}: version ${version ?? 'lost'}`,
    version: version?.toString() ?? null,
    steps: [],
    trials: [],
    problem: null,
  };
}

function statusOf(attempt: TrainingAttemptRow): RunStatus {
  if (attempt.finished_at !== null)
    return attempt.cause === null ? 'done' : attempt.cause === 'interrupted' ? 'stopped' : 'failed';
  return isAlive({ pid: attempt.pid, host: attempt.host, started: attempt.process_start })
    ? 'running'
    : 'killed';
}

function attemptProblem(
  workspace: Workspace,
  store: Store,
  attempt: TrainingAttemptRow,
  now: number,
): RunProblem {
  const { cause, rows_needed, why } = attempt;
  const message = attempt.message ?? 'the program ended without a word while it trained';
  const again =
    attempt.heal_run !== null
      ? 'mlops heal'
      : `mlops train ${attempt.data === 'store' ? '--from-store' : `--data ${attempt.data}`}`;
  switch (cause) {
    case 'too_few_labels':
      return {
        cause,
        message,
        why,
        enough: [labelForecast(store, labelledBetween(store, 0, now), rows_needed ?? 0, now)],
        next: ['add the labels that are there: mlops labels add FILE', `then: ${again}`],
      };
    case 'validation':
      return {
        cause,
        message,
        why,
        enough: [attempt.remedy ?? 'data that keep to the schema'],
        next: [
          ...(attempt.data === 'store'
            ? []
            : [
                `see every row that breaks a rule: mlops validate ${attempt.data} --schema ${workspace.config.model.schema}`,
              ]),
          'correct the data, or the rule where it is wrong',
          `then: ${again}`,
        ],
      };
    case 'out_of_memory':
      return { cause, message, why, ...memoryAdvice(again) };
    case 'interrupted':
      return { cause, message, why, enough: [], next: [`run it again: ${again}`] };
    case 'crashed':
      return {
        cause,
        message,
        why,
        enough: [],
        next: [
          `see where: ${again} --verbose`,
          'report it with what that prints; the champion stays meanwhile',
        ],
      };
    case null:
      return {
        cause: 'crashed',
        message,
        why: 'it was killed, by a person, by the system when memory ran out, or by a power cut (journalctl -k | grep -i oom tells)',
        ...memoryAdvice(again),
      };
  }
}

function memoryAdvice(again: string): Pick<RunProblem, 'enough' | 'next'> {
  return {
    enough: [
      'more free memory, or fewer rows, trees or leaves (trainer.trees, trainer.leaves in mlops.yaml)',
    ],
    next: ['see what else uses the memory: free -m', `then: ${again}`],
  };
}

const healStatus: Readonly<Record<string, RunStatus>> = {
  failed: 'failed',
  rejected: 'rejected',
  inconclusive: 'inconclusive',
  data_issue: 'stopped',
  unsure: 'stopped',
};

function describeHeal(
  workspace: Workspace,
  store: Store,
  row: RunRow,
  run: HealRunRow,
  now: number,
): RunResult {
  const steps = healSteps(store, run.run_id);
  const trained = trainLeft.safeParse(
    JSON.parse(steps.find(({ state }) => state === 'train')?.result ?? '{}'),
  );
  const challenger = trained.data?.challenger;
  const last = steps.at(-1)?.summary ?? 'begun';
  return {
    run: row.number,
    kind: 'heal',
    started_at: toIso(run.started_at),
    finished_at: run.finished_at === null ? null : toIso(run.finished_at),
    status: run.outcome === null ? 'running' : (healStatus[run.outcome] ?? 'done'),
    what: `heal run ${run.run_id}, ${run.mode}: ${run.outcome ?? `at ${run.state}`}, ${last}`,
    version: challenger ?? null,
    steps: steps.map(({ state, at, summary }) => ({ state, at: toIso(at), summary })),
    trials: [],
    problem: healProblem(workspace, store, run, challenger, last, now),
  };
}

function healProblem(
  workspace: Workspace,
  store: Store,
  run: HealRunRow,
  challenger: string | undefined,
  last: string,
  now: number,
): RunProblem | null {
  const nothing = { why: null, enough: [] };
  switch (run.outcome) {
    case 'failed': {
      const attempt = attemptOfHeal(store, run.run_id);
      if (attempt !== undefined && attempt.training_run === null)
        return attemptProblem(workspace, store, attempt, now);
      return { cause: 'other', message: last, ...nothing, next: ['mend what is named, then: mlops heal'] };
    }
    case 'rejected':
      return rejection(store, Number(challenger), run.finished_at, now);
    case 'inconclusive':
      return inconclusive(workspace, store, last, now);
    case 'data_issue':
      return {
        cause: 'other',
        message: last,
        ...nothing,
        next: ['fix the pipeline that brings these features; do not retrain'],
      };
    case 'unsure': {
      const { contact, response } = workspace.config.contacts.high_drift;
      return {
        cause: 'other',
        message: last,
        ...nothing,
        next: [`escalate to ${contact} (answers within ${response})`],
      };
    }
    default:
      return null;
  }
}

function rejection(store: Store, challenger: number, until: number | null, now: number): RunProblem {
  const decision = gateDecisionsOf(store, challenger).findLast(({ at }) => until === null || at <= until);
  const parsed = storedGateResultDefinition.safeParse(JSON.parse(decision?.result ?? 'null'));
  const failed = (parsed.data?.criteria ?? []).filter(({ passed }) => !passed);
  const forecasts = failed
    .filter(
      ({ name, observed, required }) => name === 'labelled_rows' && observed !== null && required !== null,
    )
    .map(({ observed, required }) => labelForecast(store, observed ?? 0, required ?? 0, now));
  return {
    cause: 'gate_rejected',
    message: `the gate rejected version ${challenger}: ${failed.length} ${failed.length === 1 ? 'criterion' : 'criteria'} failed`,
    why: failed.map(({ detail }) => detail).join(' ') || null,
    enough: [...forecasts, ...failed.map(requirement).filter((each) => each !== undefined)],
    next: [
      `see all of it: mlops models show ${challenger}`,
      'wait for more labels, or look whether the criteria are right: gate in mlops.yaml',
      'then: mlops gate, or mlops heal',
    ],
  };
}

function requirement({
  name,
  observed,
  required,
}: {
  readonly name: string;
  readonly observed: number | null;
  readonly required: number | null;
}) {
  if (required === null || name === 'labelled_rows') return undefined;
  const was = observed === null ? 'it could not be computed' : `it was ${Number(observed.toPrecision(4))}`;
  return `${name.replaceAll('_', ' ')} of ${Number(required.toPrecision(4))}; ${was}`;
}

const learnedBefore = z.number().catch(-1);

/** Labelled predictions by the labels known at `until`; 0 where that is no time, for a list that says nothing of it. */
function labelledBetween(store: Store, since: number, until: number): number {
  return Number.isNaN(until) ? 0 : labelCoverageBetween(store, since, until).labelled;
}

/** Counted as the heal run counts: labelled predictions that Production did not learn from. */
function inconclusive(workspace: Workspace, store: Store, last: string, now: number): RunProblem {
  const since = learnedBefore.parse(findProduction(store)?.learnedUntil) + 1;
  const needed = workspace.config.heal.minimum_labelled_rows;
  if (!/more are needed to retrain/.test(last)) {
    return {
      cause: 'other',
      message: last,
      why: null,
      enough: [],
      next: ['wait for more predictions or labels, then: mlops heal'],
    };
  }
  return {
    cause: 'too_few_labels',
    message: last,
    why: `heal.minimum_labelled_rows is ${needed}`,
    enough: [labelForecast(store, labelledBetween(store, since, now), needed, now)],
    next: ['add the labels that are there: mlops labels add FILE', 'then: mlops heal'],
  };
}
