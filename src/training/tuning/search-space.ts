import type { EstimatorParameters } from '../parameters.ts';
import type { Dimension } from './dimension.ts';
import type { Values } from './suggest.ts';

const plain = { logarithmic: false, whole: false } as const;
const byRatio = { logarithmic: true, whole: false } as const;
const wholeByRatio = { logarithmic: true, whole: true } as const;

/** What is searched for, by estimator; names as in `trainer` of mlops.yaml. */
const spaces: Readonly<Record<EstimatorParameters['estimator'], readonly Dimension[]>> = {
  trees: [
    { name: 'learning_rate', low: 0.01, high: 0.2, ...byRatio },
    { name: 'leaves', low: 4, high: 64, ...wholeByRatio },
    { name: 'minimum_rows_per_leaf', low: 5, high: 200, ...wholeByRatio },
    { name: 'l1', low: 0.001, high: 10, ...byRatio },
    { name: 'l2', low: 0.01, high: 100, ...byRatio },
    { name: 'row_share', low: 0.5, high: 1, ...plain },
    { name: 'feature_share', low: 0.3, high: 1, ...plain },
  ],
  forest: [
    { name: 'depth', low: 3, high: 20, logarithmic: false, whole: true },
    { name: 'minimum_rows_per_leaf', low: 1, high: 100, ...wholeByRatio },
  ],
  logistic: [{ name: 'l2', low: 0.001, high: 1000, ...byRatio }],
};

export function searchSpace({ estimator }: EstimatorParameters): readonly Dimension[] {
  return spaces[estimator];
}

/** The values of these parameters, by the names of the search space. */
export function searchedValues(parameters: EstimatorParameters): Values {
  switch (parameters.estimator) {
    case 'trees':
      return {
        learning_rate: parameters.learningRate,
        leaves: parameters.maxLeaves,
        minimum_rows_per_leaf: parameters.minRowsPerLeaf,
        l1: parameters.l1,
        l2: parameters.l2,
        row_share: parameters.rowShare,
        feature_share: parameters.featureShare,
      };
    case 'forest':
      return { depth: parameters.depth, minimum_rows_per_leaf: parameters.minRowsPerLeaf };
    case 'logistic':
      return { l2: parameters.l2 };
  }
}

/** The parameters with other values where they are searched for. */
export function withValues(parameters: EstimatorParameters, values: Values): EstimatorParameters {
  const own = searchedValues(parameters);
  const value = (name: string) => values[name] ?? own[name] ?? Number.NaN;
  switch (parameters.estimator) {
    case 'trees':
      return {
        ...parameters,
        learningRate: value('learning_rate'),
        maxLeaves: value('leaves'),
        minRowsPerLeaf: value('minimum_rows_per_leaf'),
        l1: value('l1'),
        l2: value('l2'),
        rowShare: value('row_share'),
        featureShare: value('feature_share'),
      };
    case 'forest':
      return { ...parameters, depth: value('depth'), minRowsPerLeaf: value('minimum_rows_per_leaf') };
    case 'logistic':
      return { ...parameters, l2: value('l2') };
  }
}
