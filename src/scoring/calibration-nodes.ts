import type { Calibration } from './calibration.ts';
import type { Graph } from './onnx-graph.ts';

/** What mlops writes between the score and the probabilities, in order. */
const before = ['Cast'];
const after = ['Sub', 'Concat', 'Cast', 'Greater', 'Squeeze', 'Cast'];
const between: Readonly<Record<Calibration['kind'], readonly string[]>> = {
  sigmoid: ['Mul', 'Add', 'Sigmoid'],
  isotonic: [
    ...['Clip', 'TreeEnsembleRegressor', 'Cast', 'Gather', 'Gather', 'Gather', 'Sub', 'Mul', 'Add', 'Clip'],
  ],
};

/**
 * The calibration that follows the node which answers `score`, as mlops writes it.
 * @returns undefined where other operators follow
 */
export function readCalibration(graph: Graph): Calibration | undefined {
  const nodes = graph.node ?? [];
  const start = nodes.findIndex(({ output }) => output?.[0] === 'score') + 1;
  const operators = nodes.slice(start).map(({ opType }) => opType);
  const kind = (['sigmoid', 'isotonic'] as const).find(
    (each) => operators.join() === [...before, ...between[each], ...after].join(),
  );
  const table = (name: string) =>
    (graph.initializer ?? []).find((each) => each.name === name)?.doubleData ?? [];
  switch (kind) {
    case 'sigmoid': {
      const [slope, intercept] = [table('sigmoid_slope')[0], table('sigmoid_intercept')[0]];
      return slope === undefined || intercept === undefined ? undefined : { kind, slope, intercept };
    }
    case 'isotonic': {
      const [scores, probabilities] = [table('isotonic_scores'), table('isotonic_probabilities')];
      return scores.length < 2 || scores.length !== probabilities.length
        ? undefined
        : { kind, scores, probabilities };
    }
    default:
      return undefined;
  }
}
