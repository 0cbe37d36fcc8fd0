import { Problem } from '../../http/problem.ts';
import type { ToldPrediction } from '../../predicting/told.ts';
import { writeTexts } from './binary-tensors.ts';
import type { InferRequest } from './read-infer.ts';
import { idName } from './rows-of-tensors.ts';

interface Output {
  readonly name: string;
  readonly datatype: string;
  readonly of: (prediction: ToldPrediction) => number | string | null;
  readonly bytes: (predictions: readonly ToldPrediction[]) => Buffer;
}

/** Of a prediction that was imported without its outcome: whole numbers as bytes know no null. */
const unknownOutcome = -1;

const outputs: readonly Output[] = [
  {
    name: 'probability',
    datatype: 'FP64',
    of: ({ probability }) => probability,
    bytes: (all) =>
      Buffer.from(Float64Array.from(all, ({ probability }) => probability ?? Number.NaN).buffer),
  },
  {
    name: 'outcome',
    datatype: 'INT64',
    of: ({ outcome }) => outcome,
    bytes: (all) =>
      Buffer.from(BigInt64Array.from(all, ({ outcome }) => BigInt(outcome ?? unknownOutcome)).buffer),
  },
  {
    name: idName,
    datatype: 'BYTES',
    of: ({ prediction_id }) => prediction_id,
    bytes: (all) => writeTexts(all.map(({ prediction_id }) => prediction_id)),
  },
];

/** As the metadata of the model has them. */
export const outputTensors = outputs.map(({ name, datatype }) => ({ name, datatype, shape: [-1] }));

export interface WantedOutput {
  readonly output: Output;
  /** As bytes behind the JSON. */
  readonly binary: boolean;
}

/** @throws Problem 400 when one that is asked for is not there */
export function wantedOutputs({ outputs: named, parameters }: InferRequest): readonly WantedOutput[] {
  const binary = parameters?.binary_data_output ?? false;
  if (named === undefined || named.length === 0) return outputs.map((output) => ({ output, binary }));
  return named.map(({ name, parameters: own }) => {
    const output = outputs.find((each) => each.name === name);
    if (output !== undefined) return { output, binary: own?.binary_data ?? binary };
    throw new Problem(400, {
      detail: `there is no output '${name.slice(0, 60)}': ${outputs.map((each) => each.name).join(', ')}`,
    });
  });
}

/** @returns the tensors of the answer, and the bytes of those that are wanted so, in their order */
export function writeTensors(wanted: readonly WantedOutput[], predictions: readonly ToldPrediction[]) {
  const parts: Buffer[] = [];
  const tensors = wanted.map(({ output: { name, datatype, of, bytes }, binary }) => {
    const tensor = { name, datatype, shape: [predictions.length] };
    if (!binary) return { ...tensor, data: predictions.map(of) };
    const content = bytes(predictions);
    parts.push(content);
    return { ...tensor, parameters: { binary_data_size: content.length } };
  });
  return { tensors, bytes: Buffer.concat(parts) };
}
