import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { contentOf, expectRefusal, file, refuse } from './bad-input.ts';
import { runMlops } from './run-mlops.ts';

const header = 'prediction_id,timestamp,a,b,target\n';
const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => `p${i},2026-08-03T00:00:00Z,${i},${(i * 7) % 11},${i % 2}\n`).join(
    '',
  );
const good = file('good.csv', header + rows(60));
const schema = JSON.stringify({
  fields: [
    { name: 'prediction_id', type: 'string', role: 'id' },
    { name: 'timestamp', type: 'datetime', role: 'time' },
    { name: 'a', type: 'number' },
    { name: 'b', type: 'number' },
    { name: 'target', type: 'integer', role: 'target' },
  ],
});
const now = '2026-10-01T00:00:00Z';

let workspace = '';
beforeAll(async () => {
  workspace = await makeWorkspace(schema);
  await must('train', '--data', good);
  await must('promote', '1');
  await must('predictions', 'import', good);
});

async function makeWorkspace(text?: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  if (text !== undefined) writeFileSync(join(folder, 'schema.json'), text);
  await runMlops([
    '-C',
    folder,
    'init',
    '--model',
    'm',
    '--schema',
    'schema.json',
    '--target',
    'target',
    '--yes',
  ]);
  return folder;
}

const inStore = (...words: readonly string[]) => ['-C', workspace, '--as-of', now, ...words];

async function must(...words: readonly string[]) {
  const outcome = await runMlops(inStore(...words));
  expect(outcome).toMatchObject({ code: 0 });
  return outcome;
}

/** The failure is as expected, and the store afterwards holds what it held before. */
async function refuseUnchanged(words: readonly string[], code: number, says: string): Promise<void> {
  const before = contentOf(workspace);
  expectRefusal(await runMlops(inStore(...words)), { code, says });
  expect(contentOf(workspace)).toEqual(before);
}

describe('predictions import refuses, and records nothing', () => {
  const one = (cells: string) => file('f.csv', `${header}${cells}\n`);
  test.each([
    [
      'a column short',
      file('f.csv', 'prediction_id,timestamp,a\nx,2026-08-03T00:00:00Z,1\n'),
      "'b' is missing",
    ],
    [
      'a column extra',
      file('f.csv', 'prediction_id,timestamp,a,b,c\nx,2026-08-03T00:00:00Z,1,2,3\n'),
      "'c' is not in the schema",
    ],
    ['no ids', file('f.csv', 'timestamp,a,b\n2026-08-03T00:00:00Z,1,2\n'), 'lacks prediction_id'],
    ['a row without id', one(',2026-08-03T00:00:00Z,1,2,0'), 'row 1 has no prediction_id'],
    ['a time without zone', one('x,2026-08-03 00:00:00,1,2,0'), 'ISO 8601 times with their zone'],
    ['a time that is none', one('x,2026-13-45T00:00:00Z,1,2,0'), 'ISO 8601 times with their zone'],
    ['a time in the future', one('x,2099-08-03T00:00:00Z,1,2,0'), 'row 1 was predicted in the future'],
    [
      'a probability of 2',
      file('f.csv', 'prediction_id,timestamp,a,b,probability\nx,2026-08-03T00:00:00Z,1,2,2\n'),
      'not between 0 and 1',
    ],
    [
      'an outcome of 2',
      file('f.csv', 'prediction_id,timestamp,a,b,outcome\nx,2026-08-03T00:00:00Z,1,2,2\n'),
      'not 0 or 1',
    ],
    ['text for numbers', one('x,2026-08-03T00:00:00Z,1,high,0'), 'not numbers'],
  ])('%s', async (_, path, says) => {
    await refuseUnchanged(['predictions', 'import', path], 65, says);
  });

  test.each(['Probability', 'predicted_at', 'PREDICTION_ID ', 'rowid', '_ROWID_'])(
    'a feature called %s',
    async (name) => {
      const bare = await makeWorkspace();
      const path = file('f.csv', `prediction_id,timestamp,"${name}",a\nx,2026-08-03T00:00:00Z,0.5,1\n`);
      const outcome = await runMlops(['-C', bare, 'predictions', 'import', path]);
      expect(outcome).toMatchObject({ code: 65, stdout: '' });
      expect(outcome.stderr).toMatch(/cannot be called|names '.*' twice/);
    },
  );

  test('more features than the store has columns', async () => {
    const names = Array.from({ length: 3000 }, (_, index) => `f${index}`);
    const wide = file(
      'f.csv',
      `prediction_id,timestamp,${names.join(',')}\nx,2026-08-03T00:00:00Z,${names.map(() => 1).join(',')}\n`,
    );
    await refuse(['-C', await makeWorkspace(), 'predictions', 'import', wide], {
      code: 65,
      says: '3,000 features are more than the store takes',
    });
  });
});

