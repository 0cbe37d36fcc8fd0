import { existsSync, mkdtempSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { classificationMetrics } from '../../src/data/classification-metrics.ts';
import { readTable, requireNumeric, type Table } from '../../src/data/index.ts';
import { oneSignal } from '../../src/loop/training/tuning/search-signals.ts';
import { tune } from '../../src/loop/training/tuning/tune.ts';
import { systemClock } from '../../src/platform/clock.ts';
import {
  estimatorParameters,
  predictProbabilities,
  type TrainingParameters,
  trainBoostedTrees,
  trainingParameters,
  trainModel,
} from '../../src/training/index.ts';
import { trainerDefaults } from '../../src/workspace/index.ts';
import { type Benchmark, mlops, type Row } from './benchmark.ts';
import { type Peers, peer, peerVersion, preparePeers } from './peers.ts';
import { type Command, measure, measureMemory } from './process.ts';
import { alone, median, type Summary, sideBySide } from './side-by-side.ts';
import { features, writeSyntheticRows } from './synthetic-rows.ts';

const rounds = 5;
/** A smaller number gives a quicker look: MLOPS_BENCH_FIT_ROWS. */
const fitRows = Number(process.env.MLOPS_BENCH_FIT_ROWS ?? 1_000_000);
/** The same for the row that is about memory: MLOPS_BENCH_MANY_ROWS. */
const manyRowsCount = Number(process.env.MLOPS_BENCH_MANY_ROWS ?? 10_000_000);
const ownFit = join(import.meta.dirname, 'own-fit.ts');
const creditRows = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'gmsc', 'reference.csv');
const target = 'defaulted';

/** Time beside LightGBM, and how well the models of either rank rows that they did not learn from. */
export const training: Benchmark = {
  name: 'training',
  run: async ({ folder, say }) => {
    const peers = await preparePeers(say);
    const rows = [await wholeProcess(folder, peers), await manyRows(folder)];
    if ('missing' in peers) return rows;
    const { python } = peers;
    const name = await peerVersion(python, 'LightGBM', 'lightgbm');
    rows.push(await fitAlone(folder, python, name));
    const tables = [
      { table: 'affairs', what: 'Fair’s 6,366 marriages (statsmodels), 2 categories', allowed: 0.003 },
      { table: 'votes', what: 'anes96, 944 voters (statsmodels), 2 categories', allowed: 0.003 },
      { table: 'cancer', what: 'breast_cancer, 569 rows (scikit-learn)', allowed: 0.003 },
      ...(existsSync(creditRows) ? [{ table: creditRows, what: '12,000 credit rows', allowed: 0.001 }] : []),
    ];
    for (const { table, what, allowed } of tables)
      rows.push(await splits(mkdtempSync(join(folder, 'splits-')), table, { python, name, what, allowed }));
    if (existsSync(creditRows))
      rows.push(await tunedSplits(mkdtempSync(join(folder, 'tuned-')), python, name));
    return rows;
  },
};

async function wholeProcess(folder: string, peers: Peers): Promise<Row> {
  const [data, model, other] = ['train.csv', 'ours.onnx', 'theirs.onnx'].map((file) => join(folder, file));
  if (data === undefined || model === undefined || other === undefined) throw new Error('three files');
  await writeSyntheticRows(data, { from: 0, rows: 12_000, shifted: false, target: true });
  const command = mlops('train', '--data', data, '--target', target, '--output', model);
  const what = `\`train\`, CSV, 12,000 rows × ${features.length}: read, fit, measure, write ONNX`;
  if ('missing' in peers) return { what, ours: await alone({ command }, rounds), beside: peers };
  const theirs = peer(peers.python, 'lightgbm_train.py', data, target, other);
  const measured = await sideBySide({ command }, { command: theirs }, rounds);
  if (statSync(other).size === 0) throw new Error('LightGBM wrote no model');
  const name = await peerVersion(peers.python, 'LightGBM', 'lightgbm');
  return { what, ours: measured.ours, beside: { name, measured }, required: { timesFaster: 5 } };
}

const seconds = z.object({ seconds: z.number() });

