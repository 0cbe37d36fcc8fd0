import { Option } from 'commander';
import { type CleanKind, type CleanResult, cleanKinds } from '../data/results/disk.ts';
import { exitCodes } from '../platform/exit-codes.ts';
import { retentionDefaults } from '../workspace/defaults.ts';
import { actor } from './actor.ts';
import type { Register, Session } from './command.ts';
import { checkDuration, requireWhole } from './option-values.ts';

interface CleanOptions {
  readonly olderThan?: string;
  readonly keep?: string;
  readonly what?: readonly CleanKind[];
  readonly archive?: string;
  readonly reason: string;
}

export const registerClean: Register = (program, open) => {
  program
    .command('clean')
    .description(
      'Remove old reports, logs, exports, backups and artifacts that no version needs; shows them first.',
    )
    .option(
      '--older-than <duration>',
      `such as 90d (default: retention.older_than, ${retentionDefaults.olderThan})`,
    )
    .option(
      '--keep <n>',
      `the newest so many of each kind stay (default: retention.keep, ${retentionDefaults.keep})`,
    )
    .addOption(new Option('--what <kind...>', 'these kinds only').choices(cleanKinds))
    .option('--archive <file>', 'first pack what goes into this tar.zst')
    .option('--reason <text>', 'for the audit', 'cleaned by hand')
    .addHelpText('after', examples)
    .action(async (options: CleanOptions, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { clean, planCleaning } = await import('../loop/keeping/clean-workspace.ts');
      const { cleanView } = await import('../report/disk-view.ts');
      const workspace = openWorkspace(session.folder);
      const { retention } = workspace.config;
      checkDuration('--older-than', options.olderThan);
      const request = {
        what: options.what ?? cleanKinds,
        olderThan: options.olderThan ?? retention.older_than,
        keep: requireWhole('--keep', options.keep ?? String(retention.keep), retention.keep),
        archive: options.archive,
        who: actor(),
        reason: options.reason,
      };
      const plan = planCleaning(workspace, request, session.clock.now());
      const agreed = plan.items.length > 0 && (await agrees(session, plan, cleanView));
      const result = agreed ? await clean(workspace, plan, request, session.clock, session.signal) : plan;
      session.result(result, () => cleanView(result));
      if (plan.items.length > 0 && !agreed) {
        session.say('nothing was removed; to remove them: add --yes');
        session.exit(exitCodes.warning);
      }
    });
};

async function agrees(
  session: Session,
  plan: CleanResult,
  view: (plan: CleanResult) => string,
): Promise<boolean> {
  if (session.yes) return true;
  if (!session.interactive) return false;
  const { confirm } = await import('@clack/prompts');
  session.say(view(plan));
  const message = `Remove these ${plan.items.length} for good?`;
  return (await confirm({ message, initialValue: false, output: process.stderr })) === true;
}

const examples = `
Never removed: the store in use, an artifact that a version or a gate decision refers to, the newest
backup, the program's own log.
--what stores is about damaged and replaced stores that were kept.

Examples:
  $ mlops clean                                         shows, then asks
  $ mlops clean --older-than 30d --keep 20 --what reports
  $ mlops clean --yes --archive /mnt/archive/credit-2026-11.tar.zst

EXIT STATUS
  0 removed, or nothing to remove · 1 WARNING, only shown: nobody agreed · 64 usage
  66 no store yet · 74 cannot be archived or removed · 78 no workspace
  130 interrupted, nothing removed`;
