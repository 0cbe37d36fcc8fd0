import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { DataError } from '../platform/errors.ts';
import { readModelFile } from './model-file.ts';
import { type InputPlan, planInputs, tensorData } from './model-inputs.ts';
import type { ModelMetadata } from './model-metadata.ts';
import { readProbabilities } from './read-probabilities.ts';

export interface Scorer {
  /** Names of the inputs, in order. */
  readonly features: readonly string[];
  readonly metadata: ModelMetadata;
  /**
   * Probability of outcome 1, one a row.
   * @param values row-major, rows x features, NaN is missing
   * @param before rows that came before these, so that an error names the row as the reader counts it
   * @throws DataError when the model answers something that is no probability, or takes whole numbers and is given others
   */
  score(values: Float64Array, rows: number, before?: number): Promise<Float64Array>;
  close(): Promise<void>;
}

/**
 * Opens an ONNX binary classifier in this process: one tensor input of float, double or int64, or one input a column;
 * probabilities as a tensor, a list of maps or one output a class, as skl2onnx, LightGBM's converter and mlops write them.
 * @param features names of the inputs in order; by default those that the model itself carries, or its inputs' names
 *   where each takes one column
 * @param threads that score one call together; by default as many as there are cores
 * @throws DataError when the file is no ONNX model, its inputs are not as many as the features, or it answers no probability
 */
export async function openScorer(
  content: Uint8Array,
  features?: readonly string[],
  threads?: number,
): Promise<Scorer> {
  const file = readModelFile(content);
  const plan = planInputs(file, features ?? file.metadata.features);
  switchTelemetryOff();
  const runtime = await import('onnxruntime-node');
  const session = await open(runtime.InferenceSession, file.bytes, threads);
  return {
    features: plan.features,
    metadata: file.metadata,
    score: async (values, rows, before = 0) => {
      if (rows === 0) return new Float64Array();
      const feeds: Record<string, Tensor> = {};
      for (const input of plan.inputs) {
        const data = tensorData(input, plan.features, values, rows, before);
        feeds[input.name] = new runtime.Tensor(input.type, data, input.flat ? [rows] : [rows, input.width]);
      }
      return readProbabilities(await run(session, feeds, file.output.names, plan), file.output, rows, before);
    },
    close: () => session.release(),
  };
}

/** ONNX Runtime 1.30 for Linux gathers telemetry: it leaves files among the temporary ones and is built to report to its makers. */
function switchTelemetryOff(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}

/** Its threads would otherwise spin while rows are read and written, and take the processor from that. */
const withoutSpinning = { session: { intra_op: { allow_spinning: '0' } } };

async function open(
  sessions: typeof InferenceSession,
  bytes: Uint8Array,
  threads: number | undefined,
): Promise<InferenceSession> {
  try {
    return await sessions.create(bytes, {
      logSeverityLevel: 4,
      extra: withoutSpinning,
      ...(threads !== undefined && { intraOpNumThreads: threads }),
    });
  } catch (error) {
    const why = runtimeMessage(error);
    const isTooNew = /opset|IR version/i.test(why);
    throw new DataError(
      isTooNew
        ? 'the model is written for a newer ONNX than this program runs'
        : 'ONNX Runtime refuses the model',
      {
        why,
        remedy: isTooNew
          ? 'export it again with an older one, such as target_opset=15'
          : 'export it again, or check that the file is whole',
      },
    );
  }
}

async function run(
  session: InferenceSession,
  feeds: Readonly<Record<string, Tensor>>,
  outputs: readonly string[],
  plan: InputPlan,
) {
  try {
    return await session.run(feeds, outputs);
  } catch (error) {
    throw new DataError('the model cannot be run on these rows', {
      why: runtimeMessage(error),
      remedy: `check that it takes ${plan.features.length} features: ${plan.features.join(', ')}`,
    });
  }
}

/** What ONNX Runtime says, without the place in its own source that it puts first. */
function runtimeMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^\/onnxruntime_src\/.*?\) (?=[A-Z])/s, '').trim();
}
