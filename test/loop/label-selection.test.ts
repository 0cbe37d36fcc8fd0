import { describe, expect, test } from 'vitest';
import { type Table, takeRows } from '../../src/data/table.ts';
import type { ScoredModel } from '../../src/gate/index.ts';
import { weighSelection } from '../../src/gate/weigh-selection.ts';
import { labelSelection } from '../../src/loop/gating/label-selection.ts';
import { uniform } from '../gate/models.ts';

const rows = 3000;
const features = [
  { name: 'score', type: 'numerical' },
  { name: 'noise', type: 'numerical' },
] as const;
const signal = new AbortController().signal;

/** Risk rises with the score; whether a row gets a label is asked of `chance`. */
function population(chance: (score: number) => number) {
  const random = uniform(17);
  const score = Float64Array.from({ length: rows }, random);
  const noise = Float64Array.from({ length: rows }, random);
  const labels = Float64Array.from(score, (value) => (random() < value ** 2 ? 1 : 0));
  const probabilities = Float64Array.from(score, (value) => 0.2 + 0.6 * value);
  const table: Table = {
    rows,
    columns: [
      { kind: 'numeric', name: 'score', type: 'number', values: score },
      { kind: 'numeric', name: 'noise', type: 'number', values: noise },
    ],
  };
  const has = Uint8Array.from(score, (value) => (random() < chance(value) ? 1 : 0));
  const known = Uint32Array.from(has.keys()).filter((row) => has[row] === 1);
  const unknown = Uint32Array.from(has.keys()).filter((row) => has[row] === 0);
  const take = (values: Float64Array, at: Uint32Array) => Float64Array.from(at, (row) => values[row] ?? 0);
  const model = (at: Uint32Array): ScoredModel => ({
    version: '1',
    threshold: 0.5,
    probabilities: take(probabilities, at),
  });
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  const figures = (at: Uint32Array) => {
    const weights = new Float64Array(at.length).fill(1);
    const found = {
      labelled_rows: 0,
      unlabelled_rows: 0,
      roc_auc: 0.5,
      interval: { low: 0, high: 1 },
      differ: true,
      columns: [],
    };
    return weighSelection(
      { champion: null, challenger: model(at), labels: take(labels, at) },
      { found, weights },
    ).weighted?.challenger;
  };
  return {
    ask: () => labelSelection(takeRows(table, known), takeRows(table, unknown), features, signal),
    question: { champion: null, challenger: model(known), labels: take(labels, known) },
    seen: figures(known),
    truth: figures(all),
  };
}

describe('labels that come by selection', () => {
  test('are warned of, and weighing the rows comes nearer to what all labels would have said', async () => {
    const { ask, question, seen, truth } = population((score) => 0.9 - 0.75 * score);
    const selection = await ask();
    expect(selection?.found.differ).toBe(true);
    expect(selection?.found.columns[0]?.name).toBe('score');
    if (selection === null || seen === undefined || truth === undefined)
      throw new Error('nothing was weighed');
    const { weighted } = weighSelection(question, selection);
    const error = (figure: number | undefined, of: number) => Math.abs((figure ?? 0) - of);
    expect(error(seen.f1, truth.f1)).toBeGreaterThan(0.07);
    expect(error(weighted?.challenger.f1, truth.f1)).toBeLessThan(error(seen.f1, truth.f1) / 2);
    expect(error(weighted?.challenger.brier, truth.brier)).toBeLessThan(error(seen.brier, truth.brier) / 2);
    expect(weighted?.effective_rows).toBeLessThan(question.labels.length);
  });

  test('are not seen where labels come by chance, and nothing is weighed', async () => {
    const { ask, question } = population(() => 0.5);
    const selection = await ask();
    expect(selection?.found.differ).toBe(false);
    expect(selection === null ? null : weighSelection(question, selection).weighted).toBeNull();
  });

  test('cannot be told of where every row has a label, or hardly one lacks it', async () => {
    expect(await population(() => 1).ask()).toBeNull();
    expect(await population((score) => (score > 0.999 ? 0 : 1)).ask()).toBeNull();
  });
});

test('weights: twice a row is two rows', () => {
  const found = {
    labelled_rows: 4,
    unlabelled_rows: 1,
    roc_auc: 0.7,
    interval: { low: 0.6, high: 0.8 },
    differ: true,
    columns: [],
  };
  const challenger = { version: '2', threshold: 0.5, probabilities: Float64Array.of(0.9, 0.2, 0.6, 0.4) };
  const { weighted } = weighSelection(
    { champion: { ...challenger, version: '1', threshold: 0.7 }, challenger, labels: [1, 1, 0, 0] },
    { found, weights: Float64Array.of(1, 2, 1, 1) },
  );
  // By hand: one of three positives found, and one false alarm by the challenger; squares .01, .64, .64, .36, .16.
  expect(weighted).toEqual({
    effective_rows: 3.571428571429,
    champion: { f1: 0.5, brier: 0.362 },
    challenger: { f1: 0.4, brier: 0.362 },
    f1_improvement: -0.2,
  });
});
