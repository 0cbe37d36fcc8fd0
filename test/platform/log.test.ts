import { chmodSync, existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appendLog, keptLogs } from '../../src/platform/log.ts';

const entry = { time: '2026-11-24T00:00:00.000Z', level: 'info', msg: 'done' } as const;
const folder = () => mkdtempSync(join(tmpdir(), 'mlops-test-'));

test('appends a JSON line, in a folder that it makes', () => {
  const path = join(folder(), 'logs', 'mlops.jsonl');
  appendLog(path, entry);
  appendLog(path, { ...entry, command: 'health' });
  expect(
    readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([entry, { ...entry, command: 'health' }]);
});

test('a full log makes room, and only so many old ones are kept', () => {
  const path = join(folder(), 'mlops.jsonl');
  for (let round = 1; round <= keptLogs + 2; round++) {
    writeFileSync(path, `${round}${' '.repeat(5_000_001)}`);
    appendLog(path, entry);
  }
  expect(statSync(path).size).toBeLessThan(1000);
  const rounds = Array.from({ length: keptLogs }, (_, age) =>
    readFileSync(`${path}.${age + 1}`, 'utf8').trim(),
  );
  expect(rounds).toEqual(['5', '4', '3']);
  expect(existsSync(`${path}.${keptLogs + 1}`)).toBe(false);
});

test('never fails where it cannot be written', () => {
  const blocked = folder();
  writeFileSync(join(blocked, 'logs'), 'a file');
  expect(() => appendLog(join(blocked, 'logs', 'mlops.jsonl'), entry)).not.toThrow();
  const path = join(folder(), 'mlops.jsonl');
  writeFileSync(path, '');
  chmodSync(path, 0o444);
  expect(() => appendLog(path, entry)).not.toThrow();
});
