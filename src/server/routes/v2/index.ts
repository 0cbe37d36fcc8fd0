import { version as programVersion } from '../../../platform/version.ts';
import type { LiveModel } from '../../champion/live-model.ts';
import { Problem } from '../../http/problem.ts';
import { problemOf } from '../../http/problem-of.ts';
import { writeJson } from '../../http/write-answer.ts';
import type { FeatureRule } from '../../predicting/feature-rule.ts';
import { predictRows } from '../../predicting/predict-rows.ts';
import type { ToldPrediction } from '../../predicting/told.ts';
import type { Service } from '../../service.ts';
import { bodyLimit } from '../predict.ts';
import type { Exchange, Route } from '../route.ts';
import { type InferRequest, readInfer } from './read-infer.ts';
import { idName, rowsOfTensors } from './rows-of-tensors.ts';

/** The Open Inference Protocol V2 over REST, with the binary data extension for inputs; errors are `{error}`, as it has them. */
export const v2Routes: readonly Route[] = [
  get('/v2', 'open', 'Open Inference Protocol V2: the server', () => ({
    name: 'mlops',
    version: programVersion,
    extensions: ['binary_tensor_data'],
  })),
  get('/v2/health/live', 'open', 'Whether the process answers', () => ({ live: true })),
  get('/v2/health/ready', 'open', 'Whether predictions are answered', (service) => ({
    ready: service.champion.require() !== undefined && !service.stopping,
  })),
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
      handle: (service: Service, exchange: Exchange) => answered(exchange, () => infer(service, exchange)),
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
    answered(exchange, async () => answer(service, exchange));
  return { method: 'GET', path, scope, summary, handle };
}

async function answered({ response }: Exchange, answer: () => Promise<unknown>): Promise<void> {
  try {
    writeJson(response, 200, await answer());
  } catch (error) {
    const problem = problemOf(error);
    if (problem.status === 500) throw error;
    const detail = problem.errors.map((each) => `${each.pointer}: ${each.detail}`).join('; ');
    for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
    // The protocol's clients take 400 for whatever is wrong with the request.
    const status = problem.status === 422 ? 400 : problem.status;
    writeJson(response, status, { error: detail === '' ? problem.message : `${problem.message}: ${detail}` });
  }
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

const outputs: readonly {
  readonly name: string;
  readonly datatype: string;
  readonly of: (prediction: ToldPrediction) => unknown;
}[] = [
  { name: 'probability', datatype: 'FP64', of: ({ probability }) => probability },
  { name: 'outcome', datatype: 'INT64', of: ({ outcome }) => outcome },
  { name: idName, datatype: 'BYTES', of: ({ prediction_id }) => prediction_id },
];

function metadata({ workspace }: Service, { version, rules }: LiveModel) {
  return {
    name: workspace.config.model.name,
    versions: [String(version.version)],
    platform: 'onnxruntime_onnx',
    inputs: rules.map(({ name, type }) => ({ name, datatype: datatypes[type], shape: [-1] })),
    outputs: outputs.map(({ name, datatype }) => ({ name, datatype, shape: [-1] })),
  };
}

async function infer(service: Service, exchange: Exchange) {
  const model = asked(service, exchange);
  service.predictor.requireRoom();
  const request = await readInfer(exchange.request, bodyLimit(service));
  const wanted = wantedOutputs(request);
  const rows = rowsOfTensors(request.inputs, model.rules);
  const { deadline } = exchange;
  const answers = await predictRows(service, { rows, pointer: (place) => `/${place}`, deadline });
  return {
    model_name: service.workspace.config.model.name,
    model_version: answers[0]?.model_version ?? String(model.version.version),
    ...(request.id !== undefined && { id: request.id }),
    outputs: wanted.map(({ name, datatype, of }) => ({
      name,
      datatype,
      shape: [answers.length],
      data: answers.map(of),
    })),
  };
}

function wantedOutputs({ outputs: named }: InferRequest) {
  if (named === undefined || named.length === 0) return outputs;
  return named.map(({ name }) => {
    const output = outputs.find((each) => each.name === name);
    if (output !== undefined) return output;
    throw new Problem(400, {
      detail: `there is no output '${name}': ${outputs.map((each) => each.name).join(', ')}`,
    });
  });
}
