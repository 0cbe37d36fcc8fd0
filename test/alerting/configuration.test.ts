import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configurationText } from '../../src/workspace/configuration-text.ts';
import { readConfiguration } from '../../src/workspace/index.ts';

const path = join(mkdtempSync(join(tmpdir(), 'mlops-test-')), 'mlops.yaml');
const read = (text: string) => {
  writeFileSync(path, text);
  return readConfiguration(path);
};
const fresh = configurationText({ model: 'credit', schemaPath: 'schema.json' });

test('the examples that init writes as comments are right once they are no comments', () => {
  const example = /^( {2})# ((?: {2}|rules:|channels:|quiet_hours:|api_down:).*)$/;
  const [before = '', alerts = ''] = fresh.split(/^alerts:$/m);
  const lines = alerts.split('\n').map((line) => line.replace(example, '$1$2'));
  const config = read(`${before}alerts:${lines.join('\n')}`);
  expect(config.alerts.channels.map(({ kind }) => kind)).toEqual([
    'smtp',
    'webhook',
    'pagerduty',
    'alertmanager',
    'textfile',
    'command',
  ]);
  expect(config.alerts.rules.drift).toMatchObject({ critical: 0.6, hysteresis: 0.1, repeat: '24h' });
  expect(config.alerts.quiet_hours).toEqual({ from: '22:00', until: '07:00', zone: 'Europe/Vienna' });
  expect(config.escalation.api_down.rota?.people).toMatchObject([{ name: 'Ada' }, { name: 'Grace' }]);
});

test('what init writes is what holds without it', () => {
  const { alerts, escalation } = read('model: { name: credit, schema: schema.json }\n');
  expect(read(fresh)).toMatchObject({ alerts, escalation });
});

test('a response time that is none is refused', () => {
  const contact = '{ issue: API, contact: Ada, response: soon }';
  expect(() => read(`model: { name: c, schema: s }\ncontacts: { api_down: ${contact} }\n`)).toThrow(
    /contacts.api_down.response/,
  );
});

test('an escalation to a channel that is not there is refused', () => {
  expect(() =>
    read('model: { name: c, schema: s }\nescalation: { api_down: { channels: [pager] } }\n'),
  ).toThrow(/escalation.api_down.channels.0/);
});
