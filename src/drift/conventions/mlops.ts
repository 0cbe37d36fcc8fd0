import { mean } from 'simple-statistics';
import { benjaminiHochberg } from '../../data/benjamini-hochberg.ts';
import type { DriftFeature, DriftResult } from '../../data/results/drift.ts';
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
 * rule, as a feature of two categories. Where the reference was resampled (`drift calibrate`), what chance explains is what
 * that found, in place of the noise floor and the correction.
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
    const shiftable = features.flatMap((feature) =>
      feature.measured?.measurement.reachedBy === undefined
        ? []
        : [
            {
              ...feature.measured,
              reachedBy: feature.measured.measurement.reachedBy,
              calibrated: calibratedLimit(feature, rules),
            },
          ],
    );
    if (shiftable.length === 0) return undefined;
    const alone = rules.correction ? features.flatMap(hypotheses).length : 1;
    const judge = { rules, critical: () => rules.falseAlarms / alone };
    return toldShifts.map((shift) => ({
      shift,
      power: mean(
        shiftable.map(({ threshold, measurement, reachedBy, calibrated }) =>
          reachedBy(shift, aboveChance(threshold, measurement, calibrated, judge)),
        ),
      ),
    }));
  },
  falseAlarms(features, rules) {
    const { falseAlarms, correction, calibration } = rules;
    if (calibration !== undefined) {
      const known = features.every(
        (each) => each.measured === undefined || calibratedLimit(each, rules) !== undefined,
      );
      return known ? alarmsExpected(calibration.falseAlarms, 'calibration') : undefined;
    }
    if (features.some(({ measured }) => measured !== undefined && measured.measurement.pValue === null))
      return undefined;
    const each = features.flatMap(hypotheses).length;
    const expected = correction ? falseAlarms : 1 - (1 - falseAlarms) ** each;
    return alarmsExpected(expected, 'noise_floor');
  },
};

function alarmsExpected(
  expected: number,
  basis: 'calibration' | 'noise_floor',
): NonNullable<DriftResult['false_alarms']> {
  const reports = 1 / expected;
  const sentence =
    reports >= 2
      ? `expected 1 false alarm in ${Math.round(reports)} reports`
      : `expected false alarms in ${percentage(expected)} of the reports${basis === 'noise_floor' ? ': each feature is judged alone' : ''}`;
  return { expected, basis, sentence };
}

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

function decideOne(each: MeasuredFeature, judge: Judge): DriftFeature {
  const { feature, measured, missing } = each;
  const values = measured && decideValues(measured, calibratedLimit(each, judge.rules), judge);
  const missingLimit = judge.rules.calibration?.missingLimitOf(feature.name, each.rows);
  const missingDrifted =
    missing !== undefined && reaches(driftTests.jensenshannon, missing, missingLimit, judge);
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
  calibrated: number | undefined,
  judge: Judge,
): Pick<DriftFeature, 'threshold' | 'drifted' | 'q_value'> {
  const threshold =
    test.kind === 'p_value'
      ? improbableEnough(own === test.threshold ? judge.rules.falseAlarms : own, calibrated, judge)
      : aboveChance(own, measurement, calibrated, judge);
  return {
    threshold,
    drifted: isDrifted(test, measurement.score, threshold),
    q_value: measurement.pValue === null ? null : judge.qOf(measurement),
  };
}

/** What resampling the reference gave for the feature's values, where it was made. */
function calibratedLimit(
  { feature, measured, rows }: MeasuredFeature,
  { calibration }: DecisionRules,
): number | undefined {
  return measured && calibration?.limitOf(feature.name, measured.test, rows);
}

function reaches(
  test: DriftTest,
  measurement: Measurement,
  calibrated: number | undefined,
  judge: Judge,
): boolean {
  return isDrifted(test, measurement.score, aboveChance(test.threshold, measurement, calibrated, judge));
}

/** The p-value that is small enough. */
function improbableEnough(asked: number, calibrated: number | undefined, judge: Judge): number {
  return calibrated === undefined ? judge.critical(asked) : Math.min(asked, calibrated);
}

/** The distance that is both enough to matter and more than chance. */
function aboveChance(
  enough: number,
  { exceededWith }: Measurement,
  calibrated: number | undefined,
  judge: Pick<Judge, 'rules' | 'critical'>,
): number {
  return Math.max(enough, calibrated ?? exceededWith?.(judge.critical(judge.rules.falseAlarms)) ?? 0);
}

function missingMoved({ missing }: DriftFeature): string {
  return `missing values ${percentage(missing.reference)} → ${percentage(missing.current)}`;
}
