import { z } from 'zod';
import { Problem } from '../../http/problem.ts';

/** Tensors of the Open Inference Protocol V2 as JSON. */
export const tensorDefinition = z.object({
  name: z.string(),
  shape: z.array(z.int().nonnegative()).min(1).max(2),
  datatype: z.enum([
    'BOOL',
    'INT8',
    'INT16',
    'INT32',
    'INT64',
    'UINT8',
    'UINT16',
    'UINT32',
    'UINT64',
    'FP16',
    'FP32',
    'FP64',
    'BYTES',
  ]),
  /** Row-major, flat or nested. */
  data: z.array(z.unknown()),
});
export type Tensor = z.infer<typeof tensorDefinition>;

/** The elements in order. @throws Problem 400 when they are not as many as the shape says */
export function elements({ name, shape, data }: Tensor): readonly unknown[] {
  const flat: unknown[] = data.flat(1);
  const expected = shape.reduce((product, size) => product * size, 1);
  if (flat.length === expected) return flat;
  throw new Problem(400, {
    detail: `tensor '${name}' has ${flat.length} elements, its shape [${shape.join(', ')}] has ${expected}`,
  });
}
