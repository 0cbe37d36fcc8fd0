import type { Register } from './command.ts';

export const registerBundle: Register = (program, open) => {
  program
    .command('bundle')
    .description(
      'Put logs, configuration without secrets, versions, health and monitoring runs into one file.',
    )
    .option('--to <file>', '.tar.gz or .tar.zst; by default mlops-bundle-MODEL-TIME.tar.gz in this folder')
    .addHelpText('after', examples)
    .action(async (options: { readonly to?: string }, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { writeBundle } = await import('../loop/operating/bundle/write-bundle.ts');
      const { bundleView } = await import('../report/bundle-view.ts');
      const workspace = openWorkspace(session.folder);
      const result = await writeBundle(workspace, options.to, session.clock, session.signal);
      session.result(result, () => bundleView(result));
    });
};

const examples = `
No row of data goes in. Passwords, tokens and keys are taken out of the configuration and of every
log; still read what a service itself has logged before you send it to others.

Examples:
  $ mlops bundle
  $ mlops bundle --to /tmp/api-down.tar.zst --json | jq .omitted

EXIT STATUS
  0 written · 64 usage · 66 no such folder · 74 it cannot be written
  78 no workspace, or mlops.yaml is wrong`;