describe('predictions import takes', () => {
  const names = ['a "quoted" one', 'select', 'drop table x;--', 'Größe 😀', 'two words'];
  const ids = ["it's", 'a,b', '"', '😀', 'x'.repeat(10_000), ' padded '];
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

  test('names and ids of any spelling, and the same file twice adds nothing', async () => {
    const bare = await makeWorkspace();
    const lines = ids.map((id) => `${quoted(id)},2026-08-03T00:00:00Z,1,2,3,4,5`);
    const path = file(
      'f.csv',
      `prediction_id,timestamp,${names.map(quoted).join(',')}\n${lines.join('\n')}\n`,
    );
    const run = async () =>
      JSON.parse((await runMlops(['-C', bare, '--json', 'predictions', 'import', path])).stdout);
    expect(await run()).toMatchObject({ read: 6, added: 6, rejected: 0 });
    expect(await run()).toMatchObject({ added: 0, unchanged: 6, rejected: 0 });
    expect((await runMlops(['-C', bare, 'verify'])).code).toBe(0);
  });

  test('the most features that the store has columns for, twice', async () => {
    const bare = await makeWorkspace();
    const wide = Array.from({ length: 1995 }, (_, index) => `f${index}`);
    const path = file(
      'f.csv',
      `prediction_id,timestamp,${wide.join(',')}\nx,2026-08-03T00:00:00Z,${wide.map(() => 1).join(',')}\n`,
    );
    expect((await runMlops(['-C', bare, 'predictions', 'import', path])).code).toBe(0);
    const again = await runMlops(['-C', bare, '--json', 'predictions', 'import', path]);
    expect(JSON.parse(again.stdout)).toMatchObject({ added: 0, unchanged: 1 });
  });

  test('a file without rows, for what it is', async () => {
    const { stdout } = await must('--json', 'predictions', 'import', file('f.csv', header));
    expect(JSON.parse(stdout)).toMatchObject({ read: 0, added: 0 });
  });

  test('other columns in another order for the same rows', async () => {
    const path = file('f.csv', 'b,target,a,timestamp,prediction_id\n0,0,0,2026-08-03T00:00:00Z,p0\n');
    expect(JSON.parse((await must('--json', 'predictions', 'import', path)).stdout)).toMatchObject({
      unchanged: 1,
    });
  });
});

describe('ids known with other values', () => {
  const conflicting = `${header}p0,2026-08-03T00:00:00Z,99,0,0\nnew,2026-08-03T00:00:00Z,1,1,1\n"n\nw",2026-08-03T00:00:00Z,1,1,1\n"n\nw",2026-08-03T00:00:00Z,2,1,1\n`;

  test('stay, and the rows go to a file with their number and id', async () => {
    const path = file('week.csv', conflicting);
    const { code, stdout } = await runMlops(inStore('--json', 'predictions', 'import', path));
    expect(code).toBe(1);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ read: 4, added: 2, unchanged: 0, rejected: 2, conflicts: ['p0', 'n\nw'] });
    const reason = '"the id is known with other values, which stay"';
    expect(readFileSync(result.rejects_file, 'utf8')).toBe(
      `row,value,reason\n1,p0,${reason}\n4,"n\nw",${reason}\n`,
    );
    expect(result.rejects_file).toBe(`${path}.rejects.csv`);
  });

  test.each(['predictions', 'labels'])(
    '%s whose rejects cannot stand beside the file are written into the workspace',
    async (what) => {
      const labels =
        'prediction_id,true_label,label_timestamp,label_source\nnobody,1,2026-08-10T00:00:00Z,x\n';
      // Too long for a name with .rejects.csv behind it, for which the system refuses the file as it does in a read-only folder.
      const path = file(`${what}.csv`, what === 'labels' ? labels : conflicting);
      const command = what === 'labels' ? ['labels', 'add'] : ['predictions', 'import'];
      mkdirSync(`${path}.rejects.csv`);
      const { code, stdout } = await runMlops(inStore('--json', ...command, path));
      expect(code).toBe(1);
      const { rejects_file } = JSON.parse(stdout);
      expect(rejects_file).toBe(join(workspace, '.mlops', 'reports', `${basename(path)}.rejects.csv`));
      expect(existsSync(rejects_file)).toBe(true);
    },
  );
});

