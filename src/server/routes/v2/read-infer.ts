import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { Problem } from '../../http/problem.ts';
import { isObject, parseJson, readBody } from '../../http/read-body.ts';
import { binarySize, readBinary } from './binary-tensors.ts';
import { tensorDefinition } from './tensor.ts';

const inferDefinition = z.object({
  id: z.string().optional(),
  inputs: z.array(tensorDefinition).min(1),
  outputs: z.array(z.object({ name: z.string() })).optional(),
});
export type InferRequest = z.infer<typeof inferDefinition>;

/**
 * Reads the body of `infer`: JSON, or JSON of `Inference-Header-Content-Length` bytes and then tensors as bytes, as Triton's
 * clients send them.
 * @param most bytes
 * @throws Problem 400 that says what is not as the protocol has it
 */
export async function readInfer(request: IncomingMessage, most: number): Promise<InferRequest> {
  const body = await readBody(request, most);
  const header = request.headers['inference-header-content-length'];
  const length = header === undefined ? body.length : Number(header);
  if (!(length <= body.length))
    throw new Problem(400, { detail: 'Inference-Header-Content-Length is more than the body' });
  const json = parseJson(body.subarray(0, length));
  const parsed = inferDefinition.safeParse(withBinaryData(json, body.subarray(length)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Problem(400, {
    detail: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as the protocol has it'}`,
  });
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
  return { ...json, inputs };
}
