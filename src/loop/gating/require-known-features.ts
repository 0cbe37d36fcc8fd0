import { findColumn, listNames, type Table } from '../../data/index.ts';
import { DataError } from '../../platform/errors.ts';
import type { ModelVersion } from '../../registry/index.ts';

/** @throws DataError when the version takes features that the predictions of the store do not have: it cannot be scored on them */
export function requireKnownFeatures({ version, features }: ModelVersion, predictions: Table): void {
  const unknown = features.filter((name) => findColumn(predictions, name) === undefined);
  if (unknown.length === 0) return;
  throw new DataError(
    `version ${version} takes features that the predictions do not have: ${listNames(unknown)}`,
    {
      why: `the predictions have ${listNames(predictions.columns.map(({ name }) => name))}`,
      remedy: 'record predictions with these features, or train a challenger without them (--leave-out)',
    },
  );
}
