import { Problem } from '../../http/problem.ts';
import type { FeatureRule } from '../../predicting/feature-rule.ts';
import { elements, type Tensor } from './tensor.ts';

/** Ids that the client gives. */
export const idName = 'prediction_id';

/**
 * The rows that tensors hold, as objects of features by name: a tensor [rows] or [rows, 1] for each feature, or a lone one
 * [rows, features] of whatever name.
 * @throws Problem 400 when they do not have as many rows as each other, or the matrix not as many columns as there are features
 */
export function rowsOfTensors(
  tensors: readonly Tensor[],
  rules: readonly FeatureRule[],
): readonly Readonly<Record<string, unknown>>[] {
  const [single, ...others] = tensors.filter(({ name }) => name !== idName);
  const isMatrix =
    single?.shape.length === 2 && others.length === 0 && !rules.some(({ name }) => name === single.name);
  const columns = tensors.flatMap((tensor) =>
    isMatrix && tensor === single ? matrixColumns(tensor, rules) : [columnOf(tensor)],
  );
  const rows = columns[0]?.values.length ?? 0;
  const odd = columns.find(({ values }) => values.length !== rows);
  if (odd !== undefined)
    throw new Problem(400, {
      detail: `'${odd.name}' has ${odd.values.length} rows, '${columns[0]?.name}' has ${rows}`,
    });
  const types = new Map(rules.map(({ name, type }) => [name, type]));
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(
      columns.map(({ name, values }) => [name, asJson(values[row], types.get(name))] as const),
    ),
  );
}

interface Column {
  readonly name: string;
  readonly values: readonly unknown[];
}

function columnOf(tensor: Tensor): Column {
  const [, width = 1] = tensor.shape;
  if (width === 1) return { name: tensor.name, values: elements(tensor) };
  throw new Problem(400, {
    detail: `tensor '${tensor.name}' has shape [${tensor.shape.join(', ')}]: expected [rows]`,
  });
}

function matrixColumns(tensor: Tensor, rules: readonly FeatureRule[]): readonly Column[] {
  const [rows = 0, width] = tensor.shape;
  if (width !== rules.length)
    throw new Problem(400, {
      detail: `tensor '${tensor.name}' has shape [${rows}, ${width}]: expected [rows, ${rules.length}]: ${rules.map(({ name }) => name).join(', ')}`,
    });
  const cells = elements(tensor);
  return rules.map(({ name }, column) => ({
    name,
    values: Array.from({ length: rows }, (_, row) => cells[row * width + column]),
  }));
}

/** NaN stands for a missing value where a client's tensor knows no null. */
function asJson(value: unknown, type: FeatureRule['type'] | undefined): unknown {
  if (typeof value === 'number' && Number.isNaN(value)) return null;
  if (type === 'boolean' && (value === 0 || value === 1)) return value === 1;
  return value;
}
