import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/platform/errors.ts';
import { configurationDefinition, durationMs, readConfiguration } from '../../src/workspace/index.ts';

const path = join(mkdtempSync(join(tmpdir(), 'mlops-test-')), 'mlops.yaml');
const oneKind = 'expected exactly one of these keys: url, tcp, command, process, container';
const head = 'model:\n  name: credit\n  schema: schema.json\n';

function read(text: string | Uint8Array) {
  writeFileSync(path, text);
  return readConfiguration(path);
}

function failure(text: string | Uint8Array): ConfigurationError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('mlops.yaml', () => {
  it("has the runbook's number wherever it says nothing", () => {
    const config = read(head);
    expect(config.monitoring).toEqual({
      lookback: '24h',
      minimum_sample: 200,
      drift: {
        against: 'reference',
        warning_share: 0.3,
        critical_share: 0.5,
        false_alarms: 0.05,
        tests: {},
        thresholds: {},
      },
      volume: {
        expected_per_day: [100, 1000],
        warning_per_hour: 50,
        critical_per_hour: 10,
        unusual_per_hour: 10_000,
      },
    });
    expect(config.performance).toEqual({
      lookback: '30d',
      brier_maximum: 0.2,
      f1_warning_drop: 0.05,
      f1_critical_drop: 0.1,
    });
    expect(config.disk).toEqual({ warning: 0.8, critical: 0.95, folders: [] });
    expect(config.host).toEqual({ memory_warning: 0.8, memory_critical: 0.95 });
    expect(config.gate).toEqual({
      preset: 'production',
      overrides: {},
      segments: { bins: 4, bins_of: {}, found: true },
      protected: [],
      commands: [],
    });
    expect(config.heal.mode).toBe('suggest');
    expect(config.trainer).toMatchObject({ seed: 42, train_share: 0.7 });
    expect(config.contacts.high_drift).toEqual({
      issue: 'High Drift Alert',
      contact: 'Data Science Lead',
      response: '4 hours',
    });
    expect(config.services).toEqual([]);
  });

  it('gives a service the response times of the runbook', () => {
    const [service] = read(
      `${head}services:\n  - { name: API, url: http://localhost:8000/health }\n`,
    ).services;
    expect(service).toMatchObject({ warning_ms: 500, critical_ms: 2000, contact: 'api_down' });
  });

  it('refuses an unknown key, naming line, column and the keys there are', () => {
    const error = failure(`${head}monitoring:\n  drift:\n    warning_shar: 0.2\n`);
    expect(error.message).toBe(`${path}, line 6, column 5: unknown key 'monitoring.drift.warning_shar'`);
    expect(error.why).toBe(
      'expected only these keys: against, warning_share, critical_share, false_alarms, convention, numerical, categorical, tests, threshold, thresholds',
    );
    expect(error.exitCode).toBe(78);
  });

  it('refuses a bad value, naming where it stands and what was expected', () => {
    const error = failure(`${head}monitoring:\n  drift:\n    warning_share: 30\n`);
    expect(error.message).toBe(`${path}, line 6, column 20: bad value of 'monitoring.drift.warning_share'`);
    expect(error.why).toBe('expected a number from 0 to 1');
  });

  it.each([
    ['monitoring: { lookback: yesterday }', 'expected a duration such as 30s, 15m, 24h, 7d or 2w'],
    [
      'monitoring: { drift: { numerical: wassertein } }',
      'expected the name of a drift test, perhaps wasserstein; mlops help drift-tests lists them',
    ],
    ['monitoring: { drift: { convention: evidentally } }', 'expected one of: mlops, evidently, nannyml'],
    ['monitoring: { drift: { against: week-before } }', 'expected one of: reference, previous, week_before'],
    [
      'monitoring: { lookback: 8d, drift: { against: week_before } }',
      'expected at most 7d, because drift.against is week_before: longer windows would overlap',
    ],
    ['gate: { preset: strict }', 'expected one of: production, conservative, aggressive'],
    ['trainer: { seed: 4.5 }', 'expected a whole number from 0'],
    ['services: [{ name: API, url: localhost }]', 'expected an address that starts with http:// or https://'],
    ['services: [{ name: API }]', oneKind],
    ['services: [API]', oneKind],
    ['services: [{ name: API, url: "http://x", tcp: "x:1" }]', oneKind],
    ['services: [{ name: API, tcp: localhost }]', 'expected host:port, such as 127.0.0.1:5432'],
    ['services: [{ name: API, tcp: "localhost:70000" }]', 'expected host:port, such as 127.0.0.1:5432'],
    [
      'services: [{ name: API, command: "true", warning_ms: 5 }]',
      'expected only these keys: command, name, timeout_ms, contact, restart, restart_timeout_ms, logs',
    ],
    ['services: [{ name: API, container: x, engine: lxc }]', 'expected one of: docker, podman, compose'],
    ['services: [{ name: API, process: x, cpu_warning: 0 }]', 'expected a number above 0'],
    [
      'services: [{ name: API, url: "http://x", expect_body: "/(/" }]',
      'expected a text, or a regular expression such as /"ok": *true/i',
    ],
    [
      'services: [{ name: A, process: x }, { name: A, process: y }]',
      'expected a name that no service before it has',
    ],
    ['disk: { warning: 0.9, critical: 0.8 }', 'expected at most critical'],
    ['services: API', 'expected a list'],
    ['heal: 3', 'expected only these keys: mode, minimum_labelled_rows, retrain_after'],
  ])('refuses %s', (line, expected) => {
    const error = failure(`${head}${line}\n`);
    expect(error.message).toContain('line 4');
    expect(error.why).toBe(expected);
  });

  it('names the place of a fault within a service of any kind', () => {
    const error = failure(`${head}services:\n  - name: API\n    tcp: localhost:1\n    warning: 5\n`);
    expect(error.message).toBe(`${path}, line 7, column 5: unknown key 'services.0.warning'`);
    expect(error.why).toMatch(/^expected only these keys: tcp, warning_ms/);
  });

  it('names a missing key where it should stand', () => {
    const error = failure('model:\n  name: credit\n');
    expect(error.message).toBe(`${path}, line 2, column 3: 'model.schema' is missing`);
    expect(error.why).toBe('expected a text that is not empty');
  });

  it('names every fault, not only the first', () => {
    const error = failure(`${head}colour: red\nprice: 3\n`);
    expect(error.message).toContain("line 4, column 1: unknown key 'colour'");
    expect(error.why).toContain("line 5, column 1: unknown key 'price'");
  });

  it('refuses what is no YAML, a doubled key, an empty file and bytes that are no text', () => {
    expect(failure(`${head}monitoring: [\n`).message).toMatch(/line \d+, column \d+: not YAML/);
    expect(failure(`${head}model:\n  name: again\n`).message).toMatch(/line 4, column 1: not YAML/);
    expect(failure('').message).toContain("'model' is missing");
    expect(failure(Uint8Array.of(0x6d, 0xff, 0xfe)).message).toBe(`${path} is not text`);
  });

  it('is published as JSON Schema that refuses unknown keys', async () => {
    const { z } = await import('zod');
    const schema = z.toJSONSchema(configurationDefinition, { io: 'input' });
    expect(schema.additionalProperties).toBe(false);
    expect(schema.required).toEqual(['model']);
  });

  it('reads its durations', () => {
    expect(durationMs('24h')).toBe(86_400_000);
    expect(() => durationMs('soon')).toThrow(ConfigurationError);
  });
});
