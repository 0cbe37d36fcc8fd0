import { Option } from 'commander';
import type { GatePreset } from '../gate/index.ts';
import { exitCodes } from '../platform/exit-codes.ts';
import type { Workspace } from '../workspace/index.ts';
import { actor } from './actor.ts';
import type { Register, Session } from './command.ts';
import { registerGateReplay } from './gate-replay.ts';
import { registerGateSet } from './gate-set.ts';
import { registerGateShow } from './gate-show.ts';
import { registerGateSimulate } from './gate-simulate.ts';
import { collect } from './option-values.ts';
import { writeGatePage } from './write-gate-page.ts';

interface GateOptions {
  readonly challenger?: string;
  readonly preset?: GatePreset;
  readonly criteria?: string;
  readonly whatIf?: readonly string[];
  readonly look?: boolean;
  readonly report?: string;
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
    .option(
      '--criteria <file>',
      'a YAML file of what stands under gate in mlops.yaml, for this once in place of that',
    )
    .addOption(
      new Option(
        '--what-if <key=value>',
        'what would it say if this criterion were another? Stores nothing (repeatable)',
      )
        .argParser(collect)
        .conflicts(['criteria', 'preset', 'report']),
    )
    .addOption(
      new Option(
        '--look',
        'show the evidence so far and how much of the allowed error is spent; stores and spends nothing',
      ).conflicts(['criteria', 'preset', 'whatIf', 'report']),
    )
    .option('--report <file>', 'write the decision as an HTML page')
    .addHelpText('after', examples)
    .action(async (options: GateOptions, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const workspace = openWorkspace(session.folder);
      if (options.look === true) return await look(session, workspace, options);
      const result =
        options.whatIf === undefined
          ? await decide(session, workspace, options)
          : await imagine(session, workspace, options, options.whatIf);
      session.exit(result.decision === 'promote' ? exitCodes.ok : exitCodes.warning);
    });
  registerGateSet(gate, open);
  registerGateShow(gate, open);
  registerGateReplay(gate, open);
  registerGateSimulate(gate, open);
};

async function decide(session: Session, workspace: Workspace, { criteria, report, ...options }: GateOptions) {
  const { readGateCriteria } = await import('../workspace/index.ts');
  const { judgeChallenger } = await import('../loop/gating/judge-challenger.ts');
  const { gateView } = await import('../report/gate-view.ts');
  const gate = criteria === undefined ? undefined : readGateCriteria(criteria);
  const request = { ...options, gate, who: actor() };
  const result = await judgeChallenger(workspace, request, session.clock, session.signal);
  if (report !== undefined) {
    const { showDecision } = await import('../loop/gating/stored-decision.ts');
    await writeGatePage(report, showDecision(workspace, result.decision_id));
  }
  session.result(result, () => gateView(result));
  return result;
}

async function imagine(
  session: Session,
  workspace: Workspace,
  { challenger }: GateOptions,
  settings: readonly string[],
) {
  const { whatIf } = await import('../loop/gating/what-if.ts');
  const { gateWhatIfView } = await import('../report/gate-what-if-view.ts');
  const result = await whatIf(workspace, { challenger }, settings, session.clock, session.signal);
  session.result(result, () => gateWhatIfView(result));
  return result;
}

async function look(session: Session, workspace: Workspace, { challenger }: GateOptions) {
  const { lookAtEvidence } = await import('../loop/gating/look-at-evidence.ts');
  const { gateLookView } = await import('../report/gate-look-view.ts');
  const result = await lookAtEvidence(workspace, { challenger }, session.clock, session.signal);
  session.result(result, () => gateLookView(result));
  session.exit(result.enough ? exitCodes.ok : exitCodes.warning);
}

const examples = `
It decides and stores the decision with its evidence; it promotes nothing.

Examples:
  $ mlops gate
  $ mlops gate --challenger 4 --preset conservative
  $ mlops gate --criteria quarterly-review.yaml --report decision.html
  $ mlops gate --what-if minimum_f1_improvement=0.01 --what-if maximum_segment_loss=null
  $ mlops gate --look
  $ mlops gate --quiet && mlops promote challenger --reason "gate passed"

EXIT STATUS
  0 promote, with --look enough evidence · 1 reject, not enough · 64 usage
  65 artifact damaged or a feature is missing
  66 no such version or file, no store yet · 69 no challenger · 74 the page cannot be written
  75 store in use, try again · 78 no workspace, or criteria that are none`;
