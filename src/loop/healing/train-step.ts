import { durationSince } from '../../platform/clock.ts';
import { finishAttempt } from '../../store/index.ts';
import { currentRows } from '../training/current-rows.ts';
import { prepareVersion } from '../training/train-version.ts';
import { attemptTraining } from '../training/training-attempt.ts';
import { storeSource, trainingDataFromStore } from '../training/training-data.ts';
import type { FinishedStep, HealContext, HealStep } from './heal-step.ts';
import { type WaitingChallenger, waitingChallenger } from './waiting-challenger.ts';

export const trainStep: HealStep = async (context) => {
  const waiting = waitingChallenger(context);
  return waiting === undefined ? await train(context) : () => lookAgain(waiting);
};

function lookAgain({ challenger, newLabels }: WaitingChallenger): FinishedStep {
  const version = challenger.version.toString();
  return {
    summary: `version ${version} waits for evidence, and ${newLabels} labels have come: it is looked at again, none is trained`,
    result: { challenger: version },
    next: 'gate',
  };
}

async function train({
  workspace,
  store,
  runId,
  who,
  clock,
  signal,
}: HealContext): Promise<() => FinishedStep> {
  const started = clock.elapsed();
  const reason = `heal run ${runId}: retraining`;
  const about = { who, reason, command: 'heal', data: storeSource, healRun: runId };
  const { attempt, prepared } = await attemptTraining(store, about, clock, async (attempt) => {
    const data = await trainingDataFromStore(workspace, store, clock.now());
    const current = await currentRows(workspace, store, undefined, clock.now(), signal);
    return { attempt, prepared: await prepareVersion(workspace, { ...data, current }, signal) };
  });
  return () => {
    const change = { at: clock.now(), who, command: 'heal', reason };
    const result = prepared.record(store, change, durationSince(clock, started));
    const { version, rows, metrics } = result;
    finishAttempt(store, attempt, change.at, Number(result.run_id));
    const auc = metrics.roc_auc === null ? '' : `, ROC AUC ${metrics.roc_auc.toFixed(3)}`;
    return {
      summary: `version ${version} learned from ${rows.train} rows; F1 ${metrics.f1.toFixed(3)}${auc} on the ${rows.validation} that follow`,
      result: { challenger: version },
      next: 'gate',
    };
  };
}
