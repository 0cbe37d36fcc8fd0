import { expect, test } from 'vitest';
import { earlyLabelsDiffer } from '../../src/gate/index.ts';

// Newcombe's 99.9 % interval by statsmodels: 60/500 less 22/400 is 0.0006 to 0.127, less 24/400 it reaches below 0.
test.each([
  [{ labelled: 500, positives: 60 }, { labelled: 400, positives: 22 }, true],
  [{ labelled: 400, positives: 22 }, { labelled: 500, positives: 60 }, true],
  [{ labelled: 500, positives: 60 }, { labelled: 400, positives: 24 }, false],
  [{ labelled: 29, positives: 29 }, { labelled: 400, positives: 24 }, false],
])('early labels %o against late ones %o: %s', (early, late, differ) => {
  expect(earlyLabelsDiffer(early, late)).toBe(differ);
});