/** The same number of trees and leaves, both on two threads and on numbers already read; memory is that of the whole process. */
async function fitAlone(folder: string, python: string, name: string): Promise<Row> {
  const [trees, leaves] = [150, 15];
  const data = join(folder, 'fit.csv');
  await writeSyntheticRows(data, { from: 0, rows: fitRows, shifted: false, target: true });
  const wanted = [data, target, String(trees), String(leaves)];
  const own: Command = { program: process.execPath, parameters: [ownFit, ...wanted] };
  const command = peer(python, 'lightgbm_fit.py', ...wanted, '2');
  const ours: TimedFit[] = [];
  const theirs: TimedFit[] = [];
  for (let round = 0; round < 3; round++) {
    ours.push(await timedProcess(own));
    theirs.push(await timedProcess(command));
  }
  const measured = {
    ours: summaryOf(ours),
    theirs: summaryOf(theirs),
    timesFaster: median(
      ours.map((fit, round) => (theirs[round]?.milliseconds ?? Number.NaN) / fit.milliseconds),
    ),
  };
  return {
    what: `fit, ${fitRows.toLocaleString('en')} rows × ${features.length}, ${trees} trees of ${leaves} leaves, two threads`,
    ours: measured.ours,
    beside: { name: `${name}, 2 threads`, measured },
    required: { timesSlowerAtMost: 1.5, memoryShareAtMost: 1 },
  };
}

interface TimedFit {
  readonly milliseconds: number;
  readonly peakBytes: number | undefined;
}

/** A process that prints how long its fit took. */
async function timedProcess(command: Command): Promise<TimedFit> {
  const { stdout, peakBytes } = await measureMemory(command);
  return { milliseconds: 1000 * seconds.parse(JSON.parse(stdout)).seconds, peakBytes };
}

function summaryOf(fits: readonly TimedFit[]): Summary {
  return {
    milliseconds: median(fits.map(({ milliseconds }) => milliseconds)),
    peakBytes: fits[0]?.peakBytes,
    stdout: '',
  };
}

/** Once: it takes minutes. */
async function manyRows(folder: string): Promise<Row> {
  const [data, output] = [join(folder, 'many.parquet'), join(folder, 'many.onnx')];
  await writeSyntheticRows(data, { from: 0, rows: manyRowsCount, shifted: false, target: true });
  const command = mlops('train', '--data', data, '--target', target, '--output', output);
  return {
    what: `\`train\`, Parquet, ${manyRowsCount.toLocaleString('en')} rows × ${features.length}, once`,
    ours: await measureMemory(command),
    beside: { missing: 'no peer' },
    required: { bytesAtMost: 4 * 2 ** 30 },
  };
}

const splitsFound = z.object({
  target: z.string(),
  categories: z.array(z.string()),
  splits: z.array(
    z.object({ files: z.tuple([z.string(), z.string()]), roc_auc: z.number(), seconds: z.number() }),
  ),
});

interface Comparison {
  readonly python: string;
  readonly name: string;
  readonly what: string;
  /** ROC AUC that the mean may lie below LightGBM's. */
  readonly allowed: number;
}

/** @throws Error when our models rank rows worse than allowed */
async function splits(
  folder: string,
  table: string,
  { python, name, what, allowed }: Comparison,
): Promise<Row> {
  const { stdout } = await measure(peer(python, 'lightgbm_splits.py', table, folder));
  const found = splitsFound.parse(JSON.parse(stdout));
  const aucs: number[] = [];
  const times: number[] = [];
  for (const { files } of found.splits) {
    const [learn, judge] = [await readTable(files[0]), await readTable(files[1])];
    const { model, milliseconds } = await timedFit(learn, found.target, { categories: found.categories });
    const answers = predictProbabilities(model, judge);
    aucs.push(classificationMetrics(answers, requireNumeric(judge, found.target).values, 0.5).roc_auc ?? 0);
    times.push(milliseconds);
  }
  const [ours, theirs] = [mean(aucs), mean(found.splits.map((split) => split.roc_auc))];
  if (ours < theirs - allowed) throw new Error(`${what}: ROC AUC ${ours}, LightGBM ${theirs}`);
  const figures = `mean ROC AUC ${ours.toFixed(4)}, LightGBM’s ${theirs.toFixed(4)}`;
  const lightgbm = found.splits.map((split) => 1000 * split.seconds);
  return { what: `fit, ten 70/30 splits of ${what}: ${figures}`, ...timesOf(times, lightgbm, name) };
}

