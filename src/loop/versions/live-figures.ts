import { rocAucInterval } from '../../data/delong.ts';
import type { ReviewedFigures } from '../../data/results/models-review.ts';
import { wilsonInterval } from '../../gate/wilson.ts';
import { labelledOutcomes, type Store } from '../../store/index.ts';

/** The newest so many labels are looked at. */
const mostLabels = 100_000;

/**
 * How good a version was on its own predictions, by the labels known at `until` (epoch milliseconds); null without any.
 * Precision and recall by Wilson, ROC AUC by DeLong.
 */
export function liveFigures(store: Store, version: string, until: number): ReviewedFigures | null {
  const outcomes = labelledOutcomes(store, { version, until, most: mostLabels });
  if (outcomes.length === 0) return null;
  const count = (holds: (row: (typeof outcomes)[number]) => boolean) => outcomes.filter(holds).length;
  const hits = count(({ outcome, label }) => outcome === 1 && label === 1);
  const claimed = count(({ outcome }) => outcome === 1);
  const positives = count(({ label }) => label === 1);
  return {
    rows: outcomes.length,
    positives,
    precision: wilsonInterval(hits, claimed),
    recall: wilsonInterval(hits, positives),
    f1: claimed + positives === 0 ? null : (2 * hits) / (claimed + positives),
    roc_auc: rocAucInterval(
      Float64Array.from(outcomes, ({ probability }) => probability),
      Float64Array.from(outcomes, ({ label }) => label),
    ),
    brier:
      outcomes.reduce((sum, { probability, label }) => sum + (probability - label) ** 2, 0) / outcomes.length,
  };
}
