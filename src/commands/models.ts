import { verdictExitCode } from '../platform/exit-codes.ts';
import type { Register } from './command.ts';
import { requireTime } from './option-values.ts';

export const registerModels: Register = (program, open) => {
  const models = program
    .command('models')
    .description('List the model versions and their stages.')
    .addHelpText('after', examples)
    .action(async (_options: unknown, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { readRegistry } = await import('../loop/versions/read-registry.ts');
      const { modelsView } = await import('../report/models-view.ts');
      const result = readRegistry(openWorkspace(session.folder));
      session.result(result, () => modelsView(result));
    });
  models
    .command('show <version>')
    .description('Everything about one version: artifact, figures, training run, stages, gate decisions.')
    .addHelpText('after', examples)
    .action(async (version: string, _options: unknown, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { readVersion } = await import('../loop/versions/read-registry.ts');
      const { modelVersionView } = await import('../report/models-view.ts');
      const result = readVersion(openWorkspace(session.folder), version);
      session.result(result, () => modelVersionView(result));
    });
  models
    .command('at <time>')
    .description('Say which version was Production then.')
    .addHelpText('after', examples)
    .action(async (text: string, _options: unknown, command) => {
      const session = open(command);
      const time = requireTime('models at', text);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { productionThen } = await import('../loop/versions/read-registry.ts');
      const { productionThenView } = await import('../report/models-view.ts');
      const result = productionThen(openWorkspace(session.folder), time);
      session.result(result, () => productionThenView(result));
    });
  models
    .command('review')
    .description('Production against Staging with intervals, the gate, age, and performance by week.')
    .addHelpText('after', reviewExamples)
    .action(async (_options: unknown, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { reviewModels } = await import('../loop/versions/review-models.ts');
      const { modelsReviewView } = await import('../report/models-review-view.ts');
      const result = reviewModels(openWorkspace(session.folder), session.clock.now());
      session.result(result, () => modelsReviewView(result));
      session.exit(verdictExitCode(result.status));
    });
};

const reviewExamples = `
Intervals are of 95 %: Wilson's for precision and recall, DeLong's for ROC AUC, on the version's
own predictions whose label is known. A version that made none has only the figures of its
registration.

Examples:
  $ mlops models review
  $ mlops models review --json | jq .weeks

EXIT STATUS
  0 OK · 1 WARNING, there is something to do · 66 no store yet · 69 nothing in Production
  78 no workspace`;

const examples = `
A version is named by its number, or as champion (production) or challenger (staging).

Examples:
  $ mlops models
  $ mlops models show champion
  $ mlops models at 2026-09-14T03:00:00Z          what was live then?

EXIT STATUS
  0 shown · 64 usage · 65 no name of a version · 66 no store yet, no such version
  69 no champion or challenger · 78 no workspace`;
