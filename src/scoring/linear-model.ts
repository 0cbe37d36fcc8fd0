import { attributesOf, classLabels, decodeModel, type Graph, type GraphNode } from './onnx-graph.ts';

/** Log odds of outcome 1 as a sum of terms, each of one input. */
export interface LinearModel {
  readonly intercept: number;
  readonly terms: readonly LinearTerm[];
}

export interface LinearTerm {
  /** Place among the inputs. */
  readonly feature: number;
  readonly coefficient: number;
  /** What the coefficient is multiplied by; NaN is missing. */
  readonly transformed: (value: number) => number;
}

type Term = Omit<LinearTerm, 'coefficient'>;

/**
 * The model when it is a logistic regression on one tensor whose columns are only picked, filled, scaled or compared with
 * constants before, as mlops and skl2onnx write it; undefined for any other graph.
 * @param width how many inputs it takes
 * @throws DataError when the bytes are no ONNX model
 */
export function readLinearModel(content: Uint8Array, width: number): LinearModel | undefined {
  const { graph } = decodeModel(content);
  const [input, ...others] = graph.input ?? [];
  if (input === undefined || others.length > 0) return undefined;
  const tensors = new Map<string, readonly Term[]>([
    [
      input.name ?? '',
      Array.from({ length: width }, (_, feature) => ({ feature, transformed: Math.fround })),
    ],
  ]);
  let found: LinearModel | undefined;
  for (const node of graph.node ?? []) {
    if (node.opType === 'LinearClassifier') {
      found = classifierOf(node, tensors.get(node.input?.[0] ?? ''));
      if (found === undefined) return undefined;
    } else if (found === undefined) {
      const terms = steps[node.opType ?? '']?.(node, tensors, graph);
      if (terms === undefined) return undefined;
      tensors.set(node.output?.[0] ?? '', terms);
    } else if (!keeping.has(node.opType ?? '')) return undefined;
  }
  return found;
}

/** What may follow the classifier without changing its probabilities. */
const keeping = new Set(['Normalizer', 'ZipMap', 'Cast', 'Identity']);

type Step = (
  node: GraphNode,
  tensors: ReadonlyMap<string, readonly Term[]>,
  graph: Graph,
) => readonly Term[] | undefined;

const steps: Readonly<Record<string, Step>> = {
  Cast: firstInput,
  Identity: firstInput,
  Gather: (node, tensors, graph) => {
    const places = initializer(graph, node.input?.[1])?.int64Data?.map(Number);
    const terms = firstInput(node, tensors);
    return places && all(places.map((place) => terms?.[place]));
  },
  Imputer: (node, tensors) => {
    const fills = attributesOf(node).floats('imputed_value_floats');
    return firstInput(node, tensors)?.map((term, column) =>
      after(term, (value) => (Number.isNaN(value) ? of(fills, column) : value)),
    );
  },
  Scaler: (node, tensors) => {
    const { floats } = attributesOf(node);
    const [offset, scale] = [floats('offset'), floats('scale')];
    return firstInput(node, tensors)?.map((term, column) =>
      after(term, (value) => Math.fround(Math.fround(value - of(offset, column)) * of(scale, column))),
    );
  },
  Equal: (node, tensors, graph) => {
    const values = initializer(graph, node.input?.[1])?.floatData;
    const [term, ...others] = firstInput(node, tensors) ?? [];
    if (term === undefined || others.length > 0) return undefined;
    return values?.map((each) => after(term, (value) => Number(value === each)));
  },
  Concat: (node, tensors) => all((node.input ?? []).map((name) => tensors.get(name)))?.flat(),
};

function firstInput(node: GraphNode, tensors: ReadonlyMap<string, readonly Term[]>) {
  return tensors.get(node.input?.[0] ?? '');
}

function initializer(graph: Graph, name: string | undefined) {
  return (graph.initializer ?? []).find((each) => each.name === name);
}

function after(term: Term, next: (value: number) => number): Term {
  return { ...term, transformed: (value) => next(term.transformed(value)) };
}

/** An attribute holds a value a column, or one for all. */
function of(values: readonly number[], column: number): number {
  return values[values.length === 1 ? 0 : column] ?? Number.NaN;
}

function all<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const there = values.filter((each) => each !== undefined);
  return there.length === values.length ? there : undefined;
}

function classifierOf(node: GraphNode, terms: readonly Term[] | undefined): LinearModel | undefined {
  const { floats, text } = attributesOf(node);
  const labels = classLabels(node);
  const coefficients = floats('coefficients');
  if (text('post_transform') !== 'LOGISTIC' || labels[0] === 1 || labels.length !== 2) return undefined;
  if (terms === undefined || coefficients.length !== 2 * terms.length) return undefined;
  // The second class is outcome 1; its probability is its own sum's, where the first has the same sum below 0.
  const own = coefficients.slice(terms.length);
  if (own.some((value, place) => coefficients[place] !== -value)) return undefined;
  return {
    intercept: floats('intercepts')[1] ?? 0,
    terms: terms.map((term, place) => ({ ...term, coefficient: own[place] ?? 0 })),
  };
}
