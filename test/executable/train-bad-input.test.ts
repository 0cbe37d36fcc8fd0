import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { contentOf, expectRefusal, file } from './bad-input.ts';
import { runMlops } from './run-mlops.ts';

interface Row {
  readonly time: string;
  readonly a: string | number;
  readonly b: string | number;
  readonly target: string | number;
  readonly more: readonly (string | number)[];
}

const hour = (row: number) => new Date(Date.UTC(2026, 6, 1) + row * 3_600_000).toISOString();
const outcome = (row: number) => Number((row * row) % 3 === 1);

/** Features that tell little, two outcomes in three, an hour between rows; `change` says otherwise. */
function table(
  change: (row: number) => Partial<Row> = () => ({}),
  { rows = 60, more = [] }: { readonly rows?: number; readonly more?: readonly string[] } = {},
): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const plain = { time: hour(row), a: (row * 13) % 29, b: (row * 7) % 11, target: outcome(row), more: [] };
    const { time, a, b, target, more } = { ...plain, ...change(row) };
    return [time, a, b, target, ...more].join();
  });
  return file('f.csv', `${['timestamp', 'a', 'b', 'target', ...more].join()}\n${lines.join('\n')}\n`);
}

const schema = JSON.stringify({
  fields: [
    { name: 'timestamp', type: 'datetime', role: 'time' },
    { name: 'a', type: 'number' },
    { name: 'b', type: 'number' },
    { name: 'target', type: 'integer', role: 'target' },
  ],
});

let workspace = '';
let settings = '';

/** Writes mlops.yaml with these keys of `trainer` beside its own. */
function configure(keys: string): void {
  writeFileSync(join(workspace, 'mlops.yaml'), settings.replace('\n  estimator: ', `\n  ${keys}estimator: `));
}

const inWorkspace = (words: readonly string[], env = {}) =>
  runMlops(['-C', workspace, '--as-of', '2026-10-01T00:00:00Z', ...words], { env });

/** A champion, and nothing else. */
beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  writeFileSync(join(workspace, 'schema.json'), schema);
  const init = ['init', '--model', 'm', '--schema', 'schema.json', '--target', 'target', '--yes'];
  for (const words of [init, ['train', '--data', table()], ['promote', '1']])
    expect(await inWorkspace(words)).toMatchObject({ code: 0 });
  settings = readFileSync(join(workspace, 'mlops.yaml'), 'utf8');
});

/** Refused with these words; no version more, and the champion as it was. @returns the whole message */
async function refuse(words: readonly string[], code: number, says: string, env = {}): Promise<string> {
  const before = contentOf(workspace);
  const refusal = await inWorkspace(['train', ...words], env);
  expectRefusal(refusal, { code, says });
  expect(contentOf(workspace)).toEqual(before);
  return refusal.stderr;
}

describe('train registers nothing from', () => {
  const withColumn = (name: string, cell: (row: number) => string | number) =>
    table((row) => ({ more: [cell(row)] }), { more: [name] });

  test.each<readonly [string, string, string, ...string[]]>([
    ['one class', table(() => ({ target: 1 })), 'no training row has target 0'],
    ['one row', table(undefined, { rows: 1 }), '1 row is too few to learn from'],
    ['features all missing', table(() => ({ a: '', b: '' })), 'there is nothing to learn from'],
    ['features of one value', table(() => ({ a: 1, b: 2 })), 'no feature has two different values: a, b'],
    ['a target of three values', table((row) => ({ target: row % 3 })), 'the target is 2 in row 3'],
    ['a missing target', table((row) => (row === 6 ? { target: '' } : {})), 'the target is missing in row 7'],
    ['a missing time', table((row) => (row === 9 ? { time: '' } : {})), 'row 10 has no timestamp'],
    [
      'one class where it is measured',
      table((row) => (row < 40 ? {} : { target: 0 })),
      'the target is 0 in all 18 rows that measure',
    ],
    [
      'a target that leaks',
      table((row) => ({ a: 10 + outcome(row) })),
      "'a' alone tells the outcome: ROC AUC 1.000",
    ],
    [
      'rows of the future',
      table(undefined, { rows: 2300 }),
      'row 2210 is of 2026-10-01T01:00:00.000Z, which lies in the future',
    ],
    [
      'labels of the future',
      withColumn('label_timestamp', (row) => (row === 5 ? '2026-11-01T00:00:00Z' : hour(row))),
      'row 6 has a label that became known at 2026-11-01',
    ],
    [
      'a file without a feature of the schema',
      file('f.csv', `timestamp,a,target\n${hour(0)},1,0\n`),
      "column 'b' is missing",
    ],
    ['a negative weight', withColumn('w', (row) => row - 3), 'the weight is -3 in row 1', '--weights', 'w'],
    ['weights of nothing', withColumn('w', () => 0), 'weigh nothing', '--weights', 'w'],
  ])('%s', async (_, path, says, ...options) => {
    await refuse(['--data', path, ...options], 65, says);
  });
});

