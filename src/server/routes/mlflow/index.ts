import type { ServerResponse } from 'node:http';
import { type AnsweredInvocation, answeredInvocationDefinition } from '../../../data/results/serving.ts';
import { version } from '../../../platform/version.ts';
import type { LiveModel } from '../../champion/live-model.ts';
import { contentType } from '../../http/content-type.ts';
import { parseJson } from '../../http/parse-json.ts';
import { Problem } from '../../http/problem.ts';
import { isObject, readBody } from '../../http/read-body.ts';
import { writeJson, writeText } from '../../http/write-answer.ts';
import { csvRows } from '../../predicting/csv-rows.ts';
import { idempotencyKey } from '../../predicting/idempotency-key.ts';
import { predictRows } from '../../predicting/predict-rows.ts';
import type { Service } from '../../service.ts';
import { bodyLimit } from '../predict.ts';
import type { Exchange, Route } from '../route.ts';
import { requireReady } from '../status.ts';
import { type InvocationRows, rowsOfInvocation } from './rows-of-invocation.ts';

/** What MLflow's scoring server answers at these addresses. */
export const mlflowRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/invocations',
    scope: 'predict',
    summary: "Predicts rows in any form of MLflow's scoring server, JSON or CSV, and keeps them",
    body: 'invocation',
    takesCsv: true,
    answer: answeredInvocationDefinition,
    writeProblem: writeError,
    handle: async (service, exchange) => {
      service.predictor.requireRoom();
      const rows = await readRows(service, exchange);
      const { request, response, deadline } = exchange;
      const key = idempotencyKey(request);
      const told = await predictRows(service, { ...rows, key, deadline });
      const answer: AnsweredInvocation = {
        predictions: told.map(({ outcome }) => outcome),
        probabilities: told.map(({ probability }) => probability),
        prediction_ids: told.map(({ prediction_id }) => prediction_id),
        model_versions: told.map(({ model_version }) => model_version),
      };
      writeJson(response, 200, answer);
    },
  },
  {
    method: 'GET',
    path: '/ping',
    scope: 'open',
    summary: 'Whether predictions are answered now',
    answerType: 'text/plain',
    handle: (service, { response }) => {
      requireReady(service);
      writeText(response, 200, 'text/plain', '\n');
    },
  },
  {
    method: 'GET',
    path: '/version',
    scope: 'open',
    summary: 'Version of this program',
    answerType: 'text/plain',
    handle: (_, { response }) => writeText(response, 200, 'text/plain', version),
  },
];

/** Names of MLflow's errors by status; any other of a client's is a BAD_REQUEST. */
const errorCodes: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  409: 'RESOURCE_CONFLICT',
  500: 'INTERNAL_ERROR',
  503: 'TEMPORARILY_UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};
const mostFaults = 10;

function writeError(response: ServerResponse, { status, message, errors, headers }: Problem): void {
  const faults = errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).slice(0, mostFaults);
  const error = { error_code: errorCodes[status] ?? 'BAD_REQUEST', message: [message, ...faults].join('; ') };
  writeText(response, status, 'application/json', JSON.stringify(error), headers);
}

/** @throws Problem 415 for what is neither JSON nor CSV */
async function readRows(service: Service, { request }: Exchange): Promise<InvocationRows> {
  service.champion.require();
  const type = contentType(request) ?? 'application/json';
  if (type !== 'application/json' && type !== 'text/csv')
    throw new Problem(415, { detail: `the body is ${type}: send application/json or text/csv` });
  const body = await readBody(request, bodyLimit(service));
  const model = service.champion.require();
  const { rows, pointer } =
    type === 'text/csv'
      ? { rows: csvRows(body, model), pointer: (place: number) => `/${place}` }
      : rowsOfInvocation(parseJson(body, 'NaN is null'), model.rules);
  return { rows: rows.map((row) => onlyFeatures(row, model)), pointer };
}

/** Columns that the model does not take are left aside, as MLflow does: its clients send whole data frames. */
function onlyFeatures(row: unknown, { rules }: LiveModel): unknown {
  if (!isObject(row)) return row;
  const taken = ['prediction_id', ...rules.map(({ name }) => name)].filter((name) =>
    Object.hasOwn(row, name),
  );
  return Object.fromEntries(taken.map((name) => [name, row[name]]));
}
