import { readTable, textColumns, textFields } from '../../data/index.ts';
import type { PredictionsImportResult } from '../../data/results/predictions-import.ts';
import type { Clock } from '../../platform/clock.ts';
import { type ConflictingRow, openOrMakeStore } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { workspaceSchema } from '../workspace-schema.ts';
import { recordPredictions } from './record-predictions.ts';
import { type Reject, writeRejects } from './rejects-file.ts';

export interface FileToImport {
  readonly path: string;
  readonly format?: string | undefined;
  readonly who: string;
}

/**
 * Records a file of predictions, scored or not; what is known already stays as it is, and rows that differ from it are written to
 * `<file>.rejects.csv`.
 * @throws DataError when the file is not as the schema says, or a row is wrong; then nothing is recorded
 */
export async function importPredictions(
  workspace: Workspace,
  { path, format, who }: FileToImport,
  clock: Clock,
  signal: AbortSignal,
): Promise<PredictionsImportResult> {
  const schema = workspaceSchema(workspace);
  const text = [...textColumns, ...(schema === undefined ? [] : textFields(schema))];
  const table = await readTable(path, { format, text, signal });
  using store = openOrMakeStore(workspace.paths);
  let rejects_file: string | null = null;
  const rejected = (rows: Iterable<ConflictingRow>) => {
    rejects_file = writeRejects(workspace, path, 'row', asRejects(rows));
  };
  const command = 'predictions import';
  const wanted = { table, source: path, schema, who, command, now: clock.now(), rejected };
  const { conflicting, ...rest } = await recordPredictions(store, wanted, signal);
  return { ...rest, rejected: conflicting, rejects_file };
}

function* asRejects(rows: Iterable<ConflictingRow>): Iterable<Reject> {
  for (const { row, prediction_id } of rows)
    yield { place: row, value: prediction_id, reason: 'the id is known with other values, which stay' };
}
