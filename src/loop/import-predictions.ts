import { type Column, findColumn, readTable, requireColumn, type Table, textAt } from '../data/index.ts';
import type { Clock } from '../platform/clock.ts';
import { DataError } from '../platform/errors.ts';
import { nextTurn } from '../platform/next-turn.ts';
import { type Cell, openStore, predictionSpool, recordEvent } from '../store/index.ts';
import type { Workspace } from '../workspace/index.ts';

export interface ImportedPredictions {
  readonly read: number;
  readonly added: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** The first conflicting ids: known already with other values, which stay. */
  readonly conflicts: readonly string[];
}

const rowsBetweenLooks = 10_000;
const named = {
  id: 'prediction_id',
  time: 'timestamp',
  version: 'model_version',
  probability: 'probability',
  outcome: 'outcome',
} as const;

/**
 * Records a file of predictions in one transaction; what is known already stays as it is.
 * @throws DataError when id or time are missing or wrong in some row, naming it; then nothing is recorded
 */
export async function importPredictions(
  workspace: Workspace,
  path: string,
  who: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<ImportedPredictions> {
  const table = await readTable(path);
  const own: readonly string[] = Object.values(named);
  const features = table.columns.filter((column) => !own.includes(column.name));
  const rowOf = predictionReader(table, path, clock.now());
  const store = openStore(workspace.paths.store, { create: true });
  const columns = features.map(({ name, kind }) => ({
    name,
    type: kind === 'text' ? ('TEXT' as const) : ('REAL' as const),
  }));
  try {
    const spool = predictionSpool(store, columns);
    for (let row = 0; row < table.rows; row++) {
      if (row % rowsBetweenLooks === 0) await nextTurn(signal);
      spool.add({ ...rowOf(row), features: features.map((column) => cellAt(column, row)) });
    }
    return store.change(() => {
      const recorded = spool.record();
      if (recorded.added > 0) {
        recordEvent(store, {
          at: clock.now(),
          who,
          command: 'predictions import',
          reason: path,
          before: null,
          after: recorded,
        });
      }
      const { conflicting: rejected, ...rest } = recorded;
      return { ...rest, rejected };
    });
  } finally {
    store.close();
  }
}

function predictionReader(table: Table, path: string, now: number) {
  const ids = requireColumn(table, named.id);
  const times = requireColumn(table, named.time);
  if (times.type !== 'datetime') {
    throw new DataError(`${path}: column '${named.time}' holds values that are no times`, {
      why: 'a time is ISO 8601 with its zone, like 2026-08-03T06:00:00Z',
      remedy: 'add the zone in every row',
    });
  }
  const optional = (name: string, row: number): Cell => {
    const column = findColumn(table, name);
    return column === undefined ? null : cellAt(column, row);
  };
  return (row: number) => {
    const id = cellAt(ids, row);
    const time = cellAt(times, row);
    if (id === null)
      throw new DataError(`${path}: row ${row + 1} has no ${named.id}`, {
        remedy: 'give every prediction an id',
      });
    if (typeof time !== 'number')
      throw new DataError(`${path}: row ${row + 1} has no ${named.time}`, {
        remedy: 'give every prediction a time',
      });
    if (time > now)
      throw new DataError(`${path}: row ${row + 1} was predicted in the future`, {
        remedy: 'check the clock of what wrote it',
      });
    const version = optional(named.version, row);
    return {
      prediction_id: String(id),
      predicted_at: time,
      model_version: version === null ? null : String(version),
      probability: share(optional(named.probability, row), path, row),
      outcome: binary(optional(named.outcome, row), path, row),
    };
  };
}

function share(cell: Cell, path: string, row: number): number | null {
  if (cell === null || (typeof cell === 'number' && cell >= 0 && cell <= 1)) return cell;
  throw new DataError(`${path}: row ${row + 1}: probability '${cell}' is not between 0 and 1`, {
    remedy: 'correct that row',
  });
}

function binary(cell: Cell, path: string, row: number): number | null {
  if (cell === null || cell === 0 || cell === 1) return cell;
  throw new DataError(`${path}: row ${row + 1}: outcome '${cell}' is not 0 or 1`, {
    remedy: 'correct that row',
  });
}

function cellAt(column: Column, row: number): Cell {
  if (column.kind === 'text') return textAt(column, row) ?? null;
  const value = column.values[row] ?? Number.NaN;
  return Number.isNaN(value) ? null : value;
}
