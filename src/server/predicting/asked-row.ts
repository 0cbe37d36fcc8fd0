import { randomUUIDv7 } from 'node:crypto';
import type { LiveModel } from '../champion/live-model.ts';
import type { FieldFault } from '../http/problem.ts';
import { isObject } from '../http/read-body.ts';
import type { AskedRow } from './predictor.ts';

/** A row as a client gave it. */
export interface GivenRow extends AskedRow {
  /** The id came with the request. */
  readonly given: boolean;
}

const nothing: GivenRow = { numbers: new Float64Array(), texts: [], flags: [], id: '', given: false };

/**
 * Reads `{feature: value, …}` or `{features: {…}}`, with `prediction_id` beside them where the client gives one.
 * @param pointer of the row in the body, for the faults
 * @param key of the request's header, the id of its row
 */
export function readAsked(
  model: LiveModel,
  body: unknown,
  pointer: string,
  faults: FieldFault[],
  key?: string,
): GivenRow {
  if (!isObject(body)) {
    faults.push({ pointer, detail: 'expected an object with the features by name' });
    return nothing;
  }
  const { prediction_id: own, ...rest } = body;
  const nested = 'features' in rest && isObject(rest.features) && Object.keys(rest).length === 1;
  const features = nested && isObject(rest.features) ? rest.features : rest;
  const id = own ?? key;
  if (id !== undefined && !isId(id))
    faults.push({ pointer: `${pointer}/prediction_id`, detail: 'expected a text of 1 to 200 characters' });
  const row = model.reader.read(features, nested ? `${pointer}/features` : pointer, faults);
  return isId(id) ? { ...row, id, given: true } : { ...row, id: randomUUIDv7(), given: false };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 200;
}
