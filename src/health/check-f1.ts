import { figure, percent } from '../report/figures.ts';
import type { LabelledPerformance } from '../store/index.ts';
import type { Configuration } from '../workspace/index.ts';
import { type Check, type Finding, notMeasured } from './check.ts';
import { tooFewLabels } from './check-brier.ts';
import { counted } from './in-words.ts';

/** F1 of the Production version by the labels of `performance.lookback`, against what it had when it was validated. */
export const checkF1: Check = {
  name: 'f1',
  contact: 'model_performance',
  needs: 'store',
  examine: ({ workspace: { config }, production, performance }) =>
    judgeF1(
      performance(),
      production()?.metrics?.f1 ?? null,
      config.monitoring.minimum_sample,
      config.performance,
    ),
};

type Drops = Pick<Configuration['performance'], 'f1_warning_drop' | 'f1_critical_drop'>;

/**
 * @param baseline F1 at validation; null where the version came without: then a measured F1 cannot be judged, UNKNOWN
 * @param drops shares of the baseline that may be lost before WARNING, CRITICAL
 */
export function judgeF1(
  performance: LabelledPerformance | undefined,
  baseline: number | null,
  minimumRows: number,
  drops: Drops,
): Finding {
  const { rows = 0, positives = 0, f1 = null } = performance ?? {};
  if (rows < minimumRows) return notMeasured(tooFewLabels(rows, minimumRows));
  if (f1 === null)
    return notMeasured(`no outcome of 1 among ${counted(rows, 'labelled row')}: F1 is not defined`);
  const basis = `${figure(f1)} on ${counted(rows, 'labelled row')}, ${counted(positives, 'positive')}`;
  if (baseline === null) {
    return {
      status: 'UNKNOWN',
      summary: `${basis}; the version came without an F1 to compare it with`,
      observed: f1,
      threshold: null,
      unit: 'score',
      remedy: 'register it with its figures: mlops model register FILE.onnx --metrics metrics.json',
    };
  }
  const critical = baseline * (1 - drops.f1_critical_drop);
  const warning = baseline * (1 - drops.f1_warning_drop);
  const status = f1 < critical ? 'CRITICAL' : f1 < warning ? 'WARNING' : 'OK';
  return {
    status,
    summary: `${basis}; ${baseline === 0 ? 'baseline 0' : `baseline ${figure(baseline)}, ${change(f1 / baseline - 1)}`}`,
    observed: f1,
    threshold: status === 'CRITICAL' ? critical : warning,
    limits: { alarms: 'below', warning, critical },
    unit: 'score',
    remedy:
      status === 'OK' ? null : 'a fresh version may be the cause: mlops rollback; else retrain: mlops heal',
  };
}

function change(relative: number): string {
  return `${relative < 0 ? '−' : '+'}${percent(Math.abs(relative))}`;
}
