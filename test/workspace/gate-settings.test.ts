import { describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../src/workspace/index.ts';

const withGate = (...lines: string[]) =>
  parseConfiguration(
    ['model: { name: sample, schema: schema.json }', 'gate:', ...lines.map((line) => `  ${line}`)].join('\n'),
    'mlops.yaml',
  ).gate;

describe('gate in mlops.yaml', () => {
  test('looks at quarters of every feature and the worst slice when nothing is set', () => {
    expect(withGate('preset: production')).toMatchObject({
      segments: { bins: 4, bins_of: {}, found: true },
      protected: [],
    });
  });

  test.each([
    ['costs: { false_positive: 0, false_negative: 0 }', 'expected a cost above 0, or one for false_positive'],
    ['costs: { false_positive: -1, false_negative: 5 }', "bad value of 'gate.costs.false_positive'"],
    ['costs: { false_positive: 1 }', "'gate.costs.false_negative' is missing"],
    ['segments: { colums: [age] }', "unknown key 'gate.segments.colums'"],
    ['segments: { bins: 1 }', "bad value of 'gate.segments.bins'"],
    ['segments: { columns: [] }', "bad value of 'gate.segments.columns'"],
    [
      'overrides: { maximum_equal_opportunity_difference: 1.2 }',
      "bad value of 'gate.overrides.maximum_equal_opportunity_difference'",
    ],
  ])('%s is refused with its line', (line, told) => {
    let failure: unknown;
    try {
      withGate(line);
    } catch (error) {
      failure = error;
    }
    const { message = '', why = '' } =
      failure instanceof Error ? { why: '', ...failure, message: failure.message } : {};
    expect(`${message} ${why}`).toContain(told);
    expect(message).toContain('mlops.yaml, line 3');
  });
});