describe('train takes, and says what to know of', () => {
  test('more features than rows, equal times, weights of 0, categories without number', async () => {
    const names = Array.from({ length: 70 }, (_, place) => `x${place}`);
    const path = table(
      (row) => ({
        time: hour(0),
        more: [row % 2, row % 60, ...names.map((_, place) => ((row + 3) * (place + 7)) % 31)],
      }),
      { more: ['weight', 'code', ...names] },
    );
    const output = join(workspace, 'wide.onnx');
    const options = ['--weights', 'weight', '--categories', 'code', '--output', output];
    const { code, stdout } = await runMlops([
      ...['train', '--data', path, '--target', 'target', ...options, '--json'],
    ]);
    expect(code).toBe(0);
    const { notes } = JSON.parse(stdout);
    expect(notes).toContain('73 features for 60 rows: some agree with the outcome by chance');
    expect(notes).toContain('all rows have one time: the file order stood in for it');
    expect(notes).toContain(
      'of the 42 rows learned from, 14 have outcome 0: figures on so few move by chance',
    );
    const unseen = table((row) => ({ more: [1, 1000 + row, ...names.map(() => row)] }), {
      more: ['weight', 'code', ...names],
    });
    const scores = join(workspace, 'scores.csv');
    expect(await runMlops(['score', '--model', output, '--input', unseen, '--output', scores])).toMatchObject(
      { code: 0 },
    );
    expect(readFileSync(scores, 'utf8').trim().split('\n')).toHaveLength(61);
  });
});

/** What the trainer does with the job, its last word. */
const trainer = `
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
const [mode, model, path] = process.argv.slice(2);
const job = JSON.parse(readFileSync(path, 'utf8'));
const metrics = (probabilities) =>
  writeFileSync(job.output.metrics, JSON.stringify({ trainer: 'test 1', golden_probabilities: probabilities }));
const golden = new Array(job.golden_rows).fill(0.5);
switch (mode) {
  case 'metrics-only':
    metrics(golden);
    break;
  case 'text':
    metrics(golden);
    writeFileSync(job.output.model, 'no model');
    break;
  case 'few':
    metrics([0.5]);
    copyFileSync(model, job.output.model);
    break;
  case 'copy':
    metrics(golden);
    copyFileSync(model, job.output.model);
    break;
  case 'fails':
    console.error('reading the warehouse with password=hunter22 and ' + process.env.WAREHOUSE_TOKEN);
    console.error('Traceback: no such table');
    process.exit(3);
}
`;

