import type { NumericColumn } from '../../../src/data/index.ts';
import { randomFrom } from '../../../src/training/random.ts';

/** A Monday. */
export const firstDay = Date.parse('2026-08-03T00:00:00Z');
export const dayMs = 86_400_000;
const days = 56;
const perDay = 100;

/** A row's value by its time (epoch milliseconds) and a standard normal value. */
export type ValueAt = (at: number, normal: number) => number;

/** Standard normal values (Box and Muller 1958). */
export function normalFrom(seed: number): () => number {
  const random = randomFrom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function numbers(values: Float64Array): NumericColumn {
  return { kind: 'numeric', name: 'x', type: 'number', values };
}

/** Ten thousand standard normal values. */
export function referenceOf(seed: number): NumericColumn {
  return numbers(Float64Array.from({ length: 10_000 }, normalFrom(seed)));
}

/** Eight weeks of a hundred rows a day, at random times. */
export function streamOf(seed: number, valueAt: ValueAt) {
  const random = randomFrom(seed + 1);
  const normal = normalFrom(seed + 2);
  const times = Float64Array.from({ length: days * perDay }, () => firstDay + random() * days * dayMs).sort();
  return { times, current: numbers(times.map((at) => valueAt(at, normal()))) };
}
