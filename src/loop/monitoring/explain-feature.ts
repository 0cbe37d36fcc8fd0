import { listNames } from '../../data/index.ts';
import type { DriftExplanation } from '../../data/results/drift-explain.ts';
import { describeTest, explainLimit } from '../../drift/index.ts';
import { toIso } from '../../platform/clock.ts';
import { NoInputError } from '../../platform/errors.ts';
import { nearest } from '../../platform/nearest.ts';
import type { ComparedDrift } from './drift-reports.ts';

/** Everything that is known of one feature. @throws NoInputError naming the nearest where there is none of that name */
export function explainFeature({ result, subject }: ComparedDrift, name: string): DriftExplanation {
  const feature = result.features.find((each) => each.name === name);
  if (feature === undefined) {
    const names = result.features.map((each) => each.name);
    const near = nearest(name, names);
    throw new NoInputError(`there is no feature '${name}'`, {
      why: `the features are ${listNames(names)}`,
      remedy: near.length === 0 ? 'name one of these' : `did you mean ${near.join(', ')}?`,
    });
  }
  return {
    feature,
    reference: { name: subject.referenceName, rows: result.reference.rows },
    current: { name: subject.currentName, rows: result.current.rows },
    at: toIso(subject.generatedAt),
    test: describeTest(feature),
    limit: explainLimit(feature, result),
    issues: (result.issues ?? []).filter((issue) => issue.feature === name),
    runs: [...(subject.past?.get(name) ?? [])],
  };
}
