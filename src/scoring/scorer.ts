import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { DataError } from '../platform/errors.ts';
import { type ModelInput, readModelFile } from './model-file.ts';
import type { ModelMetadata } from './model-metadata.ts';

export interface Scorer {
  /** Names of the inputs, in order. */
  readonly features: readonly string[];
  readonly metadata: ModelMetadata;
  /**
   * Probability of outcome 1, one a row.
   * @param values row-major, rows x features, NaN is missing
   * @throws DataError when the model answers something that is no probability
   */
  score(values: Float64Array, rows: number): Promise<Float64Array>;
  close(): Promise<void>;
}

/**
 * Opens an ONNX binary classifier in this process: one tensor input of float, double or int64, or one input a column;
 * probabilities as a tensor or a list of maps, as skl2onnx, LightGBM's converter and mlops write them.
 * @param features names of the inputs in order; by default those that the model itself carries
 * @throws DataError when the file is no ONNX model, its inputs are not as many as the features, or it answers no probability
 */
export async function openScorer(content: Uint8Array, features?: readonly string[]): Promise<Scorer> {
  const file = readModelFile(content);
  const names =
    features ??
    file.metadata.features ??
    (file.inputs.length > 1 ? file.inputs.map((input) => input.name) : undefined);
  if (names === undefined) {
    throw new DataError('the model does not say which features it takes', {
      remedy: 'name them in order with --features a,b,c',
    });
  }
  requireWidth(file.inputs, names.length);
  const runtime = await import('onnxruntime-node');
  let session: InferenceSession;
  try {
    session = await runtime.InferenceSession.create(file.bytes, { logSeverityLevel: 4 });
  } catch (error) {
    throw new DataError('ONNX Runtime refuses the model', {
      why: error instanceof Error ? error.message : String(error),
      remedy: 'export it again with an opset that ONNX Runtime supports',
    });
  }
  const feed = (values: Float64Array, rows: number) => {
    const feeds: Record<string, Tensor> = {};
    for (const [position, input] of file.inputs.entries()) {
      const single = file.inputs.length === 1;
      const cells = single ? values : everyNth(values, names.length, position);
      feeds[input.name] = new runtime.Tensor(input.type, convert(cells, input.type), [
        rows,
        single ? names.length : 1,
      ]);
    }
    return feeds;
  };
  return {
    features: names,
    metadata: file.metadata,
    score: async (values, rows) => probabilitiesOf(await session.run(feed(values, rows)), rows),
    close: () => session.release(),
  };
}

function requireWidth(inputs: readonly ModelInput[], features: number): void {
  const width = inputs.length === 1 ? inputs[0]?.width : inputs.length;
  if (width === undefined || width === features) return;
  throw new DataError(`the model takes ${width} features, ${features} are named`, {
    remedy: 'name the features the model was trained on, in their order',
  });
}

function everyNth(values: Float64Array, stride: number, offset: number): Float64Array {
  return Float64Array.from(
    { length: values.length / stride },
    (_, row) => values[row * stride + offset] ?? Number.NaN,
  );
}

function convert(values: Float64Array, type: ModelInput['type']) {
  if (type === 'float32') return Float32Array.from(values);
  if (type === 'float64') return values;
  return BigInt64Array.from(values, (value) => {
    if (Number.isInteger(value)) return BigInt(value);
    throw new DataError(
      `the model takes whole numbers, and a row holds ${Number.isNaN(value) ? 'a missing value' : value}`,
    );
  });
}

function probabilitiesOf(outputs: Readonly<Record<string, Tensor>>, rows: number): Float64Array {
  for (const tensor of Object.values(outputs)) {
    const { data } = tensor;
    if (!(data instanceof Float32Array || data instanceof Float64Array)) continue;
    const width = data.length / rows;
    if (width !== 1 && width !== 2) continue;
    const probabilities = Float64Array.from(
      { length: rows },
      (_, row) => data[row * width + width - 1] ?? Number.NaN,
    );
    requireProbabilities(probabilities);
    return probabilities;
  }
  throw new DataError('the model answers no probability', {
    why: `its outputs are ${Object.keys(outputs).join(', ')}`,
    remedy: 'export it with probabilities, for two classes',
  });
}

function requireProbabilities(probabilities: Float64Array): void {
  const row = probabilities.findIndex((value) => !(value >= 0 && value <= 1));
  if (row < 0) return;
  throw new DataError(`the model answers ${probabilities[row]}, which is no probability`, {
    why: 'a probability lies between 0 and 1',
    remedy: 'export it with probabilities in place of raw scores',
  });
}
