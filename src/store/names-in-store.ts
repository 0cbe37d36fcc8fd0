import Database from 'better-sqlite3';

export interface NamesInStore {
  readonly versions: readonly { readonly version: number; readonly stage: string }[];
  readonly features: readonly string[];
  /** Numbers of the gate decisions, newest first. */
  readonly decisions: readonly number[];
}

const longestWaitMs = 100;
const mostDecisions = 50;

/**
 * What a shell completes: read-only, without waiting for a lock and without bringing the store to this program's version.
 * @throws what SQLite says when the store is not there, damaged or in use
 */
export function namesInStore(path: string): NamesInStore {
  const connection = new Database(path, { readonly: true, fileMustExist: true, timeout: longestWaitMs });
  try {
    const own = ['prediction_id', 'predicted_at', 'model_version', 'probability', 'outcome'];
    return {
      versions: connection
        .prepare<[], { version: number; stage: string }>(
          'SELECT version, stage FROM model_version ORDER BY version DESC',
        )
        .all(),
      features: connection
        .prepare<[], { name: string }>("SELECT name FROM pragma_table_info('prediction')")
        .all()
        .map(({ name }) => name)
        .filter((name) => !own.includes(name)),
      decisions: connection
        .prepare<[number], { decision_id: number }>(
          'SELECT decision_id FROM gate_decision ORDER BY decision_id DESC LIMIT ?',
        )
        .all(mostDecisions)
        .map(({ decision_id }) => decision_id),
    };
  } finally {
    connection.close();
  }
}
