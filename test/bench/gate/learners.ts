import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readTable, requireNumeric, type Table, takeRows } from '../../../src/data/index.ts';
import {
  chooseThreshold,
  predictProbabilities,
  trainBoostedTrees,
  trainingParameters,
} from '../../../src/training/index.ts';
import { trainerDefaults } from '../../../src/workspace/index.ts';

/** Real rows: one half to learn from, the other, which stands for the whole population, to be judged on. */
export interface Population {
  readonly name: string;
  readonly learning: Part;
  readonly judging: Part;
}

interface Part {
  readonly features: Table;
  readonly labels: Float64Array;
}

/** A model and what it says about every row of the judging half. */
export interface Learner {
  readonly threshold: number;
  readonly probabilities: Float64Array;
}

const root = join(import.meta.dirname, '..', '..', '..');
const real = join(root, '..', 'shared', 'data', 'gmsc', 'reference.csv');

/** The credit rows beside the checkout where they are, else the sample that comes with it. */
export async function readPopulation(random: () => number): Promise<Population> {
  const found = existsSync(real);
  const path = found ? real : join(root, 'fixtures', 'reference.csv');
  const table = await readTable(path);
  const target = found ? 'SeriousDlqin2yrs' : 'defaulted';
  const labels = requireNumeric(table, target).values;
  const features = {
    rows: table.rows,
    columns: table.columns.filter(
      ({ name, type }) => name !== target && (type === 'number' || type === 'integer'),
    ),
  };
  const order = shuffled(table.rows, random);
  const half = Math.floor(table.rows / 2);
  const part = (rows: Uint32Array): Part => ({
    features: takeRows(features, rows),
    labels: Float64Array.from(rows, (row) => labels[row] ?? Number.NaN),
  });
  return {
    name: found ? 'gmsc/reference.csv' : 'fixtures/reference.csv',
    learning: part(order.subarray(0, half)),
    judging: part(order.subarray(half)),
  };
}

/** As `train` does: boosted trees on the first 70 % of `rows`, the threshold of the best F1 on the rest. */
export async function learn(
  { learning, judging }: Population,
  rows: Uint32Array,
  seed: number,
): Promise<Learner> {
  const cut = Math.floor(rows.length * trainerDefaults.trainShare);
  const take = (chosen: Uint32Array) => ({
    features: takeRows(learning.features, chosen),
    target: Float64Array.from(chosen, (row) => learning.labels[row] ?? Number.NaN),
  });
  const model = await trainBoostedTrees({
    ...take(rows.subarray(0, cut)),
    // Rows and features drawn at random, so that another seed gives another model.
    parameters: { ...trainingParameters(trainerDefaults), rowShare: 0.8, featureShare: 0.8 },
    seed,
    signal: new AbortController().signal,
  });
  const rest = take(rows.subarray(cut));
  const chosen = chooseThreshold(predictProbabilities(model, rest.features), rest.target, { rule: 'f1' });
  return { threshold: chosen.value, probabilities: predictProbabilities(model, judging.features) };
}

export function shuffled(rows: number, random: () => number): Uint32Array {
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  for (let place = rows - 1; place > 0; place--) {
    const other = Math.floor(random() * (place + 1));
    [order[place], order[other]] = [order[other] ?? 0, order[place] ?? 0];
  }
  return order;
}

export function drawn(from: number, rows: number, random: () => number): Uint32Array {
  return Uint32Array.from({ length: rows }, () => Math.floor(random() * from));
}
