import type { ProductionChange } from '../data/results/production-change.ts';
import { actor } from './actor.ts';
import type { Register, Session } from './command.ts';

interface ChangeOptions {
  readonly to?: string;
  readonly reason: string;
  readonly dryRun?: boolean;
}

export const registerPromote: Register = (program, open) => {
  program
    .command('promote <version>')
    .description('Check a version, then put it into Production; the one before it is archived.')
    .option('--reason <text>', 'for the audit', 'promoted by hand')
    .option('--dry-run', 'check and say what would change, change nothing')
    .addHelpText('after', promoteExamples)
    .action(async (version: string, options: ChangeOptions, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { promote } = await import('../loop/versions/change-production.ts');
      show(session, await promote(openWorkspace(session.folder), version, request(options), session.clock));
    });
};

export const registerRollback: Register = (program, open) => {
  program
    .command('rollback')
    .description('Return to the version that was in Production before; again, to the one before that.')
    .option('--to <version>', 'return to this one instead')
    .option('--reason <text>', 'for the audit', 'rolled back by hand')
    .option('--dry-run', 'check and say what would change, change nothing')
    .addHelpText('after', rollbackExamples)
    .action(async (options: ChangeOptions, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { rollback } = await import('../loop/versions/change-production.ts');
      show(
        session,
        await rollback(openWorkspace(session.folder), options.to, request(options), session.clock),
      );
    });
};

function request(options: ChangeOptions) {
  return { reason: options.reason, who: actor(), dryRun: options.dryRun === true };
}

function show(session: Session, change: ProductionChange): void {
  session.result(change, () => {
    const verb = change.dry_run ? 'would go' : 'went';
    const checked = `artifact hash and ${change.verified.golden_rows} golden rows checked`;
    return `Production ${verb} from ${change.from === null ? 'none' : `version ${change.from}`} to version ${change.to}; ${checked}`;
  });
}

const exitStatus = `
EXIT STATUS
  0 done · 64 usage · 65 artifact damaged or golden rows answered otherwise · 66 no such version
  69 nothing to go to, no challenger · 75 store in use, try again · 78 no workspace`;

const promoteExamples = `
Examples:
  $ mlops promote 4 --reason "gate passed"
  $ mlops promote challenger --dry-run
${exitStatus}`;

const rollbackExamples = `
Examples:
  $ mlops rollback
  $ mlops rollback --dry-run
  $ mlops rollback --to 2 --reason "version 3 rejects everyone"
${exitStatus}`;
