import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseWeights } from '../../src/commands/drift/weights.ts';
import { NoInputError, UsageError } from '../../src/platform/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'weights-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('are read from pairs and from files, the later one counting', () => {
  const file = join(folder, 'weights.json');
  writeFileSync(file, '{"age": 3, "debt": 0.5}');
  expect(parseWeights(undefined)).toBeUndefined();
  expect(parseWeights([file, 'age=1,a=b=2'])).toEqual(
    new Map([
      ['age', 1],
      ['debt', 0.5],
      ['a=b', 2],
    ]),
  );
});

it('are refused where they are none', () => {
  const file = join(folder, 'weights.json');
  writeFileSync(file, '["age"]');
  for (const given of ['age=', 'age=-1', '=2', 'age=x', 'age=0', file])
    expect(() => parseWeights([given]), given).toThrow(UsageError);
  expect(() => parseWeights(['gone.json'])).toThrow(NoInputError);
});