describe('an external trainer brings no version when it', () => {
  const script = file('trainer.mjs', trainer);
  const data = table();
  const node = (mode: string, model = 'none') => `${process.execPath} ${script} ${mode} ${model}`;
  const refuseTrainer = async (command: string, code: number, says: string, limits = '{}', env = {}) => {
    configure(`command: ${JSON.stringify(command)}\n  limits: ${limits}\n  `);
    return await refuse(['--data', data], code, says, env);
  };

  test.each<readonly [string, string, number, string, string]>([
    ['hangs', 'sleep 100; :', 69, 'took longer than 0.3 s (trainer.limits.time)', '{ time: 0.3s }'],
    ['is not there', '/nowhere/trainer', 69, 'ended with exit code 127', '{}'],
    ['writes nothing', 'true', 65, 'the trainer wrote no metrics', '{}'],
    ['writes no model', node('metrics-only'), 65, 'the trainer wrote no model', '{}'],
    ['writes something else', node('text'), 65, 'the file is not an ONNX model', '{}'],
    [
      'fills the disk with one file',
      'head -c 50000000 /dev/zero > full && :',
      69,
      'it wrote a larger file than trainer.limits.output_megabytes allows',
      '{ output_megabytes: 5 }',
    ],
    [
      'fills the disk with many',
      'for i in 1 2 3 4 5 6 7 8 9; do head -c 4000000 /dev/zero > "$TMPDIR/$i"; done; sleep 100; :',
      69,
      'wrote too much and was stopped',
      '{ output_megabytes: 5 }',
    ],
    [
      'takes too much memory',
      'dd if=/dev/zero of=/dev/null bs=900M count=1 && :',
      69,
      'each process may reserve 0.3 GB (trainer.limits.memory_gigabytes)',
      '{ memory_gigabytes: 0.3 }',
    ],
  ])('%s', async (_, command, code, says, limits) => {
    await refuseTrainer(command, code, says, limits);
  });

  test('fails, and its secrets are not told', async () => {
    const env = { WAREHOUSE_TOKEN: 'tok-123456' };
    const message = await refuseTrainer(node('fails'), 69, 'ended with exit code 3', '{}', env);
    expect(message).toContain('Traceback: no such table');
    expect(message).toContain('reading the warehouse');
    expect(message).not.toMatch(/hunter22|tok-123456/);
    const store = readFileSync(join(workspace, '.mlops', 'store.db'), 'latin1');
    expect(store).not.toMatch(/hunter22|tok-123456/);
  });

  test('brings a model of other features, other answers than it says, or too few of them', async () => {
    const made = async (name: string, path: string, ...options: readonly string[]) => {
      const output = join(workspace, name);
      await runMlops(['train', '--data', path, '--target', 'target', '--output', output, ...options]);
      return output;
    };
    const own = await made('own.onnx', data);
    await refuseTrainer(node('copy', own), 65, "the trainer's ONNX file does not answer as its model did");
    await refuseTrainer(node('few', own), 65, 'has 1 golden probabilities for 18 rows');
    const narrow = await made('narrow.onnx', data, '--leave-out', 'b');
    await refuseTrainer(node('copy', narrow), 65, 'the model takes 1 features, 2 are named');
  });
});

test('the gate refuses a challenger for other features than the predictions have', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  const run = (...words: readonly string[]) =>
    runMlops(['-C', folder, '--as-of', '2026-10-01T00:00:00Z', ...words]);
  const ids = (row: number) => `p${row},2026-08-03T00:00:00Z`;
  const file60 = (header: string, cells: (row: number) => string) =>
    file('f.csv', `${header}\n${Array.from({ length: 60 }, (_, row) => cells(row)).join('\n')}\n`);
  const other = table((row) => ({ more: [(row * 5) % 7] }), { more: ['income'] });
  const labels = 'prediction_id,true_label,label_timestamp,label_source';
  for (const words of [
    ['init', '--model', 'm', '--schema', 'schema.json', '--target', 'target', '--yes'],
    ['train', '--data', table()],
    ['promote', '1'],
    [
      ...['predictions', 'import'],
      file60('prediction_id,timestamp,a,b', (row) => `${ids(row)},${row},${row % 11}`),
    ],
    [...['labels', 'add'], file60(labels, (row) => `p${row},${outcome(row)},2026-08-10T00:00:00Z,x`)],
    ['train', '--data', other],
  ])
    expect(await run(...words)).toMatchObject({ code: 0 });
  const before = contentOf(folder);
  expectRefusal(await run('gate'), {
    code: 65,
    says: 'version 2 takes features that the predictions do not have: income',
  });
  expect(contentOf(folder)).toEqual(before);
});

test('the gate refuses a champion whose artifact was damaged, and changes nothing', async () => {
  configure('');
  expect(await inWorkspace(['train', '--data', table(undefined, { rows: 90 })])).toMatchObject({ code: 0 });
  const champion = JSON.parse((await inWorkspace(['--json', 'models', 'show', '1'])).stdout);
  const path = join(workspace, '.mlops', 'artifacts', `${champion.artifact.sha256}.onnx`);
  writeFileSync(path, readFileSync(path).subarray(0, 200));
  const before = contentOf(workspace);
  const refusal = await inWorkspace(['gate']);
  expect(refusal.code).toBe(65);
  expect(refusal.stderr).toContain('sha256');
  expect(contentOf(workspace)).toEqual(before);
});
