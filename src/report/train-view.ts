import type { TrainResult } from '../data/results/train.ts';
import { figure } from './figures.ts';

/** The training result for a terminal. */
export function trainView({ metrics, rows, artifact, notes, duration_ms }: TrainResult): string {
  return [
    `trained on ${rows.train} rows, measured on the ${rows.validation} that follow, in ${figure(duration_ms / 1000)} s`,
    `ROC AUC ${figure(metrics.roc_auc)} · Brier ${figure(metrics.brier)} · log loss ${figure(metrics.log_loss)}`,
    `at threshold ${figure(metrics.threshold)}: F1 ${figure(metrics.f1)} · precision ${figure(metrics.precision)} · recall ${figure(metrics.recall)}`,
    ...notes.map((note) => `note: ${note}`),
    `model: ${artifact.path} (${artifact.bytes} bytes, sha256 ${artifact.sha256.slice(0, 12)}…)`,
  ].join('\n');
}
