import type { ScoredModel, Segment } from '../../src/gate/index.ts';
import { uniform } from './models.ts';

export interface Sample {
  readonly labels: Uint8Array;
  readonly champion: ScoredModel;
  readonly challenger: ScoredModel;
  /** Four groups of very different size. */
  readonly groups: readonly Segment[];
}

/** Rows whose figures were computed in Python, by the same generator in the same order. */
export function sample(rows = 600): Sample {
  const random = uniform(11);
  const labels = new Uint8Array(rows);
  const champion = new Float64Array(rows);
  const challenger = new Float64Array(rows);
  const group = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const positive = random() < 0.3 ? 1 : 0;
    labels[row] = positive;
    champion[row] = 0.6 * random() + 0.3 * positive;
    challenger[row] = 0.6 * random() + 0.35 * positive;
    const place = random();
    group[row] = place < 0.5 ? 0 : place < 0.8 ? 1 : place < 0.97 ? 2 : 3;
  }
  return {
    labels,
    champion: { version: '1', threshold: 0.5, probabilities: champion },
    challenger: { version: '2', threshold: 0.45, probabilities: challenger },
    groups: ['a', 'b', 'c', 'd'].map((name, code) => ({
      name,
      rows: Uint32Array.from(group.keys()).filter((row) => group[row] === code),
    })),
  };
}
