import type { DriftCalibration } from '../../data/results/drift-calibration.ts';
import { requireColumn, type Table } from '../../data/table.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import { randomFrom } from '../../training/random.ts';
import { type ComparisonRules, chosenTest } from '../compare-feature.ts';
import { missingShare, presentRows, profileColumn } from '../feature-profile.ts';
import type { Feature } from '../feature-types.ts';
import { measureMissing } from '../missing-values.ts';
import { samplesOf } from '../samples.ts';
import { type DriftTest, measureOrSayWhyNot } from '../tests/index.ts';
import { blockLength } from './block-length.ts';
import { commonLimits } from './common-level.ts';
import { drawBlocks } from './draw-blocks.ts';
import { type RankedColumn, rankColumn } from './ranked-column.ts';

/** Windows of so many rows are drawn; thresholds of others lie in between. */
export const windowSizes: readonly number[] = [200, 500, 1_000, 2_000, 5_000, 10_000];
/** The reference's own noise beside such windows is not worth more rows: with ten times as many it adds 5 %. */
const mostReferenceRows = 100_000;
/** A p-value of 0 would have no logarithm. */
const smallestChance = Number.MIN_VALUE;

export interface CalibrationQuestion {
  readonly reference: Table;
  /** Whether the rows stand in order of time, so that neighbours may be alike. */
  readonly ordered: boolean;
  readonly features: readonly Feature[];
  readonly rules: Pick<ComparisonRules, 'falseAlarms' | 'convention' | 'plan' | 'seed'>;
  readonly draws: number;
  /** Rows of the windows, ascending, at most those of the reference. */
  readonly sizes: readonly number[];
  readonly signal: AbortSignal;
  /** Told now and then what share of the draws is made, 0..1. */
  readonly progress?: ((share: number) => void) | undefined;
}

export type CalibratedFigures = Pick<
  DriftCalibration,
  'block_rows' | 'standard_error' | 'features' | 'not_calibrated'
>;

/**
 * Thresholds of each feature's test that a report in which nothing moved reaches with the asked chance, whichever feature.
 *
 * A draw is a window and a reference, both drawn from the reference, because a new window is as far from the reference as
 * from the population plus what the reference is off itself. All features of a draw have the same rows, so that features
 * which move together count as they do in truth. Numbers and categories are calibrated; times, texts and embeddings keep
 * their own limits.
 */
export async function calibrateThresholds(question: CalibrationQuestion): Promise<CalibratedFigures> {
  const { reference, rules, draws, sizes, signal } = question;
  const candidates = question.features.map((feature) => candidateOf(feature, question));
  const scored = candidates.filter((candidate): candidate is ScoredFeature => 'test' in candidate);
  const block = question.ordered ? longestBlock(scored) : 1;
  const random = randomFrom(rules.seed);
  const limits: (readonly FeatureLimits[])[] = [];
  for (const [place, size] of sizes.entries()) {
    const drawn = scored.map((feature) => evidenceFor(feature, draws));
    for (let draw = 0; draw < draws; draw++) {
      const rows = {
        reference: drawBlocks(reference.rows, Math.min(reference.rows, mostReferenceRows), block, random),
        current: drawBlocks(reference.rows, size, block, random),
      };
      for (const { feature, values, missing } of drawn) {
        const found = measureDraw(feature, rows, rules.seed);
        values[draw] = found.values;
        missing[draw] = found.missing;
      }
      await nextTurn(signal);
      question.progress?.((place + (draw + 1) / draws) / sizes.length);
    }
    limits.push(limitsOf(drawn, rules.falseAlarms));
  }
  return {
    block_rows: block,
    standard_error: Math.sqrt((rules.falseAlarms * (1 - rules.falseAlarms)) / draws),
    features: scored.map(({ name, test, hasMissing }, index) => ({
      name,
      test: test.name,
      thresholds: limits.map((each) => each[index]?.values ?? 0),
      missing: hasMissing ? limits.map((each) => each[index]?.missing ?? 0) : null,
    })),
    not_calibrated: candidates.flatMap((candidate) => ('why' in candidate ? [candidate] : [])),
  };
}

interface ScoredFeature {
  readonly name: string;
  readonly type: 'numerical' | 'categorical';
  readonly test: DriftTest;
  readonly ranked: RankedColumn;
  readonly hasMissing: boolean;
}

type Unscored = DriftCalibration['not_calibrated'][number];

interface FeatureLimits {
  readonly values: number;
  readonly missing: number;
}

/** One figure a draw, as `commonLimits` takes them. */
interface Evidence {
  readonly feature: ScoredFeature;
  readonly values: Float64Array;
  readonly missing: Float64Array;
}

interface DrawnRows {
  readonly reference: Uint32Array;
  readonly current: Uint32Array;
}

function candidateOf(
  { name, type }: Feature,
  { reference, rules }: CalibrationQuestion,
): ScoredFeature | Unscored {
  if (type !== 'numerical' && type !== 'categorical')
    return { name, why: `${type} features keep the limit of their own test` };
  const column = requireColumn(reference, name);
  const profile = profileColumn(column);
  if (presentRows(profile) === 0) return { name, why: 'the reference has no values' };
  if (type === 'numerical' && column.kind === 'text') return { name, why: 'it is text in place of numbers' };
  const samples = samplesOf(type, profile, profile, rules.seed);
  const test = chosenTest({ name, type }, samples, rules);
  return { name, type, test, ranked: rankColumn(column), hasMissing: missingShare(profile) > 0 };
}

/** Of the feature whose neighbouring rows are alike for longest: the rows of all are drawn together. */
function longestBlock(features: readonly ScoredFeature[]): number {
  return Math.max(1, ...features.map(({ ranked }) => blockLength(ranked.ranks)));
}

function evidenceFor(feature: ScoredFeature, draws: number): Evidence {
  return { feature, values: new Float64Array(draws), missing: new Float64Array(draws) };
}

/** Evidence of one draw; 0 where a side has no value or the test is not defined, which is decided without a score. */
function measureDraw({ ranked, type, test }: ScoredFeature, rows: DrawnRows, seed: number): FeatureLimits {
  const reference = ranked.profileOf(rows.reference);
  const current = ranked.profileOf(rows.current);
  const empty = Math.min(presentRows(reference), presentRows(current)) === 0;
  const measured = empty ? '' : measureOrSayWhyNot(test, samplesOf(type, reference, current, seed));
  return {
    values: typeof measured === 'string' ? 0 : evidenceIn(test, measured.score),
    missing: (measureMissing(reference, current)?.score ?? 0) ** 2,
  };
}

function evidenceIn({ kind }: DriftTest, score: number): number {
  return kind === 'p_value' ? -Math.log(Math.max(smallestChance, score)) : score ** 2;
}

function limitsOf(drawn: readonly Evidence[], level: number): readonly FeatureLimits[] {
  const limits = commonLimits(
    drawn.flatMap(({ values, missing }) => [values, missing]),
    level,
  );
  return drawn.map(({ feature }, index) => {
    const values = limits[2 * index] ?? 0;
    return {
      values: feature.test.kind === 'p_value' ? Math.exp(-values) : Math.sqrt(values),
      missing: Math.sqrt(limits[2 * index + 1] ?? 0),
    };
  });
}
