import { randomUUIDv7 } from 'node:crypto';
import type { LiveModel } from '../champion/live-model.ts';
import { type FieldFault, Problem } from '../http/problem.ts';
import { isObject, readJson } from '../http/read-body.ts';
import { writeJson } from '../http/write-answer.ts';
import type { AskedRow } from '../predicting/predictor.ts';
import { told } from '../predicting/told.ts';
import type { Service } from '../service.ts';
import type { Exchange, Route } from './route.ts';

export const predictRoute: Route = {
  method: 'POST',
  path: '/predict',
  scope: 'predict',
  summary: 'Predicts one row and keeps it',
  handle: async (service, exchange) => {
    const model = service.champion.require();
    const body = await readJson(exchange.request, bodyLimit(service));
    const faults: FieldFault[] = [];
    const row = readAsked(model, body, '', faults, keyOf(exchange));
    requireNone(faults);
    const ownIds = row.given;
    const [answer] = await service.predictor.predict({
      model,
      rows: [row],
      ownIds,
      deadline: exchange.deadline,
    });
    if (answer !== undefined) writeJson(exchange.response, 200, told(answer, row.flags));
  },
};

export const predictBatchRoute: Route = {
  method: 'POST',
  path: '/predict/batch',
  scope: 'predict',
  summary: 'Predicts several rows and keeps them',
  handle: async (service, exchange) => {
    const model = service.champion.require();
    const bodies = rowsOf(await readJson(exchange.request, bodyLimit(service)), service.settings.batch_rows);
    const faults: FieldFault[] = [];
    const rows = bodies.map((body, place) => readAsked(model, body, `/${place}`, faults, undefined));
    requireNone(faults);
    const ownIds = rows.some(({ given }) => given);
    const answers = await service.predictor.predict({ model, rows, ownIds, deadline: exchange.deadline });
    const predictions = answers.map((answer, place) => told(answer, rows[place]?.flags ?? []));
    writeJson(exchange.response, 200, { predictions });
  },
};

export function bodyLimit({ settings }: Service): number {
  return settings.body_megabytes * 1_000_000;
}

/** The rows of a batch: a list, or an object with the list as `rows`. @throws Problem when it is neither, or too long */
function rowsOf(body: unknown, most: number): readonly unknown[] {
  const rows = isObject(body) && 'rows' in body ? body.rows : body;
  if (!Array.isArray(rows)) throw new Problem(422, { detail: 'expected a list of rows, or {"rows": [...]}' });
  if (rows.length > most)
    throw new Problem(413, { detail: `${rows.length} rows are more than ${most} (serve.batch_rows)` });
  return rows;
}

interface GivenRow extends AskedRow {
  /** The id came with the request. */
  readonly given: boolean;
}

/**
 * Reads `{feature: value, …}` or `{features: {…}}`, with `prediction_id` beside them where the client gives one.
 * @param key of the request's header, the id of its row
 */
function readAsked(
  model: LiveModel,
  body: unknown,
  pointer: string,
  faults: FieldFault[],
  key: string | undefined,
): GivenRow {
  if (!isObject(body)) {
    faults.push({ pointer, detail: 'expected an object with the features by name' });
    return { ...nothing, id: '', given: false };
  }
  const { prediction_id: own, ...rest } = body;
  const nested = 'features' in rest && isObject(rest.features) && Object.keys(rest).length === 1;
  const features = nested && isObject(rest.features) ? rest.features : rest;
  const id = own ?? key;
  if (id !== undefined && !isId(id))
    faults.push({ pointer: `${pointer}/prediction_id`, detail: 'expected a text of 1 to 200 characters' });
  const row = model.reader.read(features, nested ? `${pointer}/features` : pointer, faults);
  return { ...row, id: isId(id) ? id : randomUUIDv7(), given: isId(id) };
}

const nothing = { numbers: new Float64Array(), texts: [], flags: [] };

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 200;
}

/** Of the Idempotency-Key header, a quoted string as its draft has it, or bare. */
function keyOf({ request }: Exchange): string | undefined {
  const header = request.headers['idempotency-key'];
  return typeof header === 'string' ? header.replace(/^"(.*)"$/, '$1') : undefined;
}

/** @throws Problem 422 that names every fault */
function requireNone(faults: readonly FieldFault[]): void {
  if (faults.length === 0) return;
  const detail = `${faults.length} ${faults.length === 1 ? 'value is' : 'values are'} not as the schema says; nothing was predicted`;
  throw new Problem(422, { detail, errors: faults.slice(0, 100) });
}
