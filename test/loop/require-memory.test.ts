import { describe, expect, test } from 'vitest';
import { requireMemory, trainingBytes } from '../../src/loop/training/require-memory.ts';
import { TooLittleMemoryError } from '../../src/platform/errors.ts';

const gib = 2 ** 30;
const tenMillion = { rows: 10_000_000, columns: 11, estimator: 'trees' } as const;

describe('the memory of a training', () => {
  test('is under 4 GiB for ten million rows of ten features', () => {
    expect(trainingBytes(tenMillion)).toBeLessThan(4 * gib);
    expect(() => requireMemory(tenMillion, 4 * gib)).not.toThrow();
  });

  test('that is not to be had is refused beforehand, with both figures', () => {
    expect(() => requireMemory(tenMillion, gib)).toThrow(TooLittleMemoryError);
    expect(() => requireMemory(tenMillion, gib)).toThrow(
      'training on 10,000,000 rows of 11 columns needs about 2.9 GB of memory, and 1.1 GB can be had',
    );
  });

  test('grows with rows, columns, and what the estimator copies', () => {
    const bytes = trainingBytes(tenMillion);
    expect(trainingBytes({ ...tenMillion, rows: 20_000_000 })).toBeGreaterThan(1.7 * bytes);
    expect(trainingBytes({ ...tenMillion, columns: 22 })).toBeGreaterThan(1.3 * bytes);
    expect(trainingBytes({ ...tenMillion, estimator: 'logistic' })).toBeGreaterThan(bytes);
  });
});
