import { mean } from 'simple-statistics';
import { benjaminiHochberg } from '../../data/benjamini-hochberg.ts';
import type { DriftFeature } from '../../data/results/drift.ts';
import { percentage } from '../in-words.ts';
import type { Samples } from '../samples.ts';
import { type DriftTest, driftTests, isDrifted, type Measurement } from '../tests/index.ts';
import type { DecisionRules, DriftConvention, MeasuredFeature } from './convention.ts';

/** Each p-value judged alone. */
const uncorrected = { critical: (level: number) => level } as const;
const fewDistinct = 5;
/** Shifts that the power is told for, in robust deviations. */
const toldShifts = [0.1, 0.2, 0.5] as const;

/**
 * Our own rule (runbook/decisions/0015-effect-and-evidence.md): a feature has drifted when it moved by enough to matter and
 * by more than chance explains.
 *
 * Enough to matter: the distance reaches the test's threshold, 0.1. More than chance: two samples of these sizes from one
 * population would hardly lie so far apart, judged across the features of the report (Benjamini and Hochberg 1995). So that
 * one number can be compared with another, the threshold shown is the larger of the two. Tests that give p-values are held
 * to chance alone, distances whose noise floor is not known to their threshold alone. Missing values are judged by the same
 * rule, as a feature of two categories.
 */
export const mlopsConvention: DriftConvention = {
  name: 'mlops',
  types: 'schema',
  chooseTest(type: 'numerical' | 'categorical', samples: Samples): DriftTest {
    const counted = type === 'categorical' || samples.distinct <= fewDistinct;
    return counted ? driftTests.jensenshannon : driftTests.robust_wasserstein;
  },
  decide(features, rules) {
    const evidence = features.flatMap(hypotheses);
    const correction = benjaminiHochberg(evidence.map(({ pValue }) => pValue ?? 1));
    const qOf = new Map(evidence.map((measurement, index) => [measurement, correction.q[index] ?? null]));
    const judge: Judge = {
      rules,
      critical: (rules.correction ? correction : uncorrected).critical,
      qOf: (measurement) => (rules.correction ? (qOf.get(measurement) ?? null) : null),
    };
    return features.map((feature) => decideOne(feature, judge));
  },
  power(features, rules) {
    const shiftable = features.flatMap(({ measured }) =>
      measured?.measurement.reachedBy === undefined
        ? []
        : [{ ...measured, reachedBy: measured.measurement.reachedBy }],
    );
    if (shiftable.length === 0) return undefined;
    const alone = rules.correction ? features.flatMap(hypotheses).length : 1;
    const judge = { rules, critical: () => rules.falseAlarms / alone };
    return toldShifts.map((shift) => ({
      shift,
      power: mean(
        shiftable.map(({ threshold, measurement, reachedBy }) =>
          reachedBy(shift, aboveChance(threshold, measurement, judge)),
        ),
      ),
    }));
  },
  falseAlarms(features, { falseAlarms, correction }) {
    if (features.some(({ measured }) => measured !== undefined && measured.measurement.pValue === null))
      return undefined;
    const each = features.flatMap(hypotheses).length;
    const expected = correction ? falseAlarms : 1 - (1 - falseAlarms) ** each;
    const reports = 1 / expected;
    const sentence =
      reports >= 2
        ? `expected 1 false alarm in ${Math.round(reports)} reports`
        : `expected false alarms in ${percentage(expected)} of the reports: each feature is judged alone`;
    return { expected, basis: 'noise_floor', sentence };
  },
};

interface Judge {
  readonly rules: DecisionRules;
  readonly critical: (level: number) => number;
  readonly qOf: (measurement: Measurement) => number | null;
}

/** What chance could explain of a feature: its values, and its missing values. */
function hypotheses({ measured, missing }: MeasuredFeature): readonly Measurement[] {
  return [measured?.measurement, missing]
    .filter((measurement) => measurement !== undefined)
    .filter(({ pValue }) => pValue !== null);
}

function decideOne({ feature, measured, missing }: MeasuredFeature, judge: Judge): DriftFeature {
  const values = measured && decideValues(measured, judge);
  const missingDrifted = missing !== undefined && reaches(driftTests.jensenshannon, missing, judge);
  const said = missingDrifted ? [feature.note, missingMoved(feature)] : [feature.note];
  const note = said.filter((sentence) => sentence !== undefined).join('; ');
  return {
    ...feature,
    ...values,
    drifted: (values ?? feature).drifted || missingDrifted,
    missing: { ...feature.missing, p_value: missing?.pValue ?? null, drifted: missingDrifted },
    ...(note === '' ? {} : { note }),
  };
}

function decideValues(
  { test, threshold: own, measurement }: NonNullable<MeasuredFeature['measured']>,
  judge: Judge,
): Pick<DriftFeature, 'threshold' | 'drifted' | 'q_value'> {
  const threshold =
    test.kind === 'p_value'
      ? judge.critical(own === test.threshold ? judge.rules.falseAlarms : own)
      : aboveChance(own, measurement, judge);
  return {
    threshold,
    drifted: isDrifted(test, measurement.score, threshold),
    q_value: measurement.pValue === null ? null : judge.qOf(measurement),
  };
}

function reaches(test: DriftTest, measurement: Measurement, judge: Judge): boolean {
  return isDrifted(test, measurement.score, aboveChance(test.threshold, measurement, judge));
}

/** The distance that is both enough to matter and more than chance. */
function aboveChance(
  enough: number,
  { exceededWith }: Measurement,
  judge: Pick<Judge, 'rules' | 'critical'>,
): number {
  return Math.max(enough, exceededWith?.(judge.critical(judge.rules.falseAlarms)) ?? 0);
}

function missingMoved({ missing }: DriftFeature): string {
  return `missing values ${percentage(missing.reference)} → ${percentage(missing.current)}`;
}
