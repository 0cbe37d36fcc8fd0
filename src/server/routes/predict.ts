import { servedPredictionDefinition } from '../../data/results/serving.ts';
import { readJson } from '../http/read-body.ts';
import { writeJson } from '../http/write-answer.ts';
import { idempotencyKey } from '../predicting/idempotency-key.ts';
import { predictRows } from '../predicting/predict-rows.ts';
import type { Service } from '../service.ts';
import type { Exchange, Route } from './route.ts';

export const predictRoute: Route = {
  method: 'POST',
  path: '/predict',
  scope: 'predict',
  summary: 'Predicts one row and keeps it',
  body: 'row',
  answer: servedPredictionDefinition,
  handle: async (service, exchange) => {
    const body = await readPredictable(service, exchange);
    const { deadline, response } = exchange;
    const key = idempotencyKey(exchange.request);
    const [answer] = await predictRows(service, { rows: [body], pointer: () => '', key, deadline });
    writeJson(response, 200, answer);
  },
};

/** The body as JSON, where rows can be predicted at all: what cannot be answered is not read. */
export function readPredictable(service: Service, { request }: Exchange): Promise<unknown> {
  service.champion.require();
  service.predictor.requireRoom();
  return readJson(request, bodyLimit(service));
}

export function bodyLimit({ settings }: Service): number {
  return settings.body_megabytes * 1_000_000;
}
