import { Option } from 'commander';
import type { GatePreset } from '../gate/index.ts';
import { exitCodes } from '../platform/exit-codes.ts';
import { actor } from './actor.ts';
import type { Register } from './command.ts';
import { registerGateReplay } from './gate-replay.ts';
import { registerGateSet } from './gate-set.ts';
import { registerGateShow } from './gate-show.ts';

interface GateOptions {
  readonly challenger?: string;
  readonly preset?: GatePreset;
}

export const registerGate: Register = (program, open) => {
  const gate = program
    .command('gate')
    .description('Decide whether a challenger may take the place of the champion, on the same labelled rows.')
    .option(
      '--challenger <version>',
      'version to judge; by default the newest in Staging that came after Production',
    )
    .addOption(
      new Option('--preset <name>', 'how strict; by default the one of mlops.yaml').choices([
        'production',
        'conservative',
        'aggressive',
      ]),
    )
    .addHelpText('after', examples)
    .action(async (options: GateOptions, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { judgeChallenger } = await import('../loop/gating/judge-challenger.ts');
      const { gateView } = await import('../report/gate-view.ts');
      const request = { ...options, who: actor() };
      const result = await judgeChallenger(
        openWorkspace(session.folder),
        request,
        session.clock,
        session.signal,
      );
      session.result(result, () => gateView(result));
      session.exit(result.decision === 'promote' ? exitCodes.ok : exitCodes.warning);
    });
  registerGateSet(gate, open);
  registerGateShow(gate, open);
  registerGateReplay(gate, open);
};

const examples = `
It decides and stores the decision with its evidence; it promotes nothing.

Examples:
  $ mlops gate
  $ mlops gate --challenger 4 --preset conservative
  $ mlops gate --quiet && mlops promote challenger --reason "gate passed"

EXIT STATUS
  0 promote · 1 reject · 64 usage · 65 artifact damaged or a feature is missing
  66 no such version, no store yet · 69 no challenger
  75 store in use, try again · 78 no workspace`;
