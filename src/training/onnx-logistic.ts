import onnxProto from 'onnx-proto';
import type { LogisticRegression } from './logistic-regression.ts';
import { float, floats, int, ints, text } from './onnx-attributes.ts';

const { FLOAT, INT64 } = onnxProto.onnx.TensorProto.DataType;

/**
 * Numeric columns through Imputer and Scaler, each category compared with its values, both side by side into one
 * LinearClassifier.
 */
export function logisticGraph(model: LogisticRegression) {
  const numeric = model.terms.flatMap((term) => (term.kind === 'numeric' ? [term] : []));
  const categories = model.terms.flatMap((term) => (term.kind === 'category' ? [term] : []));
  const coefficients = [...numeric, ...categories].map((term) => term.coefficient);
  const features = [...new Set(categories.map((term) => term.feature))];
  const blocks = features.map((feature) =>
    categoryBlock(
      feature,
      categories.filter((term) => term.feature === feature).map((term) => term.value),
    ),
  );
  const scaled = numeric.length === 0 ? [] : ['scaled'];
  const places = numeric.map((term) => term.feature);
  return {
    initializer: [
      ...(numeric.length === 0 ? [] : [int64('numeric_places', places)]),
      ...blocks.flatMap((block) => block.initializer),
    ],
    node: [
      ...(numeric.length === 0
        ? []
        : [
            gather('numeric', 'numeric_places'),
            ml(
              'Imputer',
              'numeric',
              ['imputed'],
              [
                floats(
                  'imputed_value_floats',
                  numeric.map((term) => term.mean),
                ),
                float('replaced_value_float', Number.NaN),
              ],
            ),
            ml(
              'Scaler',
              'imputed',
              ['scaled'],
              [
                floats(
                  'offset',
                  numeric.map((term) => term.mean),
                ),
                floats(
                  'scale',
                  numeric.map((term) => term.scale),
                ),
              ],
            ),
          ]),
      ...blocks.flatMap((block) => block.node),
      {
        name: 'terms',
        opType: 'Concat',
        input: [...scaled, ...blocks.map((block) => block.output)],
        output: ['terms'],
        attribute: [int('axis', 1)],
      },
      ml(
        'LinearClassifier',
        'terms',
        ['label', 'probabilities'],
        [
          ints('classlabels_ints', [0, 1]),
          floats('coefficients', [...coefficients.map((each) => -each), ...coefficients]),
          floats('intercepts', [-model.intercept, model.intercept]),
          int('multi_class', 0),
          text('post_transform', 'LOGISTIC'),
        ],
      ),
    ],
  };
}

/** A column a value: 1 where the feature has it. */
function categoryBlock(feature: number, values: readonly number[]) {
  const name = `category_${feature}`;
  const output = `${name}_terms`;
  return {
    output,
    initializer: [
      int64(`${name}_place`, [feature]),
      { name: `${name}_values`, dataType: FLOAT, dims: [1, values.length], floatData: [...values] },
    ],
    node: [
      gather(name, `${name}_place`),
      {
        name: `${name}_equal`,
        opType: 'Equal',
        input: [name, `${name}_values`],
        output: [`${name}_equal`],
      },
      {
        name: output,
        opType: 'Cast',
        input: [`${name}_equal`],
        output: [output],
        attribute: [int('to', FLOAT)],
      },
    ],
  };
}

function gather(output: string, places: string) {
  return {
    name: output,
    opType: 'Gather',
    input: ['features', places],
    output: [output],
    attribute: [int('axis', 1)],
  };
}

function ml(opType: string, input: string, output: readonly string[], attribute: readonly object[]) {
  return {
    name: opType,
    opType,
    domain: 'ai.onnx.ml',
    input: [input],
    output: [...output],
    attribute: [...attribute],
  };
}

function int64(name: string, values: readonly number[]) {
  return { name, dataType: INT64, dims: [values.length], int64Data: [...values] };
}
