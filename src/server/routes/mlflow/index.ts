import { servedPredictionsDefinition } from '../../../data/results/serving.ts';
import { version } from '../../../platform/version.ts';
import { parseJson, readBody } from '../../http/read-body.ts';
import { writeJson, writeText } from '../../http/write-answer.ts';
import { predictRows } from '../../predicting/predict-rows.ts';
import type { Service } from '../../service.ts';
import { bodyLimit } from '../predict.ts';
import type { Exchange, Route } from '../route.ts';
import { rowsOfCsv } from './rows-of-csv.ts';
import { type InvocationRows, rowsOfInvocation } from './rows-of-invocation.ts';

/** What MLflow's scoring server answers at these addresses. */
export const mlflowRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/invocations',
    scope: 'predict',
    summary: "Predicts rows in any form of MLflow's scoring server, JSON or CSV, and keeps them",
    body: 'invocation',
    answer: servedPredictionsDefinition,
    handle: async (service, exchange) => {
      service.predictor.requireRoom();
      const rows = await readRows(service, exchange);
      const { response, deadline } = exchange;
      writeJson(response, 200, { predictions: await predictRows(service, { ...rows, deadline }) });
    },
  },
  {
    method: 'GET',
    path: '/ping',
    scope: 'open',
    summary: 'Whether predictions are answered now',
    answerType: 'text/plain',
    handle: ({ champion }, { response }) => {
      champion.require();
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

async function readRows(service: Service, { request }: Exchange): Promise<InvocationRows> {
  const { rules } = service.champion.require();
  const body = await readBody(request, bodyLimit(service));
  const isCsv = /^text\/csv\b/i.test(request.headers['content-type'] ?? '');
  if (!isCsv) return rowsOfInvocation(parseJson(withoutNaN(body)), rules);
  return { rows: rowsOfCsv(body.toString('utf8'), rules), pointer: (place) => `/${place}` };
}

const textOrNaN = /"(?:[^"\\]|\\.)*"|\bNaN\b/g;

/** Python writes a missing number as a bare NaN, and MLflow's own client sends that; JSON has null for it. */
function withoutNaN(body: Buffer): Buffer {
  if (!body.includes('NaN')) return body;
  return Buffer.from(body.toString('utf8').replace(textOrNaN, (token) => (token === 'NaN' ? 'null' : token)));
}
