import { type Benchmark, mlops } from './benchmark.ts';
import type { Command } from './process.ts';
import { sideBySide } from './side-by-side.ts';

const rounds = 21;

const nothing: Command = { program: process.execPath, parameters: ['-e', '0'] };

/** What a process costs before it does anything, beside the Node it is made of doing nothing. */
export const startUp: Benchmark = {
  name: 'start-up',
  run: async () => {
    const beside = async (option: string) => {
      const measured = await sideBySide({ command: mlops(option) }, { command: nothing }, rounds);
      return { what: `\`${option}\``, ours: measured.ours, beside: { name: '`node -e 0`', measured } };
    };
    return [{ ...(await beside('--version')), required: { timesSlowerAtMost: 2.5 } }, await beside('--help')];
  },
};
