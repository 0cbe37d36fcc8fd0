import type { Register } from './command.ts';
import { requireChoice, requireDuration } from './option-values.ts';

interface StatsOptions {
  readonly window: string;
  readonly by: string;
}

export const registerStats: Register = (program, open) => {
  program
    .command('stats')
    .description('How many predictions lately, how many positive, how probable: by hour or by model version.')
    .option('--window <length>', 'how far back: 1h, 24h, 7d …', '24h')
    .option('--by <what>', 'hour or version', 'hour')
    .addHelpText('after', examples)
    .action(async (options: StatsOptions, command) => {
      const session = open(command);
      const question = {
        window: requireDuration('--window', options.window),
        by: requireChoice('--by', options.by, ['hour', 'version']),
      };
      const { openWorkspace } = await import('../workspace/index.ts');
      const { readStats } = await import('../loop/operating/read-stats.ts');
      const { statsView } = await import('../report/stats-view.ts');
      const result = readStats(openWorkspace(session.folder), question, session.clock);
      session.result(result, () => statsView(result));
    });
};

const examples = `
Examples:
  $ mlops stats
  $ mlops stats --window 7d
  $ mlops stats --window 1h --by version --json | jq .per_hour

EXIT STATUS
  0 shown · 64 usage · 65 the store is no store · 66 no store yet · 78 no workspace`;
