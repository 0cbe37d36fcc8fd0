import type { ColumnSource } from '../../../data/column-source.ts';
import { predictionColumns } from '../../../data/prediction-columns.ts';
import type { DataIssue } from '../../../data/results/quality.ts';
import type { SchemaField } from '../../../data/schema.ts';

/** Columns that neither the schema nor the reference has, and that are none of a prediction's own. */
export function extraColumns(
  reference: Pick<ColumnSource, 'columns'>,
  current: Pick<ColumnSource, 'rows' | 'columns'>,
  fields: readonly SchemaField[],
): readonly DataIssue[] {
  const known = new Set([...[...fields, ...reference.columns].map(({ name }) => name), ...predictionColumns]);
  return current.columns
    .filter(({ name }) => !known.has(name))
    .map(({ name }) => ({
      kind: 'extra_column',
      feature: name,
      rows: current.rows,
      example: null,
      confidence: 0.5,
      sentence: `${name} is a column of the current data that neither the schema nor the reference has`,
    }));
}
