import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { file, refuse } from './bad-input.ts';
import { runMlops } from './run-mlops.ts';

const workspace = mkdtempSync(join(tmpdir(), 'mlops-test-'));
beforeAll(() => runMlops(['-C', workspace, 'init', '--model', 'm', '--schema', 's.json', '--yes']));
const csv = file('a.csv', 'a,b\n1,2\n');
const here = (...words: readonly string[]) => ['-C', workspace, ...words];

describe('a command line that cannot be meant is a usage error', () => {
  test.each([
    [['drfit'], "unknown command 'drfit'\ntry: mlops drift"],
    [['schema', 'infr', csv], 'try: mlops schema infer'],
    [['drift', '--refernce', csv], 'try: mlops drift --reference'],
    [['drift', csv], 'too many arguments'],
    [['drift', '--reference', csv], '--reference and --current go together'],
    [['drift', '--reference', csv, '--reference', csv, '--current', csv], '--reference is given twice'],
    [['-C', workspace, '-C', workspace, 'models'], '--workspace is given twice'],
    [['drift', '--reference', '', '--current', csv], '--reference is empty'],
    [['drift', '--reference', csv, '--current', csv, '--minimum-rows', '-1'], "'-1' is no whole number"],
    [['drift', '--reference', csv, '--current', csv, '--minimum-rows', '1e3'], "'1e3' is no whole number"],
    [['drift', '--reference', csv, '--current', csv, '--format', 'xls'], "'xls' is no file format"],
    [
      ['drift', '--reference', csv, '--current', csv, '--types', 'x'],
      'Allowed choices are schema, evidently',
    ],
    [
      ['drift', '--reference', csv, '--current', csv, '--report', 'r.doc'],
      'the extension says it: .html, .htm, .md',
    ],
    [
      ['drift', '--reference', csv, '--current', csv, '--print', 'pdf'],
      'it is one of: table, json, html, markdown',
    ],
    [here('drift', '--last', '7x'), "--last '7x' is no duration"],
    [here('drift', '--last', '0s'), "--last '0s' is no duration"],
    [here('drift', '--last', '99999999999999w'), 'is no duration'],
    [here('heal', '--every', '0s'), "--every '0s' is no duration"],
    [here('heal', '--every', 'x'), "--every 'x' is no duration"],
    [here('heal', '--every', '1h', '--once'), '--every goes with neither'],
    [here('heal', '--mode', 'x'), 'Allowed choices are observe, suggest, act'],
    [here('gate', '--preset', 'lax'), 'Allowed choices are production'],
    [here('--as-of', 'yesterday', 'monitor'), "--as-of 'yesterday' is not a time"],
    [here('--as-of', '2026-08-03T06:00:00', 'monitor'), 'is not a time'],
    [here('--as-of', '2026-02-30T06:00:00Z', 'monitor'), 'is not a time'],
    [here('models', 'at', 'x'), "models at 'x' is not a time"],
    [here('export', 'all'), "required option '--to <dir>'"],
    [here('export', 'all', '--to', ''), '--to is empty'],
    [here('export', 'all', '--to', 'x', '--from', 'x'), "--from 'x' is not a time"],
    [here('export', 'all', '--to', 'x', '--format', 'xls'), 'Allowed choices are csv'],
    [['train'], 'train takes --data FILE or --from-store'],
    [['train', '--data', csv, '--output', 'x.onnx'], '--output goes with --data FILE and --target COLUMN'],
    [
      ['train', '--data', csv, '--target', 'a', '--output', 'x', '--seed', '1.5'],
      "--seed '1.5' is no whole number",
    ],
    [['score', '--model', 'm.onnx', '--input', csv], "required option '--output <file>'"],
    [
      ['score', '--model', csv, '--input', csv, '--output', 'x.csv', '--threshold', '2'],
      "--threshold '2' is no probability",
    ],
    [
      ['score', '--model', csv, '--input', csv, '--output', 'x.csv', '--features', 'a,,b'],
      'has an empty name',
    ],
    [['score', '--model', csv, '--input', csv, '--output', 'x.csv', '--features', 'a,a'], "names 'a' twice"],
    [
      ['score', '--model', csv, '--input', csv, '--output', 'x.csv', '--log'],
      '--log records predictions of a version',
    ],
    [['init', '--yes'], '--model is missing'],
    [here('labels', 'add', '-'), 'labels add takes a file, not standard input'],
    [['demo', '--reference', csv], '--reference, --stream, --labels and --target go together'],
  ])('%j', async (commandLine, says) => {
    await refuse(commandLine, { code: 64, says });
  });

  test.each([['schema'], ['export'], ['predictions'], ['labels'], ['model']])(
    '%s alone shows its own help, on standard error',
    async (group) => {
      const outcome = await runMlops([group]);
      expect(outcome).toMatchObject({ code: 64, stdout: '' });
      expect(outcome.stderr).toMatch(new RegExp(`^Usage: mlops ${group} `));
    },
  );

  test('an unset variable for --to never replaces the current folder', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    writeFileSync(join(cwd, 'precious.txt'), 'x');
    await runMlops(here('export', 'all', '--to', ''), { cwd });
    expect(existsSync(join(cwd, 'precious.txt'))).toBe(true);
  });
});

