import { verdictExitCode } from '../platform/exit-codes.ts';
import type { Register } from './command.ts';

export const registerGateReplay: Register = (gate, open) => {
  gate
    .command('replay [decision]')
    .description('Make a stored decision again from the rows it was made on; the newest without a number.')
    .addHelpText('after', examples)
    .action(async (decision: string | undefined, _options: unknown, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { replayDecision } = await import('../loop/gating/replay-decision.ts');
      const { gateReplayView } = await import('../report/gate-replay-view.ts');
      const result = await replayDecision(openWorkspace(session.folder), decision);
      session.result(result, () => gateReplayView(result));
      session.exit(verdictExitCode(result.status));
    });
};

const examples = `
The rows of every decision are kept with their labels and scores, as Parquet under their hash; the
audit has the hash of all it was made on. Shown is whether that is so, whether the models say the
same of the rows, and whether the gate comes to the same result, to the byte. Nothing is changed.

Examples:
  $ mlops gate replay
  $ mlops gate replay 3 --json | jq '.checks'
  $ mlops gate replay 3 --json | jq -r '.rows_sha256'   # .mlops/artifacts/THAT.parquet holds the rows

EXIT STATUS
  0 OK, the same · 2 CRITICAL, something differs · 3 UNKNOWN, a file of it is gone · 64 usage
  65 what is kept is damaged · 66 no store yet, no such decision
  69 a decision of 0.4.0 or before · 78 no workspace`;
