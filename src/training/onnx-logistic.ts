import onnxProto from 'onnx-proto';
import type { LogisticRegression } from './logistic-regression.ts';
import { float, floats, int, ints, text } from './onnx-attributes.ts';
import { cast, doubleTensor, int64Tensor, operator } from './onnx-operators.ts';

const { FLOAT, DOUBLE } = onnxProto.onnx.TensorProto.DataType;

/** The terms into one LinearClassifier. */
export function logisticGraph(model: LogisticRegression) {
  const { initializer, node, coefficients } = termsGraph(model);
  return {
    initializer,
    node: [
      ...node,
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

/** The log odds by themselves, [rows, 1] in 32 bits but added up in 64, so that every reader finds the same ones. */
export function logOddsGraph(model: LogisticRegression, output: string) {
  const { initializer, node, coefficients } = termsGraph(model);
  return {
    initializer: [
      ...initializer,
      doubleTensor('coefficients', coefficients, [coefficients.length, 1]),
      doubleTensor('intercept', [model.intercept], [1]),
    ],
    node: [
      ...node,
      cast('terms', 'exact_terms', DOUBLE),
      operator('MatMul', ['exact_terms', 'coefficients'], 'products'),
      operator('Add', ['products', 'intercept'], 'log_odds'),
      cast('log_odds', output, FLOAT),
    ],
  };
}

/** Numeric columns through Imputer and Scaler, each category compared with its values, both side by side as `terms`. */
function termsGraph(model: LogisticRegression) {
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
    coefficients,
    initializer: [
      ...(numeric.length === 0 ? [] : [int64Tensor('numeric_places', places)]),
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
      operator('Concat', [...scaled, ...blocks.map((block) => block.output)], 'terms', [int('axis', 1)]),
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
      int64Tensor(`${name}_place`, [feature]),
      { name: `${name}_values`, dataType: FLOAT, dims: [1, values.length], floatData: [...values] },
    ],
    node: [
      gather(name, `${name}_place`),
      operator('Equal', [name, `${name}_values`], `${name}_equal`),
      cast(`${name}_equal`, output, FLOAT),
    ],
  };
}

function gather(output: string, places: string) {
  return operator('Gather', ['features', places], output, [int('axis', 1)]);
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
