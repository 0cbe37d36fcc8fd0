import { exitCodes } from '../platform/exit-codes.ts';
import { actor } from './actor.ts';
import type { Register } from './command.ts';

interface RetrainOptions {
  readonly reason: string;
  readonly wait?: boolean;
}

export const registerRetrain: Register = (program, open) => {
  program
    .command('retrain')
    .description("Train on the store's labelled predictions, then ask the gate about the new version.")
    .option('--reason <text>', 'for the audit', 'retrained by hand')
    .option('--wait', 'wait for a heal or another retraining that is at work')
    .addHelpText('after', examples)
    .action(async (options: RetrainOptions, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { retrain } = await import('../loop/retraining/retrain.ts');
      const { gateView } = await import('../report/gate-view.ts');
      const { trainView } = await import('../report/train-view.ts');
      const wanted = { who: actor(), reason: options.reason, wait: options.wait === true, tell: session.say };
      const result = await retrain(openWorkspace(session.folder), wanted, session.clock, session.signal);
      session.result(result, () => `${trainView(result.train)}\n\n${gateView(result.gate)}`);
      session.exit(result.gate.decision === 'promote' ? exitCodes.ok : exitCodes.warning);
    });
};

const examples = `
The same as mlops train --from-store, then mlops gate; heal does it by itself when drift is genuine.
It promotes nothing.

Examples:
  $ mlops retrain --reason "drift since week 36"
  $ mlops retrain --wait --quiet && mlops promote challenger --reason "gate passed"

EXIT STATUS
  0 the gate says promote · 1 reject · 64 usage · 65 too few labelled predictions, bad data
  66 no store yet · 75 heal or another retraining is at work · 78 no workspace · 130 interrupted`;
