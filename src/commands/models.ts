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
    .command('card <version>')
    .description('Its model card: data, features, figures with intervals, what its answers rest on, limits.')
    .option('--html <file>', 'write it as one HTML file')
    .option('--md <file>', 'write it as Markdown, for a pull request')
    .addHelpText('after', cardExamples)
    .action(async (version: string, files: { readonly html?: string; readonly md?: string }, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { modelCard } = await import('../loop/model-card/model-card.ts');
      const { writeCard } = await import('../loop/model-card/write-card.ts');
      const { cardView } = await import('../report/card-view.ts');
      const workspace = openWorkspace(session.folder);
      const card = await modelCard(workspace, version, session.clock.now(), session.signal);
      await writeCard(card, files);
      session.result(card, () => cardView(card));
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

const cardExamples = `
From the rows kept beside the version: features and their values, SHAP, permutation and gain
importance, partial dependence; on the rows that validated it ROC AUC, precision, recall, F1 and
Brier score with 95 % intervals, calibration, other thresholds, segments. Of a model made elsewhere
what monitoring.reference and the store's labels tell. What it is for and must not be used for
is yours to say: model.purpose and model.not_for in mlops.yaml.

Examples:
  $ mlops models card champion
  $ mlops models card 7 --html card.html --md card.md
  $ mlops models card 7 --json | jq '.evaluation.metrics'

EXIT STATUS
  0 shown · 64 usage · 65 no name of a version, a damaged model · 66 no store yet, no such version
  69 no champion or challenger · 74 the card cannot be written · 78 no workspace · 130 interrupted`;

const examples = `
A version is named by its number, or as champion (production) or challenger (staging).

Examples:
  $ mlops models
  $ mlops models show champion
  $ mlops models at 2026-09-14T03:00:00Z          what was live then?

EXIT STATUS
  0 shown · 64 usage · 65 no name of a version · 66 no store yet, no such version
  69 no champion or challenger · 78 no workspace`;
