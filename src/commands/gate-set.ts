import { actor } from './actor.ts';
import type { Register } from './command.ts';

interface SetOptions {
  readonly reason: string;
  readonly dryRun?: boolean;
}

export const registerGateSet: Register = (gate, open) => {
  gate
    .command('set <key> <value>')
    .description('Set one criterion in mlops.yaml, and show what the last ten decisions would have become.')
    .requiredOption('--reason <text>', 'why, for runbook/gate-changes.md and the audit')
    .option('--dry-run', 'show what it would do to the last decisions, change nothing')
    .addHelpText('after', examples)
    .action(async (key: string, value: string, options: SetOptions, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { setCriterion } = await import('../loop/gating/set-criterion.ts');
      const { gateSetView } = await import('../report/gate-set-view.ts');
      const change = { key, value, reason: options.reason, dryRun: options.dryRun === true, who: actor() };
      const result = setCriterion(openWorkspace(session.folder), change, session.clock);
      session.result(result, () => gateSetView(result));
    });
};

const examples = `
KEY is preset, minimum_rows, minimum_coverage, minimum_days, minimum_f1_improvement,
maximum_brier_degradation, maximum_segment_loss, maximum_cost_increase (of 1,000 decisions, with
gate.costs), maximum_demographic_parity_difference or maximum_equal_opportunity_difference (with
gate.protected); shares are written 0.03, not 3 %. VALUE default returns to the preset's. Nothing
is built anew.

Examples:
  $ mlops gate set minimum_f1_improvement 0.03 --reason "the last two promotions brought nothing" --dry-run
  $ mlops gate set maximum_brier_degradation 0.005 --reason "stricter, as agreed on Monday"
  $ mlops gate set preset conservative --reason "audit in autumn"

EXIT STATUS
  0 set, or had that value already · 64 usage, no such key, a value that it cannot hold
  74 cannot be written · 75 mlops.yaml or the store in use · 78 no workspace`;
