import type { Register } from './command.ts';

interface InitOptions {
  readonly model?: string;
  readonly schema?: string;
}

export const registerInit: Register = (program, open) => {
  program
    .command('init')
    .description('Make this folder a workspace: mlops.yaml, commented, and .mlops/.')
    .option('--model <name>', 'name of the model')
    .option('--schema <file>', 'Table Schema of its features, relative to the workspace')
    .addHelpText('after', examples)
    .action(async (options: InitOptions, command) => {
      const session = open(command);
      const { initWorkspace } = await import('../workspace/index.ts');
      const model =
        options.model ??
        (await ask(session.interactive, '--model', 'What is the model called?', 'credit-risk-model'));
      const schema =
        options.schema ??
        (await ask(session.interactive, '--schema', 'Where is its Table Schema?', 'schema.json'));
      const { created, path } = initWorkspace(session.folder, model, schema);
      session.result({ created, path }, () =>
        created ? `made ${path}` : `${path} is there already; nothing was changed`,
      );
    });
};

async function ask(interactive: boolean, option: string, question: string, initial: string): Promise<string> {
  const { InterruptedError, UsageError } = await import('../platform/errors.ts');
  if (!interactive) throw new UsageError(`${option} is missing`, { remedy: `add ${option} ${initial}` });
  const { isCancel, text } = await import('@clack/prompts');
  const answer = await text({ message: question, initialValue: initial });
  if (isCancel(answer)) throw new InterruptedError('init was cancelled; nothing was made');
  return answer;
}

const examples = `
Examples:
  $ mlops init                                                          asks
  $ mlops init --model credit-risk-model --schema schema.json --yes     for scripts

EXIT STATUS
  0 made, or there already · 64 usage · 74 the folder cannot be written · 130 cancelled`;
