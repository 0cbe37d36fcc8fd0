import { describe, expect, it } from 'vitest';
import {
  brierScore,
  classificationMetrics,
  confusionCounts,
  logLoss,
  rocAuc,
} from '../../src/data/classification-metrics.ts';

// Expected figures were computed with numpy 2.4 from the definitions that scikit-learn documents.
const probabilities = Float64Array.of(0.1, 0.4, 0.35, 0.8, 0.8, 0.65, 0.2, 0.9, 0.05, 0.5, 0, 1);
const labels = Uint8Array.of(0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1);

describe('classification metrics', () => {
  it('agree with the reference on a sample with ties and certain probabilities', () => {
    const metrics = classificationMetrics(probabilities, labels, 0.45);
    expect(metrics.precision).toBeCloseTo(0.6666666666666666, 14);
    expect(metrics.recall).toBeCloseTo(0.8, 14);
    expect(metrics.f1).toBeCloseTo(0.7272727272727273, 14);
    expect(metrics.roc_auc).toBeCloseTo(0.8714285714285714, 14);
    expect(metrics.brier).toBeCloseTo(0.14145833333333335, 14);
    expect(metrics.log_loss).toBeCloseTo(0.4168597654735659, 14);
    expect(metrics.threshold).toBe(0.45);
  });

  it('count a probability equal to the threshold as positive', () => {
    expect(confusionCounts(probabilities, labels, 0.8)).toEqual({
      truePositives: 3,
      falsePositives: 1,
      falseNegatives: 2,
      trueNegatives: 6,
    });
  });

  it('have no ROC AUC when one class is missing, and a score of zero instead of NaN', () => {
    const zeros = new Float64Array(3);
    expect(rocAuc(zeros, [0, 0, 0])).toBeNull();
    expect(classificationMetrics(zeros, [0, 0, 0], 0.5).f1).toBe(0);
    expect(classificationMetrics(new Float64Array(0), [], 0.5).brier).toBe(0);
  });

  it('stay finite when a certain probability is wrong', () => {
    expect(logLoss(Float64Array.of(0), [1])).toBeCloseTo(36.04365338911715, 10);
    expect(brierScore(Float64Array.of(0), [1])).toBe(1);
  });

  it('give 0.5 for constant probabilities', () => {
    expect(rocAuc(new Float64Array(4).fill(0.3), [0, 1, 0, 1])).toBe(0.5);
  });
});
