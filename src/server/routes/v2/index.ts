import type { ServerResponse } from 'node:http';
import { version as programVersion } from '../../../platform/version.ts';
import type { LiveModel } from '../../champion/live-model.ts';
import { Problem } from '../../http/problem.ts';
import { writeJson, writeText } from '../../http/write-answer.ts';
import type { FeatureRule } from '../../predicting/feature-rule.ts';
import { idempotencyKey } from '../../predicting/idempotency-key.ts';
import { predictRows } from '../../predicting/predict-rows.ts';
import type { ToldPrediction } from '../../predicting/told.ts';
import type { Service } from '../../service.ts';
import { bodyLimit } from '../predict.ts';
import type { Exchange, Route } from '../route.ts';
import { requireReady } from '../status.ts';
import { readInfer } from './read-infer.ts';
import { rowsOfTensors } from './rows-of-tensors.ts';
import { outputTensors, wantedOutputs, writeTensors } from './write-tensors.ts';

/** The Open Inference Protocol V2 over REST, with the binary data extension; errors are `{error}`, as it has them. */
export const v2Routes: readonly Route[] = [
  get('/v2', 'open', 'Open Inference Protocol V2: the server', () => ({
    name: 'mlops',
    version: programVersion,
    extensions: ['binary_tensor_data'],
  })),
  get('/v2/health/live', 'open', 'Whether the process answers', () => ({ live: true })),
  get('/v2/health/ready', 'open', 'Whether predictions are answered', (service) => {
    requireReady(service);
    return { ready: true };
  }),
  ...['/v2/models/{name}', '/v2/models/{name}/versions/{version}'].flatMap((path) => [
    get(path, 'read', 'The model: its tensors', (service, exchange) =>
      metadata(service, asked(service, exchange)),
    ),
    get(`${path}/ready`, 'open', 'Whether the model answers', (service, exchange) => ({
      name: service.workspace.config.model.name,
      ready: asked(service, exchange) !== undefined,
    })),
    {
      method: 'POST' as const,
      path: `${path}/infer`,
      scope: 'predict' as const,
      summary: 'Predicts the rows of tensors and keeps them',
      body: 'tensors' as const,
      writeProblem: writeError,
      handle: infer,
    },
  ]),
];

function get(
  path: string,
  scope: Route['scope'],
  summary: string,
  answer: (service: Service, exchange: Exchange) => unknown,
): Route {
  const handle = (service: Service, exchange: Exchange) =>
    writeJson(exchange.response, 200, answer(service, exchange));
  return { method: 'GET', path, scope, summary, writeProblem: writeError, handle };
}

/** The protocol's clients take 400 for whatever is wrong with the request. */
function writeError(response: ServerResponse, { status, message, errors, headers }: Problem): void {
  const faults = errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).slice(0, mostFaults);
  const error = [message, ...faults].join('; ');
  writeText(response, status === 422 ? 400 : status, 'application/json', JSON.stringify({ error }), headers);
}

/** The model that is asked for. @throws Problem 404 when that is another model, or a version that does not answer now */
function asked({ workspace, champion }: Service, { parameters }: Exchange): LiveModel {
  const model = champion.require();
  const { name, version } = parameters;
  const own = workspace.config.model.name;
  if (name !== own) throw new Problem(404, { detail: `the model here is ${own}` });
  const answering = String(model.version.version);
  if (version === undefined || version === answering) return model;
  throw new Problem(404, { detail: `version ${answering} answers, not ${version}` });
}

const datatypes: Readonly<Record<FeatureRule['type'], string>> = {
  number: 'FP64',
  integer: 'INT64',
  boolean: 'BOOL',
  datetime: 'BYTES',
  string: 'BYTES',
};

/** Faults named in the one line that the protocol has for an error. */
const mostFaults = 10;

function metadata({ workspace }: Service, { version, rules }: LiveModel) {
  return {
    name: workspace.config.model.name,
    versions: [String(version.version)],
    platform: 'onnxruntime_onnx',
    inputs: rules.map(({ name, type }) => ({ name, datatype: datatypes[type], shape: [-1] })),
    outputs: outputTensors,
  };
}

async function infer(service: Service, exchange: Exchange): Promise<void> {
  asked(service, exchange);
  service.predictor.requireRoom();
  const { request, response, deadline } = exchange;
  const inference = await readInfer(request, bodyLimit(service));
  const wanted = wantedOutputs(inference);
  const model = asked(service, exchange);
  const rows = rowsOfTensors(inference.inputs, model.rules);
  const key = idempotencyKey(request);
  const answers = await predictRows(service, { rows, pointer: (place) => `/${place}`, key, deadline });
  const { tensors, bytes } = writeTensors(wanted, answers);
  const json = JSON.stringify({
    model_name: service.workspace.config.model.name,
    model_version: answers[0]?.model_version ?? String(model.version.version),
    ...(inference.id !== undefined && { id: inference.id }),
    ...flagged(answers),
    outputs: tensors,
  });
  if (bytes.length === 0) return writeText(response, 200, 'application/json', json);
  const header = Buffer.from(json);
  writeText(response, 200, 'application/octet-stream', Buffer.concat([header, bytes]), {
    'inference-header-content-length': String(header.length),
  });
}

/** Values out of range, which the protocol has no tensor for. */
function flagged(answers: readonly ToldPrediction[]) {
  const flags = answers.flatMap(({ flags: own = [] }, place) =>
    own.map(({ feature, detail }) => `/${place}/${feature}: ${detail}`),
  );
  return flags.length > 0 && { parameters: { flags: flags.slice(0, mostFaults).join('; ') } };
}
