import { type ColumnSource, findColumn, listNames, sampleRows } from '../../data/index.ts';
import type { DriftResult } from '../../data/results/drift.ts';
import { type AnsweredRows, type ComparisonRules, type Feature, measureAnswers } from '../../drift/index.ts';
import { DataError } from '../../platform/errors.ts';
import { randomFrom } from '../../training/random.ts';

export interface FileAnswers {
  readonly reference: ColumnSource;
  readonly current: ColumnSource;
  /** What messages call the two. */
  readonly names: { readonly reference: string; readonly current: string };
  /** Column of both files with the model's answer. */
  readonly prediction?: string | undefined;
  /** Column of both files with what came true. */
  readonly target?: string | undefined;
  readonly features: readonly Feature[];
  readonly rules: ComparisonRules;
  readonly minimumRows: number;
}

/** Rows of a side that are looked at, all or a seeded sample; of wide data fewer, so that it has at most so many values. */
const mostRows = 100_000;
const mostValues = 20_000_000;

/**
 * Drift of the answers and labels of two files, and of the errors between them.
 * @throws DataError for a named column that a file lacks
 */
export async function compareAnswers(
  question: FileAnswers,
): Promise<Pick<DriftResult, 'prediction' | 'label' | 'concept' | 'notes'>> {
  const { prediction, target, features, names } = question;
  const answers = [prediction, target].filter((name) => name !== undefined);
  if (answers.length === 0) return {};
  const most = Math.min(mostRows, Math.floor(mostValues / (features.length + answers.length)));
  const random = randomFrom(question.rules.seed);
  const side = async (which: 'reference' | 'current'): Promise<AnsweredRows> => {
    requireColumns(question[which], names[which], answers);
    const columns = [...features.map(({ name }) => name), ...answers];
    const table = await sampleRows(question[which], columns, most, random);
    return {
      features: table,
      prediction: prediction === undefined ? undefined : findColumn(table, prediction),
      label: target === undefined ? undefined : findColumn(table, target),
    };
  };
  return measureAnswers({ ...question, reference: await side('reference'), current: await side('current') });
}

function requireColumns({ columns }: ColumnSource, path: string, wanted: readonly string[]): void {
  const missing = wanted.find((name) => columns.every((column) => column.name !== name));
  if (missing === undefined) return;
  throw new DataError(`${path} has no column '${missing}'`, {
    why: `its columns are ${listNames(columns.map(({ name }) => name))}`,
    remedy: 'name one of these; both files need it',
  });
}