describe('a workspace that is none', () => {
  test.each([
    ['there is no such folder', join(tmpdir(), 'mlops-no-such-folder'), 'there is no such folder'],
    [
      'there is no mlops.yaml',
      mkdtempSync(join(tmpdir(), 'mlops-test-')),
      'there is no mlops.yaml in it or above it',
    ],
  ])('because %s', async (_, folder, says) => {
    await refuse(['-C', folder, 'models'], { code: 78, says });
  });

  test.each([
    ['models'],
    ['verify'],
    ['gate'],
    ['monitor'],
    ['heal'],
    ['rollback'],
    ['labels', 'coverage'],
    ['promote', '1'],
    ['train', '--from-store'],
    ['export', 'all', '--to', join(workspace, 'never')],
  ])('yet, as it holds no store: %s %s %s', async (...words) => {
    await refuse(here(...words), { code: 66, says: 'nothing was recorded in this workspace yet' });
  });
});

const model = 'model:\n  name: x\n  schema: s.json\n';

describe('mlops.yaml is refused with line and what was expected', () => {
  test.each([
    ['empty', '', "line 1, column 1: 'model' is missing"],
    ['a list', '[]', "bad value of 'the document'"],
    ['a word for a map', 'model: x\n', "line 1, column 8: bad value of 'model'"],
    ['an unknown key', `${model}foo: 1\n`, "line 4, column 1: unknown key 'foo'"],
    [
      'an unknown key below',
      `${model}monitoring:\n  lokback: 1h\n`,
      "line 5, column 3: unknown key 'monitoring.lokback'",
    ],
    ['a number for a duration', `${model}monitoring:\n  lookback: 5\n`, 'expected a text'],
    ['a duration of nothing', `${model}monitoring:\n  lookback: 0s\n`, 'expected a duration above 0'],
    [
      'a duration beyond all dates',
      `${model}monitoring:\n  lookback: 99999999999w\n`,
      'expected at most a hundred years',
    ],
    [
      'text for a number',
      `${model}monitoring:\n  minimum_sample: "200"\n`,
      'expected a whole number above 0',
    ],
    ['a number too large', `${model}trainer:\n  seed: 1e999\n`, 'expected a whole number from 0'],
    [
      'no rows left to measure on',
      `${model}trainer:\n  train_share: 1\n`,
      'expected a number from 0.1 to 0.9',
    ],
    [
      'an unknown choice',
      `${model}gate:\n  preset: lax\n`,
      'expected one of: production, conservative, aggressive',
    ],
    [
      'an address of no web page',
      `${model}services:\n  - {name: a, url: "ftp://x"}\n`,
      'expected an address that starts with http',
    ],
    ['a key twice', `${model}model:\n  name: y\n`, 'line 4, column 1: not YAML'],
    ['a tab', `${model}  \tx\n`, 'line 4, column 3: not YAML'],
    ['an alias of nothing', 'model: *x\n', 'not YAML'],
    ['two documents', `${model}---\na: 1\n`, 'a second document begins here'],
    ['not UTF-8', Buffer.from(`${model}x: \xe9\n`, 'latin1'), 'not UTF-8'],
  ])('%s', async (_, text, says) => {
    const folder = join(file('mlops.yaml', text), '..');
    await refuse(['-C', folder, 'models'], { code: 78, says });
  });

  test('a folder by its name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    mkdirSync(join(folder, 'mlops.yaml'));
    await refuse(['-C', folder, 'models'], { code: 74, says: 'it is a directory' });
  });
});
