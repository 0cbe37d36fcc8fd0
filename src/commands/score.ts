import { Option } from 'commander';
import type { ScoreResult } from '../data/results/score.ts';
import { durationSince } from '../platform/clock.ts';
import { UsageError } from '../platform/errors.ts';
import { exitCodes } from '../platform/exit-codes.ts';
import { actor } from './actor.ts';
import type { Register, Session } from './command.ts';
import { parseNames, parseThreshold } from './option-values.ts';
import { rowProgress } from './row-progress.ts';

interface ScoreOptions {
  readonly model?: string;
  readonly version?: string;
  readonly stage?: string;
  readonly input: string;
  readonly output: string;
  readonly log?: boolean;
  readonly features?: string;
  readonly threshold?: string;
  readonly format?: string;
}

export const registerScore: Register = (program, open) => {
  program
    .command('score')
    .description('Score a file with an ONNX model, in this process, batch by batch.')
    .option('--model <file>', 'ONNX binary classifier (mlops, skl2onnx, LightGBM); needs no workspace')
    .option('--version <version>', 'a version of the workspace')
    .addOption(new Option('--stage <stage>', 'the version in that stage').choices(['production', 'staging']))
    .requiredOption('--input <file>', 'rows to score (CSV, Parquet, JSON Lines)')
    .requiredOption(
      '--output <file>',
      '.csv, .parquet or .jsonl with prediction_id or row, probability, outcome',
    )
    .option('--log', 'record the predictions in the store, too; the rows need prediction_id')
    .option('--features <names>', 'with --model: inputs in order, by comma; by default those that it carries')
    .option(
      '--threshold <p>',
      'probability from which the outcome is 1; by default the one that the model carries, else 0.5',
    )
    .option('--format <name>', 'csv, parquet or jsonl, where the extension does not tell')
    .addHelpText('after', examples)
    .action(async (options: ScoreOptions, command) => {
      const session = open(command);
      const started = session.clock.elapsed();
      const progress = rowProgress(session, 'scored');
      const hooks = { signal: session.signal, progress: progress.advance };
      const { rows, recorded } = await score(options, session, hooks).finally(progress.end);
      const duration_ms = durationSince(session.clock, started);
      const result: ScoreResult = { rows, output: options.output, duration_ms, recorded };
      session.result(result, () => inWords(result));
      session.exit(recorded === null || recorded.conflicting === 0 ? exitCodes.ok : exitCodes.warning);
    });
};

type Hooks = {
  readonly signal: AbortSignal;
  readonly progress: (rows: number, total: number | undefined) => void;
};

async function score(options: ScoreOptions, session: Session, hooks: Hooks) {
  const { model, version, stage, input, output, format, log = false } = options;
  if ([model, version, stage].filter((each) => each !== undefined).length !== 1) {
    throw new UsageError('score takes --model FILE, --version V or --stage STAGE, one of them', {
      remedy: 'write mlops score --stage production --input rows.csv --output scores.csv',
    });
  }
  const rows = { input, output, format, ...parseThreshold(options.threshold) };
  if (model === undefined) {
    const { openWorkspace } = await import('../workspace/index.ts');
    const { scoreWithVersion } = await import('../loop/scoring/score-version.ts');
    const wanted = { ...rows, version: version ?? stage ?? 'production', log, who: actor() };
    return scoreWithVersion(openWorkspace(session.folder), wanted, session.clock, hooks);
  }
  if (log) {
    throw new UsageError('--log records predictions of a version of the workspace', {
      remedy: 'name it with --version or --stage in place of --model',
    });
  }
  const { scoreFile } = await import('../loop/scoring/score-file.ts');
  const scored = await scoreFile({ model, ...rows, ...parseNames(options.features) }, hooks);
  return { ...scored, recorded: null };
}

function inWords({ rows, output, recorded }: ScoreResult): string {
  const scored = `${rows.toLocaleString('en-US')} rows scored into ${output}`;
  if (recorded === null) return scored;
  const conflicts =
    recorded.conflicting === 0
      ? ''
      : `, ${recorded.conflicting} known with other values and kept as they were: ${recorded.conflicts.join(', ')}`;
  return `${scored}\n${recorded.added} recorded, ${recorded.unchanged} known already${conflicts}`;
}

const examples = `
Examples:
  $ mlops score --model model.onnx --input applications.csv --output scores.csv
  $ mlops score --model sklearn.onnx --features age,income --threshold 0.2 --input a.csv --output b.parquet
  $ mlops score --stage production --input week.csv --output scores.csv --log

EXIT STATUS
  0 scored · 1 some ids were known with other values · 64 usage
  65 bad data, or no binary classifier · 66 no such file or version · 69 nothing in Production
  74 cannot be written · 78 no workspace · 130 interrupted, nothing written`;
