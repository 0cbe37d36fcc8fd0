import { expect, test } from 'vitest';
import { comparisonRules, requireRulesFit } from '../../src/loop/monitoring/asked-rules.ts';
import { ConfigurationError, UsageError } from '../../src/platform/errors.ts';
import { parseConfiguration } from '../../src/workspace/read-configuration.ts';

const configured = (drift: string) =>
  parseConfiguration(`model: { name: m, schema: s.json }\nmonitoring:\n  drift: ${drift}\n`, 'mlops.yaml')
    .monitoring.drift;
const features = [
  { name: 'age', type: 'numerical' },
  { name: 'region', type: 'categorical' },
] as const;

test('what mlops.yaml says of tests goes into a comparison', () => {
  const rules = comparisonRules(
    {},
    configured('{ convention: nannyml, numerical: hellinger, tests: { age: ks }, thresholds: { age: 0.2 } }'),
  );
  expect(rules.convention.name).toBe('nannyml');
  expect(rules.plan).toMatchObject({
    numerical: 'hellinger',
    byFeature: new Map([['age', 'ks']]),
    thresholdByFeature: new Map([['age', 0.2]]),
  });
});

test('a command’s options go before it', () => {
  const rules = comparisonRules(
    { convention: 'evidently', plan: { numerical: 'psi' }, seed: 7, falseAlarms: 0.01 },
    configured('{ convention: nannyml, numerical: hellinger, false_alarms: 0.2 }'),
  );
  expect(rules).toMatchObject({ plan: { numerical: 'psi' }, seed: 7, falseAlarms: 0.01 });
  expect(rules.convention.name).toBe('evidently');
});

test('whose the fault is tells the error: the file’s, or the command line’s', () => {
  const wrong = configured('{ tests: { region: ks } }');
  expect(() => requireRulesFit({}, features, wrong)).toThrow(ConfigurationError);
  const plan = { byFeature: new Map([['region', 'ks'] as const]) };
  expect(() => requireRulesFit({ plan }, features)).toThrow(UsageError);
});
