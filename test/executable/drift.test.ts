import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { runMlops } from './run-mlops.ts';

const root = join(import.meta.dirname, '..', '..');
const reference = join(root, 'fixtures', 'reference.csv');
const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
const fileOf = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

test('a file against itself is OK, and the JSON is what schemas/ promises', async () => {
  const outcome = await runMlops(['--json', 'drift', '--reference', reference, '--current', reference]);
  expect(outcome.code).toBe(0);
  const result = JSON.parse(outcome.stdout);
  expect(result).toMatchObject({ status: 'OK', features_total: 8, features_drifted: 0, share_drifted: 0 });
  const validate = new Ajv2020().compile(
    JSON.parse(readFileSync(join(root, 'schemas', 'drift.schema.json'), 'utf8')),
  );
  expect(validate(result), JSON.stringify(validate.errors)).toBe(true);
});

test('--multivariate looks at the features together, for the reader and in the JSON', async () => {
  const current = join(root, 'fixtures', 'stream.csv');
  const files = ['drift', '--reference', reference, '--current', current, '--multivariate'];
  expect((await runMlops(files)).stdout).toMatch(/^together: .*ROC AUC 0\.\d+ \(0\.\d+ to [01]/m);
  const { multivariate } = JSON.parse((await runMlops(['--json', ...files])).stdout);
  expect(multivariate.domain_classifier.interval[0]).toBeLessThan(multivariate.domain_classifier.roc_auc);
  expect(multivariate.rows).toMatchObject({ sampled: false });
});

test('--target and --prediction are no features; labels, answers and errors are told beside them', async () => {
  const lines = (seed: number) =>
    Array.from({ length: 600 }, (_, row) => {
      const share = ((row * 7919 + seed) % 600) / 600;
      return `${(row * 31 + seed) % 97},${share},${Number((row * 104_729 + seed) % 600 < 600 * share)}`;
    });
  const before = fileOf('answers-before.csv', ['age,probability,churned', ...lines(1)].join('\n'));
  const after = fileOf('answers-after.csv', ['age,probability,churned', ...lines(300)].join('\n'));
  const files = ['drift', '--reference', before, '--current', after];
  const answers = [...files, '--target', 'churned', '--prediction', 'probability'];
  expect(JSON.parse((await runMlops(['--json', ...answers])).stdout)).toMatchObject({
    features_total: 1,
    prediction: { name: 'probability', drifted: false },
    label: { name: 'churned', type: 'categorical' },
    concept: { labelled: 600 },
  });
  expect((await runMlops(answers)).stdout).toMatch(/^errors .* over \d+ labelled rows$/m);
  const unknown = await runMlops([...files, '--target', 'gone']);
  expect(unknown).toMatchObject({ code: 65, stdout: '' });
  expect(unknown.stderr).toContain("has no column 'gone'");
});

test('fewer rows than the minimum are UNKNOWN, not a verdict', async () => {
  const few = fileOf('few.csv', readFileSync(reference, 'utf8').split('\n').slice(0, 100).join('\n'));
  expect((await runMlops(['drift', '--reference', reference, '--current', few])).code).toBe(3);
});

test('the report is one file that fetches nothing', async () => {
  const html = join(folder, 'report.html');
  await runMlops([
    'drift',
    '--reference',
    reference,
    '--current',
    join(root, 'fixtures', 'stream.csv'),
    '--html',
    html,
  ]);
  const page = readFileSync(html, 'utf8');
  expect(page).toContain('<svg');
  expect(page).not.toMatch(/https?:|<link|@import|url\(|src=/);
});

const stream = join(root, 'fixtures', 'stream.csv');
const pair = ['--reference', reference, '--current', stream];

test('tests and thresholds are chosen by feature, and all of them shown beside', async () => {
  const { stdout, stderr } = await runMlops([
    '--json',
    '--quiet',
    'drift',
    ...pair,
    ...['--numerical', 'anderson', '--test', 'age=psi', '--threshold', 'age=7', '--all-tests'],
  ]);
  expect(stderr).toBe('');
  const { features } = JSON.parse(stdout);
  const age = features.find((feature: { name: string }) => feature.name === 'age');
  expect(age).toMatchObject({ test: 'psi', threshold: 7 });
  expect(age.tests.map((each: { test: string }) => each.test)).toContain('nannyml:wasserstein');
  expect(features.some((feature: { test: string }) => feature.test === 'anderson')).toBe(true);
});

test.each([
  [['--numerical', 'wassertein'], "there is no test 'wassertein'"],
  [['--numerical', 'chisquare'], "the test 'chisquare' does not take numerical features"],
  [['--test', 'agee=ks'], "there is no feature 'agee'"],
  [['--threshold', 'much'], 'no number above 0'],
])('a test that cannot be made is refused: %j', async (options, message) => {
  const outcome = await runMlops(['drift', ...pair, ...options]);
  expect(outcome.stderr).toContain(message);
  expect(outcome).toMatchObject({ code: 64, stdout: '' });
});

describe('bad input is told with its place, and exits 65 or 66', () => {
  test.each([
    ['empty', '', 65, 'is empty'],
    ['binary', Buffer.from([1, 0, 2, 0]), 65, 'is not text'],
    ['without header', '1,2\n3,4\n', 65, 'has no header'],
    ['with a doubled header', 'a,b,A\n1,2,3\n', 65, "names 'A' twice"],
    ['with a row too long', 'a,b\n1,2\n3,4,5\n', 65, 'line 3: 3 cells where the header has 2'],
    ['with a row too short', 'a,b\n1,2\n3\n', 65, 'line 3: 1 cells where the header has 2'],
    ['not in UTF-8', Buffer.from([0x61, 0x0a, 0x31, 0x0a, 0xff, 0x0a]), 65, 'not UTF-8'],
    ['with 1e999', 'a\n1\n2\n1e999\n', 65, "row 3, column 'a': '1e999' is no number"],
    ['with thousands separators', 'a\n1\n2\n"1,000"\n', 65, "row 3, column 'a': '1,000' is no number"],
    ['with Infinity', 'a\n1\nInfinity\n2\n', 65, "row 2, column 'a': 'Infinity' is no number"],
  ])('a file %s', async (_, content, code, message) => {
    const bad = fileOf(
      `bad-${Math.abs(message.length * 31 + message.charCodeAt(0))}-${message.length}.csv`,
      content,
    );
    const outcome = await runMlops(['drift', '--reference', bad, '--current', reference]);
    expect(outcome.stderr).toContain(message);
    expect(outcome.code).toBe(code);
    expect(outcome.stdout).toBe('');
  });

  test('a missing file', async () => {
    const outcome = await runMlops([
      'drift',
      '--reference',
      join(folder, 'nowhere.csv'),
      '--current',
      reference,
    ]);
    expect(outcome).toMatchObject({ code: 66, stdout: '' });
  });
});
