import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Benchmark, mlops, type Place } from './benchmark.ts';
import { measure } from './process.ts';
import { alone } from './side-by-side.ts';
import { writeSyntheticRows } from './synthetic-rows.ts';

const rounds = 11;
const predictions = 1_000_000;
const now = '2026-11-24T00:00:00Z';
const verdicts = [0, 1, 2, 3];

/** What an operator looks at first, on a store with a million predictions of thirty days. */
export const overview: Benchmark = {
  name: 'overview',
  run: async (place) => {
    const workspace = await prepare(place);
    const row = async (required: number, ...parameters: string[]) => ({
      what: `\`${parameters.join(' ')}\`, 1,000,000 predictions`,
      ours: await alone(
        { command: { ...mlops('-C', workspace, '--as-of', now, ...parameters), exitCodes: verdicts } },
        rounds,
      ),
      beside: { missing: 'no peer' },
      required: { millisecondsAtMost: required },
    });
    return [
      await row(300, 'health'),
      await row(1000, 'checklist'),
      await row(1000, 'stats', '--window', '30d'),
    ];
  },
};

async function prepare({ folder, say }: Place): Promise<string> {
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace);
  const training = join(folder, 'training.csv');
  await writeSyntheticRows(training, { from: 0, rows: 5_000, shifted: false, target: true });
  const rows = join(folder, 'rows.csv');
  await writeSyntheticRows(rows, { from: 5_000, rows: predictions, shifted: false, target: false });
  const stream = join(folder, 'stream.csv');
  await addIdsAndTimes(rows, stream);
  const inWorkspace = (...parameters: string[]) => measure(mlops('-C', workspace, ...parameters));
  const schema = join(workspace, 'schema.json');
  await measure(mlops('schema', 'infer', training, '--target', 'defaulted', '--output', schema));
  await inWorkspace('init', '--model', 'bench', '--schema', 'schema.json', '--target', 'defaulted', '--yes');
  await inWorkspace('--as-of', '2026-10-20T00:00:00Z', 'train', '--data', training);
  await inWorkspace('--as-of', '2026-10-20T00:00:00Z', 'promote', '1');
  say('recording a million predictions');
  await inWorkspace('predictions', 'import', stream);
  return workspace;
}

/** Spread evenly over the thirty days before `now`, scored at random. */
async function addIdsAndTimes(rows: string, stream: string): Promise<void> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    await connection.run(`COPY (
      SELECT 'p' || i AS prediction_id,
        strftime(TIMESTAMP '${now.replace('T', ' ').replace('Z', '')}' - INTERVAL (${predictions} - i) MILLISECONDS * 2592, '%Y-%m-%dT%H:%M:%S.%gZ') AS timestamp,
        '1' AS model_version, round(hash(i) % 1000 / 1000.0, 3) AS probability, CAST(hash(i) % 1000 >= 800 AS INTEGER) AS outcome,
        * EXCLUDE (i)
      FROM (SELECT row_number() OVER () AS i, * FROM read_csv('${rows}'))) TO '${stream}' (FORMAT csv, HEADER)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
