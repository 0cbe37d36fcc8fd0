import type { ComparedTest } from '../data/results/drift.ts';
import type { Samples } from './samples.ts';
import { type DriftTest, driftTests, isDrifted, measureOrSayWhyNot } from './tests/index.ts';

/** Every test that takes the samples' type, each decided alone by its own threshold. */
export function compareByAllTests(samples: Samples): ComparedTest[] {
  return Object.values<DriftTest>(driftTests)
    .filter((test) => test.takes.includes(samples.type))
    .map((test) => compared(test, samples));
}

function compared(test: DriftTest, samples: Samples): ComparedTest {
  const { name, threshold } = test;
  const measured = measureOrSayWhyNot(test, samples);
  if (typeof measured === 'string')
    return { test: name, score: null, p_value: null, threshold, drifted: false, note: measured };
  const { score, pValue, note } = measured;
  const drifted = isDrifted(test, score, threshold);
  const compared = { test: name, score, p_value: pValue, threshold, drifted };
  return note === undefined ? compared : { ...compared, note };
}
