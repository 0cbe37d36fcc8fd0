// Seconds that our trees take to bin and fit on two threads, reading apart: own-fit.ts CSV TARGET TREES LEAVES
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { readTable, requireNumeric } from '../../src/data/index.ts';
import { trainBoostedTrees, trainingParameters } from '../../src/training/index.ts';
import { trainerDefaults } from '../../src/workspace/index.ts';

const program = join(import.meta.dirname, '..', '..', 'src', 'loop', 'training', 'fit-thread.ts');
const [data = '', target = '', trees = '', leaves = ''] = process.argv.slice(2);
const table = await readTable(data);
const started = performance.now();
await trainBoostedTrees({
  features: { rows: table.rows, columns: table.columns.filter(({ name }) => name !== target) },
  target: requireNumeric(table, target).values,
  parameters: {
    ...trainingParameters(trainerDefaults),
    maxTrees: Number(trees),
    maxLeaves: Number(leaves),
    l2: 0,
    featureShare: 1,
    earlyStoppingShare: 0,
  },
  seed: trainerDefaults.seed,
  signal: new AbortController().signal,
  startHelper: (memory) => {
    const worker = new Worker(program, { workerData: memory });
    return {
      stop: async () => {
        await worker.terminate();
      },
    };
  },
});
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000 }));
