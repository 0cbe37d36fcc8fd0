import { type FieldFault, Problem } from '../http/problem.ts';
import type { Service } from '../service.ts';
import { type GivenRow, readAsked } from './asked-row.ts';
import { type ToldPrediction, told } from './told.ts';

/** Rows of a request, as objects of features by name. */
export interface RowsToPredict {
  readonly rows: readonly unknown[];
  /** JSON pointer of a row in the body. */
  readonly pointer: (place: number) => string;
  /** Of the request's header: the id of a lone row, and the beginning of the ids of several. */
  readonly key?: string | undefined;
  /** Epoch milliseconds. */
  readonly deadline: number;
}

/**
 * Reads, scores and keeps rows; all of them or none.
 * @returns one answer a row
 * @throws Problem 422 that names every fault of every row, 413 when there are too many; else as `Predictor.predict`
 */
export async function predictRows(
  service: Service,
  { rows: bodies, pointer, key, deadline }: RowsToPredict,
): Promise<readonly ToldPrediction[]> {
  const model = service.champion.require();
  const most = service.settings.batch_rows;
  if (bodies.length > most)
    throw new Problem(413, { detail: `${bodies.length} rows are more than ${most} (serve.batch_rows)` });
  const faults: FieldFault[] = [];
  const rows: readonly GivenRow[] = bodies.map((body, place) =>
    readAsked(
      model,
      body,
      pointer(place),
      faults,
      key === undefined || bodies.length === 1 ? key : `${key}/${place}`,
    ),
  );
  requireNone(faults);
  if (rows.length === 0) return [];
  const ownIds = rows.some(({ given }) => given);
  const answers = await service.predictor.predict({ model, rows, ownIds, deadline });
  return answers.map((answer, place) => told(answer, rows[place]?.flags));
}

/** More would help nobody. */
const mostFaults = 100;

function requireNone(faults: readonly FieldFault[]): void {
  if (faults.length === 0) return;
  const what = faults.length === 1 ? 'value is' : 'values are';
  const detail = `${faults.length} ${what} not as the schema says; nothing was predicted`;
  throw new Problem(422, { detail, errors: faults.slice(0, mostFaults) });
}
