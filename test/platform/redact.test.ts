import { expect, test } from 'vitest';
import { withoutSecrets } from '../../src/platform/redact.ts';

test.each([
  ['https://operator:s3cret@host:8000/path', 'https://•••@host:8000/path'],
  ['postgres://u:s3cret@db/x?sslmode=require', 'postgres://•••@db/x?sslmode=require'],
  ['GET /health?token=s3cret&page=2', 'GET /health?token=•••&page=2'],
  ['PGPASSWORD=s3cret pg_dump credit', 'PGPASSWORD=••• pg_dump credit'],
  ['{"api_key": "s3cret", "rows": 3}', '{"api_key": •••, "rows": 3}'],
  ["curl -H 'Authorization: Bearer s3cret.s3cret-s3cret' host", "curl -H 'Authorization: Bearer •••' host"],
  ['authorization: Basic czNjcmV0', 'authorization: Basic •••'],
  ['smtp_password: s3cret', 'smtp_password: •••'],
  ['routing_key=s3cret', 'routing_key=•••'],
])('%s', (text, expected) => {
  expect(withoutSecrets(text)).toBe(expected);
});

test.each([
  'http://localhost:8000/health answered 200 in 3 ms',
  'run 3 CRITICAL: 6 of 10 features drifted',
  'mail ada@example.com at 10:30',
])('leaves %s', (text) => {
  expect(withoutSecrets(text)).toBe(text);
});
