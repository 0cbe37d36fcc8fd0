import { join } from 'node:path';
import {
  type HealMode,
  type HealOutcome,
  type HealResult,
  type HealState,
  healOutcomeDefinition,
} from '../../data/results/heal.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { InternalError, InterruptedError, LockedError } from '../../platform/errors.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import {
  finishHealStep,
  type HealRunRow,
  healRunAtWork,
  healRunRow,
  healSteps,
  insertHealRun,
  openStore,
  recordEvent,
  type Store,
} from '../../store/index.ts';
import { acquireLease, type Workspace } from '../../workspace/index.ts';
import { requirePresent } from '../versions/require-present.ts';
import { gateStep } from './gate-step.ts';
import type { HealContext, HealStep } from './heal-step.ts';
import { monitorStep } from './monitor-step.ts';
import { promoteStep } from './promote-step.ts';
import { trainLeft, trainStep } from './train-step.ts';
import { triageStep } from './triage-step.ts';

const steps: Readonly<Record<Exclude<HealState, 'done'>, HealStep>> = {
  monitor: monitorStep,
  triage: triageStep,
  train: trainStep,
  gate: gateStep,
  promote: promoteStep,
};

export interface HealRequest {
  /** By default the configuration's. A run that goes on keeps the mode it was begun with. */
  readonly mode?: HealMode | undefined;
  readonly who: string;
  /** Told as each step is done. */
  readonly tell: (line: string) => void;
}

/**
 * Walks monitor, triage, train, gate, promote. Each step is stored with what it changed in one transaction; a run that was
 * killed goes on at the step it had reached. An error ends the run as `failed` and never promotes.
 * @throws LockedError when another heal is at work; what a step failed with, after the run is marked as failed
 */
export async function heal(
  workspace: Workspace,
  request: HealRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<HealResult> {
  using store = openStore(workspace.paths.store, { create: false });
  const lease = acquireLease(join(workspace.root, '.mlops', 'heal.lease'), {
    clock,
    who: `${request.who}, heal`,
  });
  try {
    requirePresent(store, clock);
    const unfinished = healRunAtWork(store);
    const run = unfinished ?? begin(store, request.mode ?? workspace.config.heal.mode, request.who, clock);
    await walk(contextOf(workspace, store, run, request, clock, signal), request.tell);
    return resultOf(workspace, store, run.run_id, unfinished !== undefined);
  } finally {
    lease.release();
  }
}

function begin(store: Store, mode: HealMode, who: string, clock: Clock): HealRunRow {
  return store.change(() => {
    const at = clock.now();
    const runId = insertHealRun(store, mode, at);
    recordEvent(store, {
      at,
      who,
      command: 'heal',
      reason: `mode ${mode}`,
      before: null,
      after: { run_id: runId },
    });
    return requireRun(store, runId);
  });
}

function contextOf(
  workspace: Workspace,
  store: Store,
  run: HealRunRow,
  { who }: HealRequest,
  clock: Clock,
  signal: AbortSignal,
): HealContext {
  return {
    workspace,
    store,
    runId: run.run_id,
    mode: run.mode,
    who,
    clock,
    signal,
    earlier: (state) => {
      const step = healSteps(store, run.run_id).find((each) => each.state === state);
      if (step === undefined) throw new InternalError(`heal run ${run.run_id} has not done '${state}' yet`);
      return JSON.parse(step.result);
    },
  };
}

async function walk(context: HealContext, tell: (line: string) => void): Promise<void> {
  const { store, runId, clock, signal } = context;
  for (let { state } = requireRun(store, runId); state !== 'done'; { state } = requireRun(store, runId)) {
    await nextTurn(signal);
    try {
      const finish = await steps[state](context);
      await nextTurn(signal);
      const summary = store.change(() => {
        const { next, ...done } = finish();
        const step = { run_id: runId, state, at: clock.now(), ...done, result: JSON.stringify(done.result) };
        finishHealStep(store, step, next);
        return done.summary;
      });
      tell(`${state.padEnd('monitor'.length)} ${summary}`);
    } catch (error) {
      if (error instanceof LockedError || error instanceof InterruptedError) throw error;
      fail(context, state, error);
      throw error;
    }
  }
}

/** Ends the run: the step that failed is kept with its reason. */
function fail({ store, runId, clock, who }: HealContext, state: HealState, error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  store.change(() => {
    const at = clock.now();
    const step = { run_id: runId, state, at, summary: `failed: ${why}`, result: '{}' };
    finishHealStep(store, step, { outcome: 'failed' });
    recordEvent(store, {
      at,
      who,
      command: 'heal',
      reason: `heal run ${runId}: ${state} failed`,
      before: null,
      after: { run_id: runId, outcome: 'failed', why },
    });
  });
}

function resultOf(workspace: Workspace, store: Store, runId: number, resumed: boolean): HealResult {
  const run = requireRun(store, runId);
  const done = healSteps(store, runId);
  const outcome = run.outcome === null ? null : healOutcomeDefinition.parse(run.outcome);
  const trained = trainLeft.safeParse(
    JSON.parse(done.find(({ state }) => state === 'train')?.result ?? '{}'),
  );
  return {
    run_id: runId.toString(),
    state: run.state,
    resumed,
    steps: done.map(({ state, at, summary }) => ({ state, at: toIso(at), summary })),
    outcome,
    next: outcome === null ? null : nextFor(workspace, outcome, trained.data?.challenger ?? 'challenger'),
  };
}

function nextFor(workspace: Workspace, outcome: HealOutcome, challenger: string): string | null {
  const { high_drift } = workspace.config.contacts;
  const escalate = `${high_drift.contact} (answers within ${high_drift.response})`;
  switch (outcome) {
    case 'healthy':
    case 'promoted':
      return null;
    case 'rejected':
      return `the champion stays; see why: mlops models show ${challenger}`;
    case 'data_issue':
      return `fix the pipeline that brings these features, do not retrain; tell ${escalate}`;
    case 'attention':
      return 'something else than the population is wrong; see what: mlops health';
    case 'unsure':
      return `escalate to ${escalate}; do not retrain before they have looked`;
    case 'inconclusive':
      return 'wait for more predictions or labels; the next run looks again';
    case 'observed':
      return 'to retrain now: mlops heal --mode suggest';
    case 'suggested':
      return `promote it when you agree: mlops promote ${challenger}`;
    case 'failed':
      return 'mend what failed, then run it again: mlops heal';
  }
}

function requireRun(store: Store, runId: number): HealRunRow {
  const run = healRunRow(store, runId);
  if (run === undefined) throw new InternalError(`heal run ${runId} is not in the store`);
  return run;
}
