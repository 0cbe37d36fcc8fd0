import { storedGateResultDefinition } from '../../data/results/gate.ts';
import type { ModelsReview } from '../../data/results/models-review.ts';
import { toIso } from '../../platform/clock.ts';
import { dayMs } from '../../platform/durations.ts';
import { findChallenger, type ModelVersion, requireProduction } from '../../registry/index.ts';
import {
  gateDecisionsOf,
  labelledPerformanceByWeek,
  lastPromotionAt,
  openForReading,
  type Store,
  type WeeklyPerformance,
} from '../../store/index.ts';
import { durationMs, type Workspace } from '../../workspace/index.ts';
import { liveFigures } from './live-figures.ts';

const weeksShown = 12;
/** A fall over so many weeks, each with rows enough, is a trend. */
const trend = { weeks: 3, rows: 50 } as const;

/**
 * The Wednesday review: Production against Staging, the gate's last word on it, age, and performance by week.
 * @param now epoch milliseconds
 * @throws UnavailableError when no version is in Production
 */
export function reviewModels(workspace: Workspace, now: number): ModelsReview {
  using store = openForReading(workspace.paths.store);
  const production = requireProduction(store);
  const staging = findChallenger(store, now);
  const since = lastPromotionAt(store);
  const weeks = labelledPerformanceByWeek(store, now - weeksShown * 7 * dayMs, now);
  const gate = staging === undefined ? null : lastDecision(store, staging.version);
  const days = since === undefined ? null : (now - since) / dayMs;
  const findings = [
    age(workspace, days),
    waiting(staging, gate),
    falling(weeks),
    brier(workspace, weeks.at(-1)),
  ].filter((each) => each !== undefined);
  return {
    status: findings.some(({ warning }) => warning) ? 'WARNING' : 'OK',
    at: toIso(now),
    production: {
      ...reviewed(store, production, now),
      since: since === undefined ? null : toIso(since),
      days,
    },
    staging: staging === undefined ? null : reviewed(store, staging, now),
    gate,
    weeks: weeks.map(({ week, rows, positives, f1, brier }) => ({
      week: toIso(week),
      rows,
      positives,
      f1,
      brier,
    })),
    findings,
  };
}

function reviewed(store: Store, model: ModelVersion, now: number): NonNullable<ModelsReview['staging']> {
  const version = model.version.toString();
  return {
    version,
    created_at: toIso(model.createdAt),
    registered: model.metrics,
    live: liveFigures(store, version, now),
  };
}

function lastDecision(store: Store, challenger: number): ModelsReview['gate'] {
  const row = gateDecisionsOf(store, challenger).at(-1);
  if (row === undefined) return null;
  const result = storedGateResultDefinition.safeParse(JSON.parse(row.result));
  return {
    decision_id: row.decision_id.toString(),
    at: toIso(row.at),
    decision: row.decision,
    rows: row.rows,
    failed: (result.data?.criteria ?? []).filter(({ passed }) => !passed).map(({ detail }) => detail),
  };
}

type Finding = ModelsReview['findings'][number];

function age({ config }: Workspace, days: number | null): Finding | undefined {
  const limit = config.heal.retrain_after;
  if (days === null || days * dayMs <= durationMs(limit)) return undefined;
  return {
    summary: `Production has been there for ${Math.floor(days)} days, longer than ${limit}`,
    advice: 'consider retraining: mlops heal',
    warning: true,
  };
}

function waiting(staging: ModelVersion | undefined, gate: ModelsReview['gate']): Finding | undefined {
  if (staging === undefined) return undefined;
  const { version } = staging;
  if (gate === null)
    return {
      summary: `version ${version} waits in Staging and was not judged`,
      advice: 'ask the gate: mlops gate',
      warning: true,
    };
  if (gate.decision === 'promote')
    return {
      summary: `version ${version} passed the gate and waits`,
      advice: `promote it when you agree: mlops promote ${version}`,
      warning: true,
    };
  return {
    summary: `the gate rejected version ${version}: ${gate.failed.join(' ')}`,
    advice: `see whether the criteria are right: mlops models show ${version}`,
    warning: false,
  };
}

function falling(weeks: readonly WeeklyPerformance[]): Finding | undefined {
  const last = weeks.filter(({ rows }) => rows >= trend.rows).slice(-trend.weeks - 1);
  if (last.length <= trend.weeks) return undefined;
  const f1 = last.map((week) => week.f1 ?? 0);
  if (f1.some((value, index) => index > 0 && value >= (f1[index - 1] ?? 0))) return undefined;
  return {
    summary: `F1 fell for ${trend.weeks} weeks in a row, from ${f1[0]?.toFixed(3)} to ${f1.at(-1)?.toFixed(3)}`,
    advice: 'look for its cause in the drift: mlops drift history; then retrain: mlops heal',
    warning: true,
  };
}

function brier({ config }: Workspace, week: WeeklyPerformance | undefined): Finding | undefined {
  const maximum = config.performance.brier_maximum;
  if (week === undefined || week.rows < trend.rows || week.brier === null || week.brier <= maximum)
    return undefined;
  return {
    summary: `the Brier score of the last week with labels is ${week.brier.toFixed(3)}, at most ${maximum} is well`,
    advice: 'look at mlops monitor for what changed; then retrain: mlops heal',
    warning: true,
  };
}
