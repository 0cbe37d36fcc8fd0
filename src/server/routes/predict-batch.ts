import { servedPredictionsDefinition } from '../../data/results/serving.ts';
import { csvText, type RowColumn } from '../../data/row-text.ts';
import { contentType } from '../http/content-type.ts';
import { Problem } from '../http/problem.ts';
import { isObject, readBody } from '../http/read-body.ts';
import { writeJson, writeText } from '../http/write-answer.ts';
import { csvRows } from '../predicting/csv-rows.ts';
import { idempotencyKey } from '../predicting/idempotency-key.ts';
import { predictRows, type RowsToPredict } from '../predicting/predict-rows.ts';
import type { ToldPrediction } from '../predicting/told.ts';
import type { Service } from '../service.ts';
import { bodyLimit, readPredictable } from './predict.ts';
import type { Exchange, Route } from './route.ts';

type Rows = Pick<RowsToPredict, 'rows' | 'pointer'>;

export const predictBatchRoute: Route = {
  method: 'POST',
  path: '/predict/batch',
  scope: 'predict',
  summary: 'Predicts several rows, as JSON or CSV, and keeps them; answers CSV where that is accepted',
  body: 'rows',
  takesCsv: true,
  answer: servedPredictionsDefinition,
  handle: async (service, exchange) => {
    const { deadline, response, request } = exchange;
    const isCsv = contentType(request) === 'text/csv';
    const rows = isCsv
      ? await readCsvRows(service, exchange)
      : rowsOf(await readPredictable(service, exchange));
    const predictions = await predictRows(service, { ...rows, key: idempotencyKey(request), deadline });
    if (/\btext\/csv\b/i.test(request.headers.accept ?? ''))
      writeText(response, 200, 'text/csv; charset=utf-8; header=present', asCsv(predictions));
    else writeJson(response, 200, { predictions });
  },
};

async function readCsvRows(service: Service, { request }: Exchange): Promise<Rows> {
  service.champion.require();
  service.predictor.requireRoom();
  const body = await readBody(request, bodyLimit(service));
  return { rows: csvRows(body, service.champion.require()), pointer: (place) => `/${place}` };
}

/** A list of rows, or an object with the list as `rows`. @throws Problem 422 when it is neither */
function rowsOf(body: unknown): Rows {
  const within = isObject(body) && 'rows' in body;
  const rows = within ? body.rows : body;
  if (!Array.isArray(rows)) throw new Problem(422, { detail: 'expected a list of rows, or {"rows": [...]}' });
  return { rows, pointer: (place) => (within ? `/rows/${place}` : `/${place}`) };
}

const columns: readonly RowColumn[] = [
  { name: 'prediction_id', type: 'text' },
  { name: 'probability', type: 'number' },
  { name: 'outcome', type: 'integer' },
  { name: 'model_version', type: 'text' },
  { name: 'threshold', type: 'number' },
  { name: 'timestamp', type: 'text' },
  { name: 'flags', type: 'text' },
];

/** Texts as they are: whoever asks for CSV over HTTP is a program, and ids must come back as they were sent. */
function asCsv(predictions: readonly ToldPrediction[]): string {
  const { header, line } = csvText(columns, false);
  const lines = predictions.map((each) =>
    line([
      each.prediction_id,
      each.probability,
      each.outcome,
      each.model_version,
      each.threshold,
      each.timestamp,
      each.flags?.map(({ feature, detail }) => `${feature}: ${detail}`).join('; ') ?? null,
    ]),
  );
  return header + lines.join('');
}
