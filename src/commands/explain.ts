import type { ExplainResult } from '../data/results/explain.ts';
import { UsageError } from '../platform/errors.ts';
import { exitCodes } from '../platform/exit-codes.ts';
import type { Register, Session } from './command.ts';

export const registerExplain: Register = (program, open) => {
  program
    .command('explain <subject> [name]')
    .description(
      'Say what a decision, an alert, a check, a criterion, a drift test or an exit code means, with the numbers.',
    )
    .addHelpText('after', examples)
    .action(async (subject: string, name: string | undefined, _options: unknown, command) => {
      const session = open(command);
      const { explainView } = await import('../report/explain-view.ts');
      const result = await explanationOf([subject, ...(name === undefined ? [] : [name])], session);
      session.result(result, () => explainView(result));
    });
};

async function explanationOf(words: readonly string[], session: Session): Promise<ExplainResult> {
  const code =
    words[0] === 'exit'
      ? words[1]
      : words.length === 1 && /^(?:6|7|13)\d$/.test(words[0] ?? '')
        ? words[0]
        : undefined;
  if (words[0] === 'exit' || code !== undefined) return explainExitCode(code ?? '');
  const { findRoot, openWorkspace } = await import('../workspace/index.ts');
  const { explain } = await import('../loop/explaining/explain.ts');
  const workspace = findRoot(session.folder) === undefined ? undefined : openWorkspace(session.folder);
  return explain({ workspace, words }, session.clock, session.signal);
}

async function explainExitCode(text: string): Promise<ExplainResult> {
  const { exitCodeMeanings } = await import('./help-topics/exit-codes.ts');
  const meanings = new Map(Object.entries(exitCodeMeanings));
  const found = Object.entries(exitCodes).find(([, code]) => String(code) === text);
  if (found === undefined) {
    throw new UsageError(`'${text}' is no exit code of mlops`, {
      why: `they are ${Object.values(exitCodes).join(', ')}`,
      remedy: 'mlops help exit-codes',
    });
  }
  const [name, code] = found;
  const next = code === exitCodes.tryAgain ? 'run it again in a moment' : 'mlops help exit-codes';
  const rule = meanings.get(name) ?? '';
  return {
    explanations: [
      { subject: `exit ${code}`, kind: 'exit', rule, numbers: [], next, page: 'troubleshooting' },
    ],
  };
}

const examples = `
SUBJECT is decision [N] (or its number; the newest without), alert NAME, exit CODE, service:NAME, or
the name of a check of health, of monitoring, of a criterion or of a drift test; where a name means
several, check, monitoring, criterion or test before it picks one. Without a workspace it gives the
rule with the default limits.

Examples:
  $ mlops explain decision
  $ mlops explain drift
  $ mlops explain criterion label_coverage
  $ mlops explain exit 75

EXIT STATUS
  0 explained · 64 there is no such name · 66 no such decision, no such alert is open
  78 mlops.yaml is wrong`;
