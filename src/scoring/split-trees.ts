import { type EnsembleNodes, isTrue } from './ensemble-nodes.ts';

/** What goes left, as float32. */
export interface SplitRule {
  /** Values up to it, where there are no categories. */
  readonly threshold: number;
  /** These values and no others. */
  readonly categories?: readonly number[];
  readonly missingLeft: boolean;
}

/** A leaf has `feature` -1; `left` and `right` are places in the same tree. */
export interface SplitNode {
  readonly feature: number;
  /** Whether a value, as float32, goes left; NaN is missing. */
  readonly goesLeft: (value: number) => boolean;
  /** The same as a rule that training knows; undefined at a leaf, and where the node compares otherwise. */
  readonly rule?: SplitRule | undefined;
  readonly left: number;
  readonly right: number;
  /** What the leaf adds; 0 unless a leaf. */
  readonly value: number;
}

/** The root comes first; no node has two parents. */
export type SplitTree = readonly SplitNode[];

/**
 * The trees with each chain of comparisons that ONNX makes of one split on categories as one split again (the chain's nodes
 * look at one feature, and lead to one node where they hold).
 */
export function splitTrees(nodes: EnsembleNodes): readonly SplitTree[] {
  return nodes.roots.map((root) => {
    const tree: SplitNode[] = [];
    plant(nodes, root, tree);
    return tree;
  });
}

/** @returns the place of the planted node */
function plant(nodes: EnsembleNodes, node: number, tree: SplitNode[]): number {
  const place = tree.length;
  if (nodes.compare[node] === undefined) {
    tree.push({ feature: -1, goesLeft: () => false, left: -1, right: -1, value: nodes.weights[node] ?? 0 });
    return place;
  }
  const chain = chainFrom(nodes, node);
  const goesLeft = (value: number) => {
    for (const each of chain) if (isTrue(nodes, each, value)) return true;
    return false;
  };
  const split = { feature: nodes.features[node] ?? 0, goesLeft, rule: ruleOf(nodes, chain), value: 0 };
  tree.push({ ...split, left: -1, right: -1 });
  const left = plant(nodes, nodes.whenTrue[node] ?? -1, tree);
  const right = plant(nodes, nodes.whenFalse[chain.at(-1) ?? node] ?? -1, tree);
  tree[place] = { ...split, left, right };
  return place;
}

function chainFrom(nodes: EnsembleNodes, first: number): readonly number[] {
  const chain = [first];
  const [feature, whenTrue] = [nodes.features[first], nodes.whenTrue[first]];
  for (;;) {
    const next = nodes.whenFalse[chain.at(-1) ?? first] ?? -1;
    const goesOn =
      nodes.compare[next] !== undefined &&
      nodes.features[next] === feature &&
      nodes.whenTrue[next] === whenTrue;
    if (!goesOn) return chain;
    chain.push(next);
  }
}

function ruleOf(nodes: EnsembleNodes, chain: readonly number[]): SplitRule | undefined {
  const missingLeft = chain.some((node) => nodes.missingIsTrue[node] === 1);
  const thresholds = chain.map((node) => nodes.thresholds[node] ?? 0);
  const all = (mode: string) => chain.every((node) => nodes.modes[node] === mode);
  const [threshold = 0] = thresholds;
  if (all('BRANCH_LEQ') && chain.length === 1) return { threshold, missingLeft };
  if (all('BRANCH_EQ')) return { threshold: 0, categories: thresholds, missingLeft };
  // Nothing lies below -infinity: only missing values go left.
  const onlyMissing = all('BRANCH_LT') && thresholds.every((each) => each === Number.NEGATIVE_INFINITY);
  return onlyMissing ? { threshold: 0, categories: [], missingLeft } : undefined;
}
