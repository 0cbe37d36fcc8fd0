import { exitCodes } from '../platform/exit-codes.ts';
import { actor } from './actor.ts';
import type { Register } from './command.ts';

export const registerPredictions: Register = (program, open) => {
  const predictions = program
    .command('predictions')
    .description('Predictions in the store.')
    .addHelpText('after', examples);
  predictions
    .command('explain <id>')
    .description('Why a prediction came out as it did: what each feature adds to the model’s answer.')
    .option('--version <version>', 'explain it by that version; by default by the one that made it')
    .addHelpText('after', explainExamples)
    .action(async (id: string, { version }: { readonly version?: string }, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { explainPrediction } = await import('../loop/explaining/explain-prediction.ts');
      const { predictionExplanationView } = await import('../report/prediction-explanation-view.ts');
      const workspace = openWorkspace(session.folder);
      const result = await explainPrediction(workspace, { id, version }, session.clock.now(), session.signal);
      session.result(result, () => predictionExplanationView(result));
    });
  predictions
    .command('import <file>')
    .description('Record predictions with ids and times, scored or not; the same file twice adds nothing.')
    .option('--format <name>', 'csv, parquet or jsonl, where the extension does not tell')
    .addHelpText('after', examples)
    .action(async (file: string, options: { readonly format?: string }, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { importPredictions } = await import('../loop/recording/import-predictions.ts');
      const wanted = { path: file, format: options.format, who: actor() };
      const result = await importPredictions(
        openWorkspace(session.folder),
        wanted,
        session.clock,
        session.signal,
      );
      session.result(result, () => {
        const counts = `${result.read} read, ${result.added} added, ${result.unchanged} unchanged, ${result.rejected} rejected`;
        if (result.rejects_file === null) return counts;
        const known = `known with other values, which stay: ${result.conflicts.map(shortened).join(', ')}`;
        return [counts, known, `rejected rows: ${result.rejects_file}`].join('\n');
      });
      session.exit(result.rejected === 0 ? exitCodes.ok : exitCodes.warning);
    });
};

const explainExamples = `
Exact for tree ensembles and logistic regression: the parts and the mean of the background rows add
up to the model's log odds (a forest's probability). The background is the version's training
data; for a model made elsewhere monitoring.reference, else the newest predictions. Other
models are explained by sampling, with standard errors.

Examples:
  $ mlops predictions explain week-36-0017
  $ mlops predictions explain week-36-0017 --version challenger       what would the other one say?
  $ mlops predictions explain week-36-0017 --json | jq '.features[0]'

EXIT STATUS
  0 explained · 64 usage · 65 a feature was recorded as text, a damaged model
  66 no such prediction or version, no store yet
  69 no version made the prediction, no rows to compare it with · 78 no workspace · 130 interrupted`;

/** An id may be any text; a line of a terminal is short. */
function shortened(id: string): string {
  const oneLine = JSON.stringify(id).slice(1, -1);
  return oneLine.length > 40 ? `${oneLine.slice(0, 39)}…` : oneLine;
}

const examples = `
Columns: prediction_id, timestamp (ISO 8601 with zone), the features, and where there are any
model_version, probability, outcome. Rows whose id is known with other values go to
FILE.rejects.csv.

Examples:
  $ mlops predictions import week.csv
  $ mlops predictions import week.parquet --json | jq .added

EXIT STATUS
  0 recorded · 1 some ids were known with other values · 64 usage · 65 bad data, nothing recorded
  66 no such file · 74 cannot be written · 75 store in use, try again · 78 no workspace
  130 interrupted, nothing recorded`;
