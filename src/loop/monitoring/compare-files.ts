import { resolve } from 'node:path';
import {
  featureNames,
  findColumn,
  heldColumns,
  listNames,
  readSchema,
  readTable,
  type Table,
  type TableSchema,
  textFields,
  writeFileAtomic,
} from '../../data/index.ts';
import type { DriftResult } from '../../data/results/drift.ts';
import {
  featureTypes,
  findDataIssues,
  inferLikeEvidently,
  markFaults,
  measureDrift,
  measureMultivariate,
  schemaFeatureTypes,
  withBeside,
} from '../../drift/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { ConfigurationError, DataError } from '../../platform/errors.ts';
import { driftDefaults } from '../../workspace/defaults.ts';
import { type AskedRules, comparisonRules, requireRulesFit } from './asked-rules.ts';
import { compareAnswers } from './file-answers.ts';

export interface FilesToCompare {
  readonly reference: string;
  readonly current: string;
  readonly html?: string;
  readonly schema?: string;
  /** By default as the convention has it: Evidently infers types where no schema says them. */
  readonly types?: 'schema' | 'evidently';
  readonly format?: string;
  readonly minimumRows: number;
  readonly rules: AskedRules;
  /** Look at the features together, too. */
  readonly multivariate?: boolean;
  /** Columns of both files that are no features: the model's answer, and what came true. */
  readonly prediction?: string;
  readonly target?: string;
}

/**
 * Drift between two bare files, with the report when `html` names one.
 * @throws DataError when a file has no rows or lacks a feature of the schema; ConfigurationError when the schema has no feature;
 * UsageError when a test was asked for that cannot be made
 */
export async function compareFiles(
  files: FilesToCompare,
  clock: Clock,
  signal: AbortSignal,
): Promise<DriftResult> {
  const schema = files.schema === undefined ? undefined : readSchema(files.schema);
  if (schema !== undefined && featureNames(schema).length === 0)
    throw new ConfigurationError(`${files.schema} has no feature`, {
      why: 'each of its fields has another role',
      remedy: 'give the fields to compare the role feature, or none',
    });
  requireRulesFit(files.rules, schema && schemaFeatureTypes(schema));
  const options = { format: files.format, text: schema === undefined ? [] : textFields(schema), signal };
  const reference = await readTable(files.reference, options);
  const current = await readTable(files.current, options);
  requireComparable(reference, files.reference, schema);
  requireComparable(current, files.current, schema);
  const rules = comparisonRules(files.rules);
  const { types = schema === undefined ? rules.convention.types : 'schema' } = files;
  const typed =
    types === 'evidently'
      ? inferLikeEvidently(reference, current)
      : schema === undefined
        ? featureTypes(reference, current)
        : schemaFeatureTypes(schema);
  const features = typed.filter(({ name }) => name !== files.prediction && name !== files.target);
  requireRulesFit(files.rules, features);
  const { minimumRows } = files;
  const pair = { reference, current, features };
  const drift = measureDrift({ ...pair, ...driftDefaults, minimumRows, ...rules });
  const enough = Math.min(reference.rows, current.rows) >= minimumRows;
  const issues = enough
    ? findDataIssues(schema === undefined ? pair : { ...pair, fields: schema.fields })
    : [];
  const notes = [
    ...(schema === undefined ? columnsOfOneSide(reference, current, files) : []),
    ...orderOfColumns(reference, current, files),
  ];
  const judged = markFaults(drift, issues);
  const joint = files.multivariate
    ? await measureMultivariate({
        reference: heldColumns(reference),
        current: heldColumns(current),
        features,
        seed: rules.seed,
        signal,
      })
    : {};
  const answers = await compareAnswers({
    reference: heldColumns(reference),
    current: heldColumns(current),
    names: files,
    prediction: files.prediction,
    target: files.target,
    features,
    rules,
    minimumRows,
  });
  const measured = withBeside(judged, { notes }, joint, answers);
  if (files.html === undefined) return measured;
  const { renderDriftPage } = await import('../../report/drift-page.tsx');
  const subject = { referenceName: files.reference, currentName: files.current, generatedAt: clock.now() };
  const result = { ...measured, report: resolve(files.html) };
  writeFileAtomic(result.report, renderDriftPage(result, subject));
  return result;
}

function requireComparable(table: Table, path: string, schema: TableSchema | undefined): void {
  if (table.rows === 0)
    throw new DataError(`${path} has no rows`, {
      remedy: 'check that whatever writes the file has finished',
    });
  const names = schema === undefined ? [] : featureNames(schema);
  const missing = names.filter((name) => findColumn(table, name) === undefined);
  if (missing.length === 0) return;
  throw new DataError(`${path} lacks ${listNames(missing)}`, {
    why: `its columns are ${listNames(table.columns.map((column) => column.name))}`,
    remedy: 'add the columns, or correct the schema',
  });
}

function columnsOfOneSide(reference: Table, current: Table, files: FilesToCompare): string[] {
  const only = (table: Table, other: Table, path: string) => {
    const names = table.columns.map((column) => column.name);
    const alone = names.filter((name) => findColumn(other, name) === undefined);
    return alone.length === 0 ? [] : [`not compared, only in ${path}: ${listNames(alone)}`];
  };
  return [...only(reference, current, files.reference), ...only(current, reference, files.current)];
}

/** Columns are found by their names; the order is told because a reader that goes by position would be led astray. */
function orderOfColumns(reference: Table, current: Table, files: FilesToCompare): string[] {
  const shared = (table: Table, other: Table) => {
    const names = new Set(other.columns.map((column) => column.name));
    return table.columns.map((column) => column.name).filter((name) => names.has(name));
  };
  const before = shared(reference, current);
  const moved = shared(current, reference).filter((name, place) => name !== before[place]);
  return moved.length === 0 ? [] : [`in another order in ${files.current}: ${listNames(moved)}`];
}
