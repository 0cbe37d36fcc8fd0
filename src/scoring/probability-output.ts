import onnxProto from 'onnx-proto';
import { DataError } from '../platform/errors.ts';
import { attributesOf, classLabels, type Graph, type GraphNode } from './onnx-graph.ts';

const { FLOAT, DOUBLE } = onnxProto.onnx.TensorProto.DataType;

/** Where a binary classifier answers its probabilities. */
export interface ProbabilityOutput {
  /** One output with a column a class (or a lone column), or one output a class, in the order of the classes. */
  readonly names: readonly string[];
  /** Place of outcome 1 among the two classes. */
  readonly positive: 0 | 1;
}

/**
 * Finds the output with the probabilities. Outcome 1 is the class labelled 1 where the other is 0, else the second one,
 * as scikit-learn and LightGBM order classes.
 * @throws DataError when there is none, or not for two classes
 */
export function findProbabilityOutput(graph: Graph): ProbabilityOutput {
  const nodes = graph.node ?? [];
  const labels = nodes.map(classLabels).findLast((each) => each.length > 0) ?? [];
  if (labels.length > 0) requireTwoClasses(labels.length, labels);
  if (isRegression(nodes)) {
    throw noProbability(
      "it is a regression model: what it answers is an estimate, not a class's probability",
    );
  }
  const outputs = (graph.output ?? []).flatMap((output) => {
    const tensor = output.type?.tensorType;
    const isReal = tensor?.elemType === FLOAT || tensor?.elemType === DOUBLE;
    const width = Number(tensor?.shape?.dim?.[1]?.dimValue ?? 0);
    return isReal ? [{ name: output.name ?? '', width }] : [];
  });
  const [first] = outputs;
  if (first === undefined) {
    const names = (graph.output ?? []).map((each) => each.name).join(', ');
    throw noProbability(`its outputs are ${names}, none of them real numbers`);
  }
  const positive = labels.includes(0) && labels[0] === 1 ? 0 : 1;
  const matrix = outputs.find((each) => each.width > 1);
  if (matrix !== undefined) {
    requireTwoClasses(matrix.width, labels);
    return { names: [matrix.name], positive };
  }
  if (outputs.length > 1) requireTwoClasses(outputs.length, labels);
  return { names: outputs.map((each) => each.name), positive };
}

export function noProbability(why: string): DataError {
  return new DataError('the model answers no probability', {
    why,
    remedy: 'export a classifier with probabilities, for two classes',
  });
}

/** @throws DataError naming how many classes there are */
export function requireTwoClasses(classes: number, labels: readonly (number | string)[] = []): void {
  if (classes === 2) return;
  throw new DataError(
    `the model tells ${classes} class${classes === 1 ? '' : 'es'} apart, and two are needed`,
    {
      ...(labels.length > 0 && { why: `its classes are ${labels.join(', ')}` }),
      remedy: 'train it on a target that is 0 or 1, and export it again',
    },
  );
}

const squashers = new Set(['Sigmoid', 'HardSigmoid', 'Softmax', 'Normalizer', 'Clip', 'Exp', 'Erf']);

function isRegression(nodes: readonly GraphNode[]): boolean {
  const turnsIntoProbability = (node: GraphNode) =>
    squashers.has(node.opType ?? '') ||
    node.opType?.endsWith('Classifier') === true ||
    !['', 'NONE'].includes(attributesOf(node).text('post_transform'));
  return nodes.some((node) => node.opType?.endsWith('Regressor')) && !nodes.some(turnsIntoProbability);
}
