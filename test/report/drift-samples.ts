import type { DriftFeature, DriftResult } from '../../src/data/results/drift.ts';
import type { FeatureRun, PastRuns } from '../../src/data/results/drift-history.ts';

/** A numerical feature whose values moved down, with everything that a result can say of it. */
export function movedFeature(name: string, rest: Partial<DriftFeature> = {}): DriftFeature {
  const bins = Array.from({ length: 24 }, (_, bin) => bin);
  const bell = (middle: number) =>
    bins.map((bin) => Math.round(400 * Math.exp(-(((bin - middle) / 5) ** 2))));
  return {
    name,
    type: 'numerical',
    test: 'robust_wasserstein',
    score: 0.61,
    p_value: 1e-4,
    q_value: 2e-4,
    threshold: 0.1,
    drifted: true,
    importance: 0.31,
    missing: { reference: 0.01, current: 0.08, p_value: 1e-9, drifted: true },
    summary: {
      reference: { mean: 52, deviation: 14, minimum: 18, median: 52, maximum: 99 },
      current: { mean: 41.5, deviation: 13, minimum: 18, median: 41, maximum: 97 },
    },
    distribution: { edges: [...bins, 24].map((bin) => 18 + 3 * bin), reference: bell(12), current: bell(8) },
    effect: {
      shift: -0.55,
      moved: 0.34,
      outside: { reference: 0.1, current: 0.34 },
      quantiles: [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99].map((share) => ({
        share,
        reference: 20 + 64 * share,
        current: 19 + 44 * share,
      })),
      sentence: `${name}: median 52 → 41; 34 % of rows are outside the reference's middle 90 %`,
    },
    onset: {
      at: '2026-09-12',
      from: '2026-09-11',
      until: '2026-09-13',
      shape: 'sudden',
      sentence: 'since Sat 12 Sep, ± 1 day',
    },
    advice: 'The model rests on it: look at its performance, then retrain on newer rows.',
    ...rest,
  };
}

export function calmFeature(name: string, rest: Partial<DriftFeature> = {}): DriftFeature {
  const { q_value: _, onset: __, advice: ___, ...moved } = movedFeature(name);
  return {
    ...moved,
    score: 0.02,
    p_value: 0.4,
    drifted: false,
    importance: 0.05,
    missing: { reference: 0, current: 0 },
    ...rest,
  };
}

export function categoricalFeature(name: string, labels: readonly string[]): DriftFeature {
  return {
    name,
    type: 'categorical',
    test: 'chisquare',
    score: 1e-12,
    p_value: 1e-12,
    q_value: 2e-12,
    threshold: 0.05,
    drifted: true,
    importance: 0.08,
    missing: { reference: 0, current: 0 },
    distribution: {
      labels: [...labels],
      reference: labels.map((_, index) => 900 - 40 * index),
      current: labels.map((_, index) => 100 + 40 * index),
    },
    effect: {
      shift: null,
      moved: 0.2,
      outside: null,
      quantiles: [],
      sentence: `${name}: ${labels[0]} fell from 40.0 % to 8.0 % of the rows`,
    },
    categories: { new: [{ value: 'overseas', rows: 120 }], vanished: [{ value: 'north', rows: 44 }] },
  };
}

/** A result over these features; every section filled that a result can have. */
export function driftResult(features: readonly DriftFeature[], rest: Partial<DriftResult> = {}): DriftResult {
  const drifted = features.filter((feature) => feature.drifted).length;
  return {
    status: 'CRITICAL',
    reference: { rows: 30_000 },
    current: { rows: 9_612 },
    features_total: features.length,
    features_drifted: drifted,
    share_drifted: features.length === 0 ? 0 : drifted / features.length,
    share_drifted_by_importance: 0.62,
    convention: 'mlops',
    false_alarms: {
      expected: 0.05,
      basis: 'calibration',
      sentence: 'expected 1 false alarm in 20 reports',
    },
    sentence: `${drifted} of ${features.length} features drifted; the model depends on age (31 %)`,
    power: [
      { shift: 0.1, power: 0.2 },
      { shift: 0.5, power: 0.99 },
    ],
    report: null,
    features: [...features],
    prediction: calmFeature('probability'),
    label: categoricalFeature('defaulted', ['0', '1']),
    concept: {
      labelled: 800,
      reference: 0.001,
      current: 0.02,
      p_value: 0.003,
      drifted: true,
      segments: [
        {
          feature: 'age',
          segment: '≤ 41',
          rows: 400,
          reference: 0,
          current: 0.04,
          q_value: 0.01,
          drifted: true,
        },
      ],
      sentence: 'Among age ≤ 41 more came true than the model expected.',
    },
    multivariate: {
      domain_classifier: {
        roc_auc: 0.83,
        interval: [0.81, 0.85],
        drifted: true,
        features: [{ name: 'age', share: 0.4 }],
      },
      pca: { components: 5, reference: 1.2, current: 1.31, bounds: [1.1, 1.3], drifted: true },
      mmd: { score: 0.02, p_value: 0.001, random_features: 512, drifted: false },
      correlations: [{ first: 'age', second: 'income', reference: 0.2, current: -0.1, q_value: 1e-9 }],
      rows: { reference: 10_000, current: 9_612, sampled: true },
    },
    issues: [
      {
        kind: 'unit_change',
        feature: 'income',
        rows: 9_612,
        example: '5400000',
        confidence: 0.95,
        sentence: 'income looks multiplied by 1,000',
      },
    ],
    notes: ['not compared, only in week.csv: note'],
    ...rest,
  };
}

/** Twelve daily runs of each feature, the last four of the drifted ones past the threshold. */
export function pastOf(features: readonly DriftFeature[]): PastRuns {
  const runs = (drifted: boolean): readonly FeatureRun[] =>
    Array.from({ length: 12 }, (_, day) => ({
      run_id: String(day + 1),
      at: new Date(Date.UTC(2026, 8, 1 + day)).toISOString(),
      score: 0.03,
      threshold: 0.1,
      level: drifted && day > 7 ? 1.8 : 0.3,
      drifted: drifted && day > 7,
    }));
  return new Map(features.map(({ name, drifted }) => [name, runs(drifted)]));
}
