import { readTable, textColumns, textFields } from '../../data/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { openStore } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { workspaceSchema } from '../workspace-schema.ts';
import { recordPredictions } from './record-predictions.ts';

export interface ImportedPredictions {
  readonly read: number;
  readonly added: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** The first conflicting ids: known already with other values, which stay. */
  readonly conflicts: readonly string[];
}

export interface FileToImport {
  readonly path: string;
  readonly format?: string | undefined;
  readonly who: string;
}

/**
 * Records a file of predictions, scored or not; what is known already stays as it is.
 * @throws DataError when the file is not as the schema says, or a row is wrong; then nothing is recorded
 */
export async function importPredictions(
  workspace: Workspace,
  { path, format, who }: FileToImport,
  clock: Clock,
  signal: AbortSignal,
): Promise<ImportedPredictions> {
  const schema = workspaceSchema(workspace);
  const text = [...textColumns, ...(schema === undefined ? [] : textFields(schema))];
  const table = await readTable(path, { format, text, signal });
  using store = openStore(workspace.paths.store, { create: true });
  const wanted = { table, source: path, schema, who, command: 'predictions import', now: clock.now() };
  const { conflicting: rejected, ...rest } = await recordPredictions(store, wanted, signal);
  return { ...rest, rejected };
}
