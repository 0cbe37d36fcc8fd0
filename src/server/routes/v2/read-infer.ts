import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { parseJson } from '../../http/parse-json.ts';
import { Problem } from '../../http/problem.ts';
import { isObject, readBody } from '../../http/read-body.ts';
import { requireShape } from '../../http/require-shape.ts';
import { binarySize, readBinary } from './binary-tensors.ts';
import { tensorDefinition } from './tensor.ts';

const inferDefinition = z.object({
  id: z.string().optional(),
  parameters: z.object({ binary_data_output: z.boolean().optional() }).optional(),
  inputs: z.array(tensorDefinition).min(1),
  outputs: z
    .array(
      z.object({
        name: z.string(),
        parameters: z.object({ binary_data: z.boolean().optional() }).optional(),
      }),
    )
    .optional(),
});
export type InferRequest = z.infer<typeof inferDefinition>;

/**
 * Reads the body of `infer`: JSON, or JSON of `Inference-Header-Content-Length` bytes and then tensors as bytes, as Triton's
 * clients send them.
 * @param most bytes
 * @throws Problem 400 or 422 that says what is not as the protocol has it
 */
export async function readInfer(request: IncomingMessage, most: number): Promise<InferRequest> {
  const body = await readBody(request, most);
  const header = request.headers['inference-header-content-length'];
  const length = header === undefined ? body.length : Number(header);
  if (!(Number.isSafeInteger(length) && length >= 0 && length <= body.length))
    throw new Problem(400, {
      detail: `Inference-Header-Content-Length is a number from 0 to ${body.length}`,
    });
  const json = parseJson(body.subarray(0, length), 'NaN is null');
  return requireShape(inferDefinition, withBinaryData(json, body.subarray(length)));
}

function withBinaryData(json: unknown, bytes: Buffer): unknown {
  if (!isObject(json) || !Array.isArray(json.inputs)) return json;
  let at = 0;
  const inputs = json.inputs.map((tensor: unknown) => {
    const size = binarySize(tensor);
    if (size === undefined || !isObject(tensor)) return tensor;
    const datatype = tensorDefinition.shape.datatype.safeParse(tensor.datatype).data;
    if (datatype === undefined) return tensor;
    const own = bytes.subarray(at, at + size);
    at += size;
    return { ...tensor, data: readBinary(datatype, own) };
  });
  if (at !== bytes.length)
    throw new Problem(400, {
      detail: `the inputs have ${at} bytes behind the JSON, and ${bytes.length} came`,
    });
  return { ...json, inputs };
}
