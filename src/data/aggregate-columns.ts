import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { Source } from './source.ts';

/** What is asked of one column: aggregates over named values, or over `row`, the number of the row from 1. */
export interface ColumnQuestion {
  /** `expression AS name`, evaluated on every row. */
  readonly values: readonly string[];
  readonly aggregates: readonly string[];
}

const columnsAScan = 100;

/**
 * Counts the rows, asks every question, and gives the answers of each. Wide files take several scans: DuckDB's time and memory to plan one
 * grow much faster than its columns.
 */
export async function aggregateColumns(
  connection: DuckDBConnection,
  source: Source,
  questions: readonly ColumnQuestion[],
  numbered = false,
): Promise<{ readonly rows: number; readonly answers: readonly (readonly DuckDBValue[])[] }> {
  const answers: (readonly DuckDBValue[])[] = [];
  let rows = 0;
  for (let from = 0; from === 0 || from < questions.length; from += columnsAScan) {
    const asked = questions.slice(from, from + columnsAScan);
    const values = new Set(asked.flatMap((question) => question.values));
    const inner = [numbered ? 'row_number() OVER () AS row' : '0 AS row', ...values];
    const outer = ['count(*)', ...asked.flatMap((question) => question.aggregates)];
    const found = await connection.runAndReadAll(
      `SELECT ${outer.join(', ')} FROM (SELECT ${inner.join(', ')} FROM ${source.from})`,
    );
    const [counted, ...figures] = found.getRows()[0] ?? [];
    rows = Number(counted);
    for (const { aggregates } of asked) answers.push(figures.splice(0, aggregates.length));
  }
  return { rows, answers };
}
