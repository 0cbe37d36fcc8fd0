import { describe, expect, test } from 'vitest';
import type { HealthCheck, HealthResult } from '../../src/data/results/health.ts';
import { healthText } from '../../src/report/health-text.ts';
import { parseExposition } from './prometheus-text.ts';

const contact = { issue: 'Infrastructure', contact: 'DevOps Team', response: '2 hours' };
const check = (name: string, more: Partial<HealthCheck> = {}): HealthCheck => ({
  name,
  status: 'OK',
  summary: 'fine',
  observed: null,
  threshold: null,
  unit: null,
  limits: null,
  remedy: null,
  contact,
  ...more,
});
const result: HealthResult = {
  status: 'CRITICAL',
  generated_at: '2026-11-24T00:00:00.000Z',
  checks: [
    check('disk', {
      observed: 0.5,
      unit: 'share',
      limits: { alarms: 'above', warning: 0.8, critical: 0.95 },
    }),
    check('f1', {
      status: 'WARNING',
      summary: 'low | very\nlow',
      observed: 0.475,
      unit: 'score',
      limits: { alarms: 'below', warning: 0.48, critical: 0.45 },
    }),
    check(`service:the "A=P'I"\\`, { status: 'CRITICAL', observed: 2500.4, unit: 'ms' }),
    check('monitoring', { observed: 2, unit: 'hours' }),
    check('brier'),
  ],
};
const sweep = {
  status: 'CRITICAL' as const,
  workspaces: [
    { workspace: 'models/a', status: 'CRITICAL' as const, result, failure: null },
    {
      workspace: 'models/b',
      status: 'UNKNOWN' as const,
      result: null,
      failure: { error: 'no workspace', cause: null, try: null, exit_code: 78 },
    },
  ],
};

describe('nagios', () => {
  test('one line: verdict, what is not well, and figures in the units that the convention knows', () => {
    const [text, data] = healthText(result, 'nagios').split(' | ');
    expect(text).toBe(
      `CRITICAL - 3 of 5 checks OK; WARNING f1: low / very low; CRITICAL service:the "A=P'I"\\: fine`,
    );
    expect(data).toBe(
      `disk=50%;80;95;0;100 f1=0.475;0.48:;0.45:;0;1 'service:the "A P''I"\\'=2500.4ms;;;0; monitoring=7200s;;;0;`,
    );
  });

  test('several workspaces are told apart', () => {
    const line = healthText(sweep, 'nagios');
    expect(line).toMatch(
      /^CRITICAL - models\/a: 3 of 5 checks OK; .*; models\/b: no workspace \| models\/a\/disk=50%/,
    );
    expect(line).not.toContain('\n');
  });
});

describe('prometheus', () => {
  test('is read by a strict reader, names with quotes and backslashes too', () => {
    const samples = parseExposition(healthText(result, 'prometheus'));
    const of = (name: string, labels: Readonly<Record<string, string>>) =>
      samples.find(
        (each) =>
          each.name === name && Object.entries(labels).every(([key, value]) => each.labels[key] === value),
      )?.value;
    expect(of('mlops_health_status', {})).toBe(2);
    expect(of('mlops_health_check_status', { check: 'disk' })).toBe(0);
    expect(of('mlops_health_check_status', { check: `service:the "A=P'I"\\` })).toBe(2);
    expect(of('mlops_health_check_value', { check: 'disk', unit: 'share' })).toBe(0.5);
    expect(of('mlops_health_check_value', { check: 'brier' })).toBeUndefined();
    expect(of('mlops_health_check_limit', { check: 'f1', level: 'critical', alarms: 'below' })).toBe(0.45);
    expect(of('mlops_health_timestamp_seconds', {})).toBe(Date.parse(result.generated_at) / 1000);
  });

  test('several workspaces are told apart by a label', () => {
    const samples = parseExposition(healthText(sweep, 'prometheus'));
    expect(samples.filter((each) => each.name === 'mlops_health_status')).toEqual([
      { name: 'mlops_health_status', labels: { workspace: 'models/a' }, value: 2 },
      { name: 'mlops_health_status', labels: { workspace: 'models/b' }, value: 3 },
    ]);
    expect(samples).toContainEqual({ name: 'mlops_health_sweep_status', labels: {}, value: 2 });
  });

  test('the reader refuses what is no exposition', () => {
    const head = '# HELP a text\n# TYPE a gauge\n';
    expect(parseExposition(`${head}a 1\n`)).toHaveLength(1);
    for (const bad of [
      'a 1\n',
      `${head}a 1`,
      `${head}a 1\na 1\n`,
      `${head}a{b=1} 1\n`,
      `${head}a one\n`,
      `${head}b 1\n`,
    ])
      expect(() => parseExposition(bad)).toThrow();
  });
});

test('a sweep for a terminal names each workspace, and why one could not be judged', () => {
  const text = healthText(sweep, 'table');
  expect(text).toContain('0 of 2 workspaces OK');
  expect(text).toMatch(/models\/b\S*\n\S*UNKNOWN\S* - no workspace/);
});
