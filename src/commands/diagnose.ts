import { verdictExitCode } from '../platform/exit-codes.ts';
import type { Register } from './command.ts';

export const registerDiagnose: Register = (program, open) => {
  program
    .command('diagnose <service>')
    .description('Say why a service of mlops.yaml is not well: what was seen, and what to do.')
    .addHelpText('after', examples)
    .action(async (service: string, _options: unknown, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { diagnose } = await import('../loop/operating/diagnose.ts');
      const { diagnosisView } = await import('../report/diagnosis-view.ts');
      const result = await diagnose(openWorkspace(session.folder), service, session.clock, session.signal);
      session.note(`${result.service}: ${result.cause}`);
      session.result(result, () => diagnosisView(result));
      session.exit(verdictExitCode(result.status));
    });
};

const examples = `
Causes: process down, port taken by another process (by pid), model missing, artifact damaged,
store damaged, slow, wrong answer, certificate, unreachable, overloaded. Name in mlops.yaml, under
listener, the process that should hold the port: then a port that another holds is certain.

Examples:
  $ mlops diagnose API
  $ mlops diagnose API --json | jq -r '.cause, .remedy[]'

EXIT STATUS
  0 healthy · 1 WARNING · 2 CRITICAL · 3 UNKNOWN, it cannot be judged · 64 usage
  66 no such service · 78 no workspace`;
