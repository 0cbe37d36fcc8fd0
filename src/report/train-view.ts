import type { ChosenCalibration, ChosenThreshold, Importance, TrainResult } from '../data/results/train.ts';
import { figure, percent } from './figures.ts';
import { tuningLines } from './tuning-lines.ts';

/** The training result for a terminal. */
export function trainView({
  metrics,
  threshold,
  calibration,
  tuning,
  rows,
  positives,
  importance,
  artifact,
  notes,
  duration_ms,
}: TrainResult): string {
  const share = (part: 'train' | 'validation') => percent(positives[part] / rows[part]);
  return [
    `trained on ${rows.train} rows (${share('train')} with outcome 1), measured on the ${rows.validation} that follow (${share('validation')}), in ${figure(duration_ms / 1000)} s`,
    `ROC AUC ${figure(metrics.roc_auc)} · Brier ${figure(metrics.brier)} · log loss ${figure(metrics.log_loss)}`,
    ...tuningLines(tuning),
    ...calibrationLines(calibration),
    ...thresholdLines(threshold),
    `F1 ${figure(metrics.f1)} · precision ${figure(metrics.precision)} · recall ${figure(metrics.recall)}`,
    ...importanceLines(importance),
    ...notes.map((note) => `note: ${note}`),
    `model: ${artifact.path} (${artifact.bytes} bytes, sha256 ${artifact.sha256.slice(0, 12)}…)`,
  ].join('\n');
}

const ruleWords: Readonly<Record<ChosenThreshold['rule'], (chosen: ChosenThreshold) => string>> = {
  f1: () => 'of the best F1',
  cost: ({ costs }) =>
    `of the least cost (a false positive ${figure(costs?.false_positive ?? null)}, a false negative ${figure(costs?.false_negative ?? null)})`,
  minimum_precision: ({ required }) => `of the best recall at a precision of ${figure(required)} or more`,
  minimum_recall: ({ required }) => `of the best precision at a recall of ${figure(required)} or more`,
  approval_rate: ({ required }) => `for an approval rate of ${percent(required ?? 0)}`,
  fixed: () => 'as given',
};

function thresholdLines(chosen: ChosenThreshold): readonly string[] {
  const { rule, value, approval_rate, cost_per_thousand: cost, best_f1: best } = chosen;
  const costs = (figures: number | null) =>
    figures === null ? '' : `; 1,000 decisions cost ${figure(figures)}`;
  const line = `threshold ${figure(value)}, ${ruleWords[rule](chosen)}: ${percent(approval_rate)} of the rows lie below${costs(cost)}`;
  if (rule === 'f1' || best === null) return [line];
  return [
    line,
    `the best F1, ${figure(best.f1)}, is at threshold ${figure(best.value)}${costs(best.cost_per_thousand)}`,
  ];
}

function calibrationLines({ method, rows, log_loss: losses }: ChosenCalibration): readonly string[] {
  if (losses === null) return [];
  const measured = Object.entries(losses).flatMap(([name, loss]) =>
    loss === null ? [] : [`${name} ${figure(loss)}`],
  );
  return [
    `calibration ${method}, learned from ${rows} rows between; log loss by method: ${measured.join(', ')}`,
  ];
}

function importanceLines(importance: Importance | null): readonly string[] {
  if (importance === null) return [];
  const { current, current_rows, roc_auc, weighted, rows, effective_rows, clipped } = importance;
  const apart = `a classifier tells them apart with ROC AUC ${figure(roc_auc)}`;
  return [
    weighted
      ? `weighted towards ${current} (${current_rows} rows): ${apart}; ${rows} rows say as much as ${figure(effective_rows)}, ${clipped} cut to ten times the mean`
      : `not weighted: the rows are like ${current} (${current_rows} rows); ${apart}`,
  ];
}