describe('labels add refuses, and adds nothing', () => {
  const columns = 'prediction_id,true_label,label_timestamp,label_source\n';
  const labels = (text: string | Buffer) => file('l.csv', text);
  test.each([
    ['a missing file', join(tmpdir(), 'mlops-none.csv'), 66, 'no such file'],
    ['an empty file', labels(''), 65, 'is empty'],
    ['a folder', tmpdir(), 74, 'it is a directory'],
    ['columns short', labels('prediction_id,true_label\np0,1\n'), 65, 'lacks label_timestamp, label_source'],
    ['a short row', labels(`${columns}p0,1\n`), 65, 'line 2: 2 cells where the header has 4'],
    ['an open quote', labels(`${columns}p0,1,"2026\n`), 65, 'line 2: a quote is not closed'],
    [
      'Latin-1',
      labels(Buffer.from(`${columns}caf\xe9,1,2026-08-10T00:00:00Z,x\n`, 'latin1')),
      65,
      'line 2: not UTF-8',
    ],
  ])('%s', async (_, path, code, says) => {
    await refuseUnchanged(['labels', 'add', path], code, says);
  });

  test('rows that are no labels, each with line, value and reason', async () => {
    const path = labels(
      `${columns}p0,2,2026-08-10T00:00:00Z,x\nnobody,1,2026-08-10T00:00:00Z,x\np1,1,2026-08-01T00:00:00Z,x\np2,1,2026-08-10 00:00:00,x\np3,1,2099-01-01T00:00:00Z,x\n,1,2026-08-10T00:00:00Z,x\np4,,2026-08-10T00:00:00Z,x\n`,
    );
    const before = contentOf(workspace);
    const { code, stdout } = await runMlops(inStore('--json', 'labels', 'add', path));
    expect([code, JSON.parse(stdout)]).toMatchObject([1, { read: 7, added: 0, rejected: 7 }]);
    expect(readFileSync(`${path}.rejects.csv`, 'utf8').trim().split('\n').slice(1)).toEqual([
      '2,2,true_label is not 0 or 1',
      '3,nobody,no prediction has this id',
      '4,2026-08-01T00:00:00Z,label_timestamp lies before the prediction',
      '5,2026-08-10 00:00:00,label_timestamp is not ISO 8601 with its zone',
      '6,2099-01-01T00:00:00Z,label_timestamp lies in the future',
      '7,"",prediction_id is missing',
      '8,"",true_label is not 0 or 1',
    ]);
    expect(contentOf(workspace)).toEqual(before);
  });
});

describe('versions and models are refused, and nothing changes', () => {
  const notOnnx = file('m.onnx', 'hello world');
  const cases: readonly (readonly [readonly string[], number, string])[] = [
    ...['0', '99'].flatMap((version) => [
      [['promote', version], 66, `there is no version ${version}`] as const,
      [['rollback', '--to', version], 66, `there is no version ${version}`] as const,
    ]),
    ...['-1', '1.5', 'x', '99999999999'].flatMap((version) => [
      [['promote', '--', version], 65, `'${version}' is no model version`] as const,
      [['gate', '--challenger', version], 65, `'${version}' is no model version`] as const,
    ]),
    [['models', 'show', '7'], 66, 'there is no version 7'],
    [['rollback'], 69, 'there is no version to go back to'],
    [['gate'], 69, 'there is no challenger'],
    [['gate', '--challenger', '1'], 69, 'version 1 is the champion itself'],
    [['model', 'register', notOnnx], 65, 'not an ONNX model'],
    [['model', 'register', file('m.onnx', '')], 65, 'it is empty'],
    [['model', 'register', tmpdir()], 74, 'it is a directory'],
    [['train', '--from-store'], 65, 'no prediction has a label'],
    [['train', '--data', file('t.csv', header + rows(3))], 65, 'too few'],
    [
      ['score', '--stage', 'staging', '--input', good, '--output', join(tmpdir(), 'mlops-never.csv')],
      69,
      'no version is in Staging',
    ],
    [
      [
        'score',
        '--version',
        '1',
        '--log',
        '--input',
        file('f.csv', 'a,b\n1,2\n'),
        '--output',
        join(tmpdir(), 'mlops-never.csv'),
      ],
      65,
      "has no column 'prediction_id'",
    ],
    [['drift', '--last', '1h'], 65, 'no prediction in the window'],
    [['export', 'all', '--to', good], 74, 'is a file'],
    [['export', 'verify', good], 65, 'is no manifest of an export'],
  ];
  test.each(cases)('%j', async (words, code, says) => {
    await refuseUnchanged(words, code, says);
  });

  test.each([
    ['{', 'is not JSON'],
    ['{"f1":"x"}', 'f1: expected a number'],
    ['[]', 'the document: expected an object'],
    ['{"auc":1}', "unknown key 'auc'"],
  ])('figures %s', async (text, says) => {
    const model = join(mkdtempSync(join(tmpdir(), 'mlops-test-')), 'm.onnx');
    await must('train', '--data', good, '--target', 'target', '--output', model);
    await refuseUnchanged(['model', 'register', model, '--metrics', file('m.json', text)], 65, says);
    await refuseUnchanged(['model', 'register', model, '--features', 'a'], 65, 'the model takes');
    await refuseUnchanged(
      ['model', 'register', model, '--golden', file('g.csv', 'a\n1\n')],
      65,
      "column 'b' is missing",
    );
  });
});
