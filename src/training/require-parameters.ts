import { listNames } from '../data/list-names.ts';
import { DataError } from '../platform/errors.ts';
import type { TrainingParameters } from './parameters.ts';
import type { BoostedTrees } from './tree.ts';

/** @throws DataError when a parameter names a feature that there is not, or wants an order among categories */
export function requireParameters(
  features: readonly string[],
  { categories, monotone, maxBinsOf }: TrainingParameters,
): void {
  const named = { categories, monotone: Object.keys(monotone), bins_of: Object.keys(maxBinsOf) };
  for (const [key, names] of Object.entries(named)) {
    const unknown = names.find((name) => !features.includes(name));
    if (unknown !== undefined) {
      throw new DataError(`'${unknown}' of trainer.${key} is no feature of the training data`, {
        why: `the features are: ${listNames(features)}`,
        remedy: 'name one of these, or take it out',
      });
    }
  }
  const both = categories.find((name) => monotone[name] !== undefined);
  if (both !== undefined) {
    throw new DataError(`'${both}' is both a category and monotone`, {
      why: 'categories have no order in which an answer could rise',
      remedy: 'take it out of trainer.categories or of trainer.monotone',
    });
  }
}

/** @throws DataError when trees are to be continued on other features than they were grown on */
export function requireSameFeatures(features: readonly string[], start: BoostedTrees): void {
  if (start.features.join('\n') === features.join('\n')) return;
  throw new DataError('the model to continue takes other features than the training data has', {
    why: `it takes ${listNames(start.features)}; the data has ${listNames(features)}`,
    remedy: 'train anew, without --continue',
  });
}
