import { listNames } from '../data/list-names.ts';
import { DataError } from '../platform/errors.ts';
import type { TrainingParameters } from './parameters.ts';

/** @throws DataError when a parameter names a feature that there is not, or wants an order among categories */
export function requireParameters(
  features: readonly string[],
  { categories, monotone, maxBinsOf }: TrainingParameters,
): void {
  requireFeatures('categories', categories, features);
  requireFeatures('monotone', Object.keys(monotone), features);
  requireFeatures('bins_of', Object.keys(maxBinsOf), features);
  const both = categories.find((name) => monotone[name] !== undefined);
  if (both !== undefined) {
    throw new DataError(`'${both}' is both a category and monotone`, {
      why: 'categories have no order in which an answer could rise',
      remedy: 'take it out of trainer.categories or of trainer.monotone',
    });
  }
}

/** @throws DataError when `names`, a setting of the trainer, holds one that is no feature */
export function requireFeatures(
  setting: string,
  names: readonly string[],
  features: readonly string[],
): void {
  const unknown = names.find((name) => !features.includes(name));
  if (unknown === undefined) return;
  throw new DataError(`'${unknown}' of trainer.${setting} is no feature of the training data`, {
    why: `the features are: ${listNames(features)}`,
    remedy: 'name one of these, or take it out',
  });
}
