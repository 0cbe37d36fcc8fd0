import type { ColumnSource } from '../data/column-source.ts';
import type { DriftResult } from '../data/results/drift.ts';
import { columnGroups } from '../data/sample-rows.ts';
import { requireColumn, selectColumns, type Table } from '../data/table.ts';
import { DataError } from '../platform/errors.ts';
import type { Verdict } from '../platform/exit-codes.ts';
import { nextTurn } from '../platform/next-turn.ts';
import { type ComparisonRules, compareFeature } from './compare-feature.ts';
import { defaultConvention, type MeasuredFeature } from './conventions/index.ts';
import { forgetProfile, profileChunks, profileColumn } from './feature-profile.ts';
import type { Feature, TypingRule } from './feature-types.ts';
import { driftedImportance, driftSentence, type Importance, weighFeatures } from './importance.ts';
import { percentage } from './in-words.ts';
import type { DataPair } from './quality/feature-pair.ts';

export interface DriftLimits {
  /** Above this share of drifted features the verdict is WARNING, 0..1. */
  readonly warningShare: number;
  /** Above this share it is CRITICAL, 0..1. */
  readonly criticalShare: number;
  /** With fewer rows on either side the verdict is UNKNOWN. */
  readonly minimumRows: number;
  /** How much the model rests on each feature, where that is known. */
  readonly importance?: Importance | undefined;
}

/** How features are compared and judged. */
export interface ComparisonSettings
  extends DriftLimits,
    Pick<ComparisonRules, 'falseAlarms'>,
    Partial<Omit<ComparisonRules, 'falseAlarms'>> {}

export interface DriftQuestion extends ComparisonSettings {
  readonly reference: Table;
  readonly current: Table;
  readonly features: readonly Feature[];
}

/** Two sources of any size, and which features a pair of their columns are: asked with some columns at a time. */
export interface ColumnwiseQuestion extends ComparisonSettings {
  readonly reference: ColumnSource;
  readonly current: ColumnSource;
  /** Columns to look at. */
  readonly names: readonly string[];
  readonly featuresOf: TypingRule;
  /** Given each feature's columns once it is compared, and then the columns that are no features, for what else is to be known. */
  readonly each?: (group: DataPair) => void;
  readonly signal: AbortSignal;
  /** Told now and then what share of the features is compared, 0..1. */
  readonly progress?: ((share: number) => void) | undefined;
}

type Sides = Pick<DriftQuestion, 'reference' | 'current'>;

/** Rows of the two sides. */
export interface ComparedRows {
  readonly reference: number;
  readonly current: number;
}

/** Rules that a question may leave out. */
export const defaultRules = {
  convention: defaultConvention,
  plan: {},
  seed: 42,
  correction: true,
  allTests: false,
} as const;

/**
 * Compares each feature's current values with its reference values.
 * @throws DataError when a feature is missing on one side, or when there is no feature at all.
 */
export function measureDrift(question: DriftQuestion): DriftResult {
  const { reference, current } = question;
  const rules = { ...defaultRules, ...question };
  const measured = question.features.map((feature) => compareColumns(feature, question, rules));
  return concludeDrift(measured, { reference: reference.rows, current: current.rows }, rules, question);
}

/**
 * The same in memory that does not grow with the files: as many columns as both sources may hold are read, sorted, compared
 * and left. Exact, whatever the size.
 * @throws DataError as `measureDrift` does, and when a file has changed
 */
export async function measureDriftByColumns(question: ColumnwiseQuestion): Promise<DriftResult> {
  const { reference, current, names, signal, progress } = question;
  const rules = { ...defaultRules, ...question };
  const measured: MeasuredFeature[] = [];
  const leave = (sides: Sides, some: readonly string[], features: readonly Feature[]) => {
    const [one, other] = [selectColumns(sides.reference, some), selectColumns(sides.current, some)];
    question.each?.({ reference: one, current: other, features });
    for (const column of [...one.columns, ...other.columns]) forgetProfile(column);
  };
  progress?.(0);
  for (const group of columnGroups([reference, current], names)) {
    const sides = { reference: await reference.read(group), current: await current.read(group) };
    const features = question.featuresOf(sides.reference, sides.current);
    for (const feature of features) {
      measured.push(compareColumns(feature, sides, rules));
      leave(sides, [feature.name], [feature]);
      await nextTurn(signal);
      progress?.(measured.length / names.length);
    }
    const compared = new Set(features.map(({ name }) => name));
    leave(
      sides,
      group.filter((name) => !compared.has(name)),
      [],
    );
  }
  return concludeDrift(measured, { reference: reference.rows, current: current.rows }, rules, question);
}

function compareColumns(feature: Feature, sides: Sides, rules: ComparisonRules): MeasuredFeature {
  const reference = requireColumn(sides.reference, feature.name);
  const current = requireColumn(sides.current, feature.name);
  const chunks = (count: number) => profileChunks(reference, count);
  return compareFeature(feature, profileColumn(reference), profileColumn(current), rules, chunks);
}

/** The verdict over features that were compared one by one. @throws DataError without any feature */
export function concludeDrift(
  measured: readonly MeasuredFeature[],
  rows: ComparedRows,
  rules: ComparisonRules,
  limits: DriftLimits,
): DriftResult {
  if (measured.length === 0) {
    throw new DataError('the two files have no feature in common', {
      remedy: 'compare files with the same column names',
    });
  }
  const { convention } = rules;
  const decided = convention.decide(measured, rules);
  const features = limits.importance === undefined ? decided : weighFeatures(decided, limits.importance);
  const falseAlarms = convention.falseAlarms?.(measured, rules);
  const power = convention.power?.(measured, rules);
  const byImportance = driftedImportance(features);
  const drifted = features.filter((feature) => feature.drifted).length;
  const share = drifted / features.length;
  const status = verdict(rows, limits, share);
  const peersVerdict = convention.verdictInWords?.(share);
  return {
    status,
    reference: { rows: rows.reference },
    current: { rows: rows.current },
    features_total: features.length,
    features_drifted: drifted,
    share_drifted: share,
    ...(byImportance === undefined ? {} : { share_drifted_by_importance: byImportance }),
    convention: convention.name,
    ...(falseAlarms === undefined ? {} : { false_alarms: falseAlarms }),
    sentence: status === 'UNKNOWN' ? tooFewRows(rows, power) : driftSentence(features),
    ...(power === undefined ? {} : { power }),
    report: null,
    features: [...features],
    ...(peersVerdict === undefined ? {} : { notes: [peersVerdict] }),
  };
}

function verdict(rows: ComparedRows, limits: DriftLimits, share: number): Verdict {
  if (Math.min(rows.reference, rows.current) < limits.minimumRows) return 'UNKNOWN';
  if (share > limits.criticalShare) return 'CRITICAL';
  return share > limits.warningShare ? 'WARNING' : 'OK';
}

function tooFewRows({ reference, current }: ComparedRows, power: DriftResult['power']): string {
  const [fewest, side] = current <= reference ? [current, 'current'] : [reference, 'reference'];
  const seen = powerSentence(power);
  return `${fewest} ${side} ${fewest === 1 ? 'row is' : 'rows are'} too few to judge drift${seen === undefined ? '' : `; ${seen}`}`;
}

/** "a shift of 0.5 deviations would have been seen in 62 % of cases"; undefined where that is not known. */
export function powerSentence(power: DriftResult['power']): string | undefined {
  const largest = power?.at(-1);
  if (largest === undefined) return undefined;
  return `a shift of ${largest.shift} deviations would have been seen in ${percentage(largest.power)} of cases`;
}
