import { describe, expect, test } from 'vitest';
import { configurationWithoutSecrets } from '../../src/workspace/configuration-without-secrets.ts';
import { bodyPattern, logSource } from '../../src/workspace/index.ts';

describe('the logs of a service', () => {
  test.each([
    ['/var/log/api.log', { kind: 'file', path: '/var/log/api.log' }],
    ['log/api.log', { kind: 'file', path: 'log/api.log' }],
    ['./api', { kind: 'file', path: './api' }],
    ['api.log', { kind: 'file', path: 'api.log' }],
    ['journald:api.service', { kind: 'journald', unit: 'api.service' }],
    ['docker-compose logs api', { kind: 'command', command: 'docker-compose logs api' }],
    ['/usr/bin/api-logs --tail', { kind: 'command', command: '/usr/bin/api-logs --tail' }],
    ['api-logs', { kind: 'command', command: 'api-logs' }],
  ])('%s', (text, source) => {
    expect(logSource(text)).toEqual(source);
  });
});

test('a body is expected as it stands, or by a regular expression between slashes', () => {
  expect(bodyPattern('a.c (1)').test('xa.c (1)x')).toBe(true);
  expect(bodyPattern('a.c').test('abc')).toBe(false);
  expect(bodyPattern('/a.c/').test('abc')).toBe(true);
  expect(bodyPattern('/A.C/i').test('abc')).toBe(true);
});

test('the configuration for others to read has no secret, in keys, addresses, commands and comments', () => {
  const text = configurationWithoutSecrets(`
# the password is s3cret
model: { name: credit, schema: schema.json }
services:
  - { name: API, url: 'http://ada:s3cret@host/?token=s3cret', restart: 'PGPASSWORD=s3cret restart' }
channels:
  - { kind: mail, smtp_password: s3cret, to: ada@example.com }
  - { kind: slack, webhook: 'https://hooks.example/s3cret' }
`);
  expect(text).not.toContain('s3cret');
  expect(text).toContain('name: credit');
  expect(text).toContain('ada@example.com');
  expect(configurationWithoutSecrets('model: [\npassword: s3cret')).not.toContain('s3cret');
});
