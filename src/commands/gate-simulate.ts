import type { Register } from './command.ts';

export const registerGateSimulate: Register = (gate, open) => {
  gate
    .command('simulate')
    .description('Say what each preset would have decided of the challengers of the past year.')
    .requiredOption('--history', 'of the decisions in the store')
    .addHelpText('after', examples)
    .action(async (_options: unknown, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { simulateHistory } = await import('../loop/gating/simulate-history.ts');
      const { gateSimulationView } = await import('../report/gate-simulation-view.ts');
      const result = await simulateHistory(openWorkspace(session.folder), session.clock, session.signal);
      session.result(result, () => gateSimulationView(result));
    });
};

const examples = `
Each decision is judged anew on the rows that were kept with it; those of 0.4.0 and before from the
figures that they noted, which do not always tell. Nothing is changed.

Examples:
  $ mlops gate simulate --history
  $ mlops gate simulate --history --json | jq '.presets'

EXIT STATUS
  0 shown · 64 usage · 66 no store yet · 78 no workspace`;
