import { DataError } from '../platform/errors.ts';
import type { ModelFile, ModelInput } from './model-file.ts';

/** One tensor of the model and the columns of a row that fill it. */
export interface PlannedInput extends ModelInput {
  readonly width: number;
  /** Places among the features, one a column of the tensor. */
  readonly places: readonly number[];
}

export interface InputPlan {
  readonly features: readonly string[];
  readonly inputs: readonly PlannedInput[];
}

/**
 * Says which feature goes into which input: by name where every input takes one column and is named as a feature, else
 * in order.
 * @throws DataError when the features are not named, or are not as many as the model takes
 */
export function planInputs(file: ModelFile, named: readonly string[] | undefined): InputPlan {
  const { inputs } = file;
  const features = named ?? inputNames(inputs);
  const lone = inputs.length === 1;
  const widths = inputs.map((input) => input.width ?? (lone ? features.length : 1));
  requireWidth(
    widths.reduce((sum, width) => sum + width, 0),
    file.featuresRead,
    features,
  );
  const byName = !lone && inputs.every((input) => features.includes(input.name));
  let next = 0;
  return {
    features,
    inputs: inputs.map((input, index) => {
      const width = widths[index] ?? 1;
      const first = byName ? features.indexOf(input.name) : next;
      next += width;
      return { ...input, width, places: Array.from({ length: width }, (_, column) => first + column) };
    }),
  };
}

function inputNames(inputs: readonly ModelInput[]): readonly string[] {
  if (inputs.length > 1 && inputs.every((input) => (input.width ?? 1) === 1))
    return inputs.map((input) => input.name);
  throw new DataError('the model does not say which features it takes', {
    remedy: 'name them in order with --features a,b,c',
  });
}

function requireWidth(takes: number, reads: number, features: readonly string[]): void {
  if (takes === features.length && reads <= features.length) return;
  throw new DataError(
    `the model takes ${Math.max(takes, reads)} features, ${features.length} ${features.length === 1 ? 'is' : 'are'} named`,
    {
      why: `named are ${features.join(', ')}`,
      remedy: 'name the features the model was trained on, in their order',
    },
  );
}

/**
 * The cells of one input, row-major, in the type it takes.
 * @throws DataError when it takes whole numbers and a cell is missing or holds another
 */
export function tensorData(
  { type, places }: PlannedInput,
  features: readonly string[],
  values: Float64Array,
  rows: number,
  before: number,
) {
  const cells = places.length === features.length ? values : pick(values, rows, features.length, places);
  if (type === 'float64') return cells;
  if (type === 'float32') return new Float32Array(cells);
  const whole = new BigInt64Array(cells.length);
  for (let cell = 0; cell < cells.length; cell++) {
    const value = cells[cell] ?? Number.NaN;
    if (!Number.isSafeInteger(value)) {
      const row = before + Math.floor(cell / places.length) + 1;
      throw notWhole(row, features[places[cell % places.length] ?? 0], value);
    }
    whole[cell] = BigInt(value);
  }
  return whole;
}

function notWhole(row: number, feature: string | undefined, value: number): DataError {
  return new DataError(
    `row ${row}, column '${feature}': ${Number.isNaN(value) ? 'a missing value' : value}, where the model takes whole numbers`,
    {
      why: 'this input of the model is of type int64',
      remedy: Number.isNaN(value)
        ? 'fill in the missing values before scoring, or export the model with float inputs'
        : 'correct the value, or export the model with float inputs',
    },
  );
}

function pick(values: Float64Array, rows: number, stride: number, places: readonly number[]): Float64Array {
  const cells = new Float64Array(rows * places.length);
  let cell = 0;
  for (let row = 0; row < rows; row++)
    for (const place of places) cells[cell++] = values[row * stride + place] ?? Number.NaN;
  return cells;
}
