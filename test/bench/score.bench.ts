import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Benchmark, mlops } from './benchmark.ts';
import { measure, measureMemory } from './process.ts';
import { features, writeSyntheticRows } from './synthetic-rows.ts';

/** A smaller number gives a quicker look: MLOPS_BENCH_SCORE_ROWS. */
const rows = Number(process.env.MLOPS_BENCH_SCORE_ROWS ?? 10_000_000);

/** A file larger than most memories, once; its gigabyte stands in the temporary folder meanwhile. */
export const score: Benchmark = {
  name: 'score',
  run: async ({ folder, say }) => {
    const [training, input] = [join(folder, 'training.csv'), join(folder, 'input.csv')];
    const [model, output] = [join(folder, 'model.onnx'), join(folder, 'scores.csv')];
    await writeSyntheticRows(training, { from: 0, rows: 20_000, shifted: false, target: true });
    await measure(mlops('train', '--data', training, '--target', 'defaulted', '--output', model));
    say(`writing ${rows.toLocaleString('en')} rows`);
    await writeSyntheticRows(input, { from: 1_000_000, rows, shifted: false, target: false });
    const megabytes = Math.round(statSync(input).size / 1e6);
    try {
      const ours = await measureMemory(
        mlops('score', '--model', model, '--input', input, '--output', output),
      );
      const rate = Math.round(rows / (ours.milliseconds / 1000) / 1000);
      return [
        {
          what: `\`score\`, CSV of ${megabytes} MB, ${rows.toLocaleString('en')} rows × ${features.length}, once: ${rate},000 rows/s`,
          ours,
          beside: { missing: '' },
        },
      ];
    } finally {
      for (const file of [input, output]) rmSync(file, { force: true });
    }
  },
};
