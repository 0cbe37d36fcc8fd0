import { type GateQuestion, gateCriteria, type ScoredModel } from '../../src/gate/index.ts';

/** `positives` ones, then `negatives` zeros. */
export function labelsOf(positives: number, negatives: number): Uint8Array {
  return Uint8Array.from({ length: positives + negatives }, (_, row) => (row < positives ? 1 : 0));
}

/** A model that flags the first `found` of the positives and the first `alarms` of the negatives. */
export function flagging(version: string, labels: Uint8Array, found: number, alarms: number): ScoredModel {
  const positives = labels.filter((label) => label === 1).length;
  const probabilities = Float64Array.from(labels, (label, row) =>
    (label === 1 ? row < found : row - positives < alarms) ? 0.9 : 0.1,
  );
  return { version, threshold: 0.5, probabilities };
}

export function constant(version: string, rows: number, probability: number): ScoredModel {
  return { version, threshold: 0.5, probabilities: new Float64Array(rows).fill(probability) };
}

export function everyRow(rows: number): Uint32Array {
  return Uint32Array.from({ length: rows }, (_, row) => row);
}

const labels = labelsOf(100, 300);

/** A challenger that passes every criterion of the production preset: F1 0.5 to 0.6 on 400 rows. */
export function convincing(): GateQuestion {
  return {
    champion: flagging('2', labels, 50, 50),
    challenger: flagging('3', labels, 60, 40),
    labels,
    coverage: 0.6,
    daysSincePromotion: 9.2,
    segments: [{ name: 'everybody', rows: everyRow(400) }],
    criteria: gateCriteria('production'),
  };
}

/** Numbers 0..1 of Park and Miller's minimal standard generator. */
export function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (16807 * state) % 2147483647;
    return state / 2147483647;
  };
}
