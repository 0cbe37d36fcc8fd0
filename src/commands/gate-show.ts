import type { Register } from './command.ts';
import { writeGatePage } from './write-gate-page.ts';

export const registerGateShow: Register = (gate, open) => {
  gate
    .command('show [decision]')
    .description('Show a stored decision in words; the newest when no number is given.')
    .option('--html <file>', 'write it as a page for whoever answers for the model')
    .addHelpText('after', examples)
    .action(async (decision: string | undefined, { html }: { readonly html?: string }, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { showDecision } = await import('../loop/gating/stored-decision.ts');
      const { gateDecisionView } = await import('../report/gate-view.ts');
      const result = showDecision(openWorkspace(session.folder), decision);
      if (html !== undefined) await writeGatePage(html, result);
      session.result(result, () => gateDecisionView(result));
    });
};

const examples = `
Examples:
  $ mlops gate show
  $ mlops gate show 3 --html decision-3.html
  $ mlops gate show 3 --json | jq '.criteria[] | select(.passed | not)'

EXIT STATUS
  0 shown · 64 usage · 66 no store yet, no such decision · 74 the page cannot be written
  78 no workspace`;
