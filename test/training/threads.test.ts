import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { lastAnswered } from '../../src/training/fit/task-words.ts';
import { encodeOnnx, estimatorParameters, type StartHelper, trainModel } from '../../src/training/index.ts';
import { trainerDefaults } from '../../src/workspace/index.ts';
import { riskAndNoise } from './labelled-numbers.ts';

const program = join(import.meta.dirname, '..', '..', 'src', 'loop', 'training', 'fit-thread.ts');
const signal = new AbortController().signal;

test('trees on many rows are the same bytes on one thread and on two', async () => {
  const numbers = riskAndNoise(60_000);
  const parameters = estimatorParameters('trees', { ...trainerDefaults, trees: 60, rowShare: 0.8 });
  const train = async (startHelper: StartHelper | undefined) =>
    encodeOnnx(await trainModel({ ...numbers, seed: 4, signal, startHelper }, parameters), 0.5);
  const alone = await train(undefined);
  let lastPartDone = 0;
  // On a busy machine a fit may end before its second thread has begun.
  for (let attempt = 0; attempt < 20 && lastPartDone === 0; attempt++) {
    const together = await train((memory) => {
      const worker = new Worker(program, { workerData: memory });
      return {
        stop: async () => {
          lastPartDone = lastAnswered(memory.words);
          await worker.terminate();
        },
      };
    });
    expect(Buffer.compare(together, alone)).toBe(0);
  }
  expect(lastPartDone).toBeGreaterThan(0);
});
