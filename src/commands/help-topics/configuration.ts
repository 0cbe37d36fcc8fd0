import type { HelpTopic } from './index.ts';

export const configurationTopic: HelpTopic = {
  name: 'configuration',
  description: 'every key of mlops.yaml with its default',
  text: async () => {
    const { configurationText } = await import('../../workspace/index.ts');
    const example = configurationText({ model: 'credit-risk-model', schemaPath: 'schema.json' });
    return `CONFIGURATION

mlops.yaml makes a folder a workspace. What follows is the file that mlops init writes: every key with its default, which
is the operations runbook's number. A key that is left out has its default; an unknown key is an error that names its line.
mlops gate set changes the gate and notes why.

${example.trimEnd()}`;
  },
};