const tunedFound = z.array(z.object({ roc_auc: z.number(), seconds: z.number() }));

/** A smaller number gives a quicker look: MLOPS_BENCH_TRIALS. */
const trials = Number(process.env.MLOPS_BENCH_TRIALS ?? 20);

/** @throws Error when our tuned models rank rows worse than LightGBM's, tuned by Optuna with as many trials, by more than .001 */
async function tunedSplits(folder: string, python: string, name: string): Promise<Row> {
  const { stdout } = await measure(peer(python, 'lightgbm_splits.py', creditRows, folder));
  const { target, splits } = splitsFound.parse(JSON.parse(stdout));
  const command = peer(python, 'lightgbm_tuned.py', folder, target, String(trials), String(splits.length));
  const theirs = tunedFound.parse(JSON.parse((await measure(command)).stdout));
  const ours: { readonly auc: number; readonly milliseconds: number }[] = [];
  for (const { files } of splits) ours.push(await tunedFit(files[0], files[1], target));
  const [auc, other] = [mean(ours.map((each) => each.auc)), mean(theirs.map((each) => each.roc_auc))];
  if (auc < other - 0.001) throw new Error(`tuned: ROC AUC ${auc}, LightGBM ${other}`);
  const figures = `mean ROC AUC ${auc.toFixed(4)}, LightGBM’s by Optuna ${other.toFixed(4)}`;
  return {
    what: `search of ${trials} trials and fit, ten 70/30 splits of 12,000 credit rows: ${figures}`,
    ...timesOf(
      ours.map((each) => each.milliseconds),
      theirs.map((each) => 1000 * each.seconds),
      name,
    ),
  };
}

async function tunedFit(learnFile: string, judgeFile: string, name: string) {
  const [learn, judge] = [await readTable(learnFile), await readTable(judgeFile)];
  const started = performance.now();
  const { signal } = new AbortController();
  const question = {
    features: { rows: learn.rows, columns: learn.columns.filter((column) => column.name !== name) },
    target: requireNumeric(learn, name).values,
    seed: trainerDefaults.seed,
    signal,
  };
  const quiet = { keep: () => undefined, tell: () => undefined, keepBest: false };
  const plan = { trials, clock: systemClock, ...quiet, ...oneSignal(signal) };
  const { parameters } = await tune(question, estimatorParameters('trees', trainerDefaults), plan);
  const model = await trainModel(question, parameters);
  const milliseconds = performance.now() - started;
  const answers = predictProbabilities(model, judge);
  const { roc_auc } = classificationMetrics(answers, requireNumeric(judge, name).values, 0.5);
  return { auc: roc_auc ?? 0, milliseconds };
}

async function timedFit(table: Table, name: string, parameters: Partial<TrainingParameters>) {
  const started = performance.now();
  const model = await trainBoostedTrees({
    features: { rows: table.rows, columns: table.columns.filter((column) => column.name !== name) },
    target: requireNumeric(table, name).values,
    parameters: { ...trainingParameters(trainerDefaults), ...parameters },
    seed: trainerDefaults.seed,
    signal: new AbortController().signal,
  });
  return { model, milliseconds: performance.now() - started };
}

function timesOf(
  ours: readonly number[],
  theirs: readonly number[],
  name: string,
): Pick<Row, 'ours' | 'beside'> {
  const summary = (times: readonly number[]) => ({
    milliseconds: median(times),
    peakBytes: undefined,
    stdout: '',
  });
  const timesFaster = median(ours.map((time, round) => (theirs[round] ?? Number.NaN) / time));
  const measured = { ours: summary(ours), theirs: summary(theirs), timesFaster };
  return { ours: measured.ours, beside: { name, measured } };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
