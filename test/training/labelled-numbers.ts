import type { Table } from '../../src/data/index.ts';
import {
  type BoostedTrees,
  type TrainingParameters,
  type TrainingQuestion,
  trainBoostedTrees,
  trainingParameters,
} from '../../src/training/index.ts';
import { randomFrom } from '../../src/training/random.ts';
import { trainerDefaults } from '../../src/workspace/index.ts';

export interface LabelledNumbers {
  readonly features: Table;
  readonly target: Float64Array;
}

export function tableOf(columns: Readonly<Record<string, Float64Array>>): Table {
  const entries = Object.entries(columns);
  return {
    rows: entries[0]?.[1].length ?? 0,
    columns: entries.map(([name, values]) => ({ kind: 'numeric', name, type: 'number', values })),
  };
}

/** `risk` raises the odds, in waves that noise makes; `noise` says nothing. */
export function riskAndNoise(rows: number): LabelledNumbers {
  const random = randomFrom(11);
  const risk = Float64Array.from({ length: rows }, random);
  const noise = Float64Array.from({ length: rows }, random);
  const target = risk.map((value) => Number(random() < 1 / (1 + Math.exp(2 - 4 * value))));
  return { features: tableOf({ risk, noise }), target };
}

export function grow(
  { features, target }: LabelledNumbers,
  parameters: Partial<TrainingParameters>,
  more: Partial<Omit<TrainingQuestion, 'features' | 'target' | 'parameters'>> = {},
): Promise<BoostedTrees> {
  return trainBoostedTrees({
    features,
    target,
    parameters: { ...trainingParameters(trainerDefaults), ...parameters },
    seed: 5,
    signal: new AbortController().signal,
    ...more,
  });
}
