import { type ColumnSource, sampleRows } from '../../data/index.ts';
import type { MultivariateDrift } from '../../data/results/drift.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import { randomFrom } from '../../training/random.ts';
import type { Feature } from '../feature-types.ts';
import { columnsOf, type EncodedFeature, encodeFeatures } from './encode-features.ts';
import { meanDiscrepancy } from './mean-discrepancy.ts';
import { mostPcaFeatures, pcaReconstruction } from './pca-reconstruction.ts';
import { correlationChanges, mostCorrelatedFeatures } from './rank-correlations.ts';
import { separability } from './separability.ts';

export interface MultivariateQuestion {
  readonly reference: ColumnSource;
  readonly current: ColumnSource;
  /** Numbers and categories are looked at together; text, times and embeddings are left out. */
  readonly features: readonly Feature[];
  /** Of the sample, the folds and the frequencies: the same seed and data give the same figures. */
  readonly seed: number;
  readonly signal: AbortSignal;
}

export interface MultivariateFinding {
  readonly multivariate: MultivariateDrift;
  /** What was left out because the data are wide. */
  readonly notes: string[];
}

/** Of each side; of wide data fewer, so that it has at most so many values, and never fewer rows than `fewestRows`. */
const mostRows = 10_000;
const mostValues = 2_000_000;
const fewestRows = 500;

/**
 * What the comparison of one feature at a time cannot see: whether the joint distribution of the features changed. All rows
 * of a side up to 10,000, else a seeded sample.
 * @throws DataError when a side lacks a feature
 */
export async function measureMultivariate(question: MultivariateQuestion): Promise<MultivariateFinding> {
  const { seed, signal } = question;
  const features = question.features.filter(({ type }) => type === 'numerical' || type === 'categorical');
  const names = features.map(({ name }) => name);
  const random = randomFrom(seed);
  const most = Math.max(
    fewestRows,
    Math.min(mostRows, Math.floor(mostValues / Math.max(1, features.length))),
  );
  const reference = await sampleRows(question.reference, names, most, random);
  const current = await sampleRows(question.current, names, most, random);
  const encoded = encodeFeatures(reference, current, features);
  const apart = await separability(
    columnsOf(encoded, 'reference'),
    columnsOf(encoded, 'current'),
    seed,
    signal,
  );
  await nextTurn(signal);
  const pca = pcaReconstruction(encoded);
  await nextTurn(signal);
  const mmd = meanDiscrepancy(encoded, seed);
  await nextTurn(signal);
  const numbers = encoded.filter(({ categoryRows }) => categoryRows === undefined);
  const correlated = mostApart(numbers, apart?.columns.map(({ name }) => name) ?? []);
  const notes = [
    ...(encoded.length > mostPcaFeatures
      ? [`principal components are left out: ${encoded.length} features, more than ${mostPcaFeatures}`]
      : []),
    ...(numbers.length > correlated.length
      ? [
          `correlations were compared among the ${correlated.length} numbers that tell the two sides apart best, of ${numbers.length}`,
        ]
      : []),
  ];
  return {
    multivariate: {
      domain_classifier: apart && {
        roc_auc: apart.rocAuc,
        interval: [...apart.interval],
        drifted: apart.drifted,
        features: [...apart.columns],
      },
      pca,
      mmd,
      correlations: [...correlationChanges(correlated)],
      rows: {
        reference: reference.rows,
        current: current.rows,
        sampled: reference.rows < question.reference.rows || current.rows < question.current.rows,
      },
    },
    notes,
  };
}

/** At most `mostCorrelatedFeatures`, in their order: those that the classifier leans on before the others. */
function mostApart(
  features: readonly EncodedFeature[],
  leanedOn: readonly string[],
): readonly EncodedFeature[] {
  if (features.length <= mostCorrelatedFeatures) return features;
  const places = new Map(leanedOn.map((name, place) => [name, place]));
  const place = ({ name }: EncodedFeature) => places.get(name) ?? leanedOn.length;
  const chosen = new Set(features.toSorted((a, b) => place(a) - place(b)).slice(0, mostCorrelatedFeatures));
  return features.filter((feature) => chosen.has(feature));
}
