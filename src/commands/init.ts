import type { InitOutcome } from '../workspace/index.ts';
import type { Register, Session } from './command.ts';

interface InitOptions {
  readonly model?: string;
  readonly schema?: string;
  readonly target?: string;
}

export const registerInit: Register = (program, open) => {
  program
    .command('init')
    .description('Make this folder a workspace: mlops.yaml, commented, and .mlops/.')
    .option('--model <name>', 'name of the model')
    .option('--schema <file>', 'Table Schema of its features, relative to the workspace')
    .option('--target <column>', 'column of the training data with the true outcome, 0 or 1')
    .addHelpText('after', examples)
    .action(async (options: InitOptions, command) => {
      const session = open(command);
      const { existingWorkspace, initWorkspace } = await import('../workspace/index.ts');
      const outcome = existingWorkspace(session.folder) ?? initWorkspace(await answers(session, options));
      session.result(outcome, () => inWords(outcome));
    });
};

async function answers(session: Session, options: InitOptions) {
  const asked = options.model === undefined || options.schema === undefined;
  const model =
    options.model ?? (await ask(session, '--model', 'What is the model called?', 'credit-risk-model'));
  const schemaPath =
    options.schema ?? (await ask(session, '--schema', 'Where is its Table Schema?', 'schema.json'));
  const target = options.target ?? (asked ? await askTarget() : undefined);
  return { folder: session.folder, model, schemaPath, ...(target === undefined ? {} : { target }) };
}

async function ask(session: Session, option: string, question: string, initial: string): Promise<string> {
  const { InterruptedError, UsageError } = await import('../platform/errors.ts');
  if (!session.interactive) {
    throw new UsageError(`${option} is missing`, {
      why: 'there is no terminal to ask on, or --yes was given',
      remedy: `add ${option} ${initial}`,
    });
  }
  const { isCancel, text } = await import('@clack/prompts');
  const answer = await text({
    message: question,
    initialValue: initial,
    validate: (value) => (value?.trim() ? undefined : 'Please write something'),
    output: process.stderr,
  });
  if (isCancel(answer)) throw new InterruptedError('init was cancelled; nothing was made');
  return answer.trim();
}

async function askTarget(): Promise<string | undefined> {
  const { isCancel, text } = await import('@clack/prompts');
  const { InterruptedError } = await import('../platform/errors.ts');
  const answer = await text({
    message: 'Which column holds the true outcome, 0 or 1? (Enter: decide later)',
    defaultValue: '',
    output: process.stderr,
  });
  if (isCancel(answer)) throw new InterruptedError('init was cancelled; nothing was made');
  return answer.trim() === '' ? undefined : answer.trim();
}

function inWords({ created, path }: InitOutcome): string {
  return created ? `made ${path}` : `${path} is there already; nothing was changed`;
}

const examples = `
Examples:
  $ mlops init                                                          asks
  $ mlops init --model credit-risk-model --schema schema.json --yes     for scripts
  $ mlops -C models/credit init --model credit --schema schema.json --target defaulted --yes

EXIT STATUS
  0 made, or there already · 64 usage · 74 the folder cannot be written · 130 cancelled`;
