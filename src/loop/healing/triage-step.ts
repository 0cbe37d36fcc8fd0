import { z } from 'zod';
import { type MonitorResult, monitorResultDefinition } from '../../data/results/monitor.ts';
import type { TriageResult } from '../../data/results/triage.ts';
import { triage } from '../../drift/index.ts';
import { toIso } from '../../platform/clock.ts';
import { findChallenger, findProductionAt } from '../../registry/index.ts';
import {
  incidentRows,
  labelCoverageBetween,
  labelsBetween,
  lastPromotionAt,
  monitoringRunRow,
  noteIncident,
  openIncident,
} from '../../store/index.ts';
import { durationMs } from '../../workspace/index.ts';
import type { FinishedStep, HealContext, HealStep } from './heal-step.ts';
import { waitingChallenger } from './waiting-challenger.ts';

const monitorLeft = z.object({ monitoring_run: z.int() });

export const triageStep: HealStep = async (context) => {
  const { store } = context;
  const { monitoring_run } = monitorLeft.parse(context.earlier('monitor'));
  const run = monitorResultDefinition.parse(
    JSON.parse(monitoringRunRow(store, monitoring_run)?.result ?? ''),
  );
  const found = triage({ drift: run.drift, findings: run.issues });
  return () => {
    const { summary, next } = decide(context, found, run);
    if (typeof next === 'object' && (next.outcome === 'data_issue' || next.outcome === 'unsure')) {
      noteFound(context, found);
    }
    return { summary, result: found, next };
  };
};

/** What goes on since an earlier run is noted in that run's incident as long as it is open. */
function noteFound({ store, clock, workspace, runId }: HealContext, found: TriageResult): void {
  const title = `${found.verdict}: ${found.evidence[0] ?? found.advice}`;
  const going = incidentRows(store, { openOnly: true }).find(
    (row) => row.heal_run !== null && row.title.startsWith(`${found.verdict}: `),
  );
  if (going !== undefined) {
    noteIncident(store, going.incident_id, `heal run ${runId}, ${toIso(clock.now())}: ${title}`);
    return;
  }
  openIncident(store, {
    opened_at: clock.now(),
    title,
    contact: workspace.config.contacts.high_drift.contact,
    evidence: JSON.stringify(found.evidence),
    heal_run: runId,
  });
}

type Decision = Pick<FinishedStep, 'summary' | 'next'>;

function decide(context: HealContext, found: TriageResult, run: MonitorResult): Decision {
  const tooFewRows = run.drift === null || run.drift.status === 'UNKNOWN';
  const words = `${found.verdict}: ${found.evidence.join('; ')}`;
  switch (found.verdict) {
    case 'data_issue':
      return { summary: words, next: { outcome: 'data_issue' } };
    case 'unsure':
      return {
        summary: words,
        next: { outcome: tooFewRows && found.evidence.length === 1 ? 'inconclusive' : 'unsure' },
      };
    case 'genuine_drift':
      return retrain(context, words);
    case 'no_drift':
      return withoutDrift(context, words, run);
  }
}

/** The features have not moved; the model may still have got worse or old, and something else may be wrong. */
function withoutDrift(context: HealContext, words: string, { checks }: MonitorResult): Decision {
  const alarming = checks.filter(({ status }) => status === 'WARNING' || status === 'CRITICAL');
  const worse = alarming.find(({ name }) => name === 'performance');
  if (worse !== undefined) return retrain(context, `${words}; performance ${worse.status}: ${worse.summary}`);
  if (alarming.length > 0) {
    const told = alarming.map(({ name, status, summary }) => `${name} ${status}: ${summary}`).join('; ');
    return { summary: `${words}; ${told}`, next: { outcome: 'attention' } };
  }
  const aged = agedProduction(context);
  if (aged !== undefined) return retrain(context, `${words}; ${aged}`);
  const waiting = context.mode === 'observe' ? undefined : waitingChallenger(context);
  if (waiting === undefined || waiting.newLabels === 0)
    return { summary: words, next: { outcome: 'healthy' } };
  return { summary: `${words}; version ${waiting.challenger.version} waits for evidence`, next: 'train' };
}

/** The runbook considers retraining when Production is older than `heal.retrain_after`. */
function agedProduction({ workspace, store, clock }: HealContext): string | undefined {
  const since = lastPromotionAt(store);
  const limit = workspace.config.heal.retrain_after;
  if (since === undefined || clock.now() - since <= durationMs(limit)) return undefined;
  return `Production has been there since ${toIso(since)}, longer than ${limit}`;
}

function retrain(context: HealContext, why: string): Decision {
  const { workspace, store, clock, mode } = context;
  if (mode === 'observe') return { summary: why, next: { outcome: 'observed' } };
  const now = clock.now();
  const needed = workspace.config.heal.minimum_labelled_rows;
  const since = (findProductionAt(store, now)?.learnedUntil ?? -1) + 1;
  const { labelled } = labelCoverageBetween(store, since, now);
  if (labelled < needed) {
    const summary = `${why}; ${labelled} labelled predictions that Production did not learn from, ${needed - labelled} more are needed to retrain`;
    return { summary, next: { outcome: 'inconclusive' } };
  }
  const unchanged = sinceNoLabelCame(context, now);
  if (unchanged !== undefined)
    return { summary: `${why}; no label has come since ${unchanged}`, next: { outcome: 'inconclusive' } };
  return { summary: why, next: 'train' };
}

function sinceNoLabelCame(context: HealContext, now: number): string | undefined {
  const waiting = waitingChallenger(context);
  if (waiting !== undefined)
    return waiting.newLabels > 0 ? undefined : `the gate looked at version ${waiting.challenger.version}`;
  const challenger = findChallenger(context.store, now);
  if (challenger === undefined || labelsBetween(context.store, challenger.createdAt, now) > 0)
    return undefined;
  return `version ${challenger.version} was trained`;
}
