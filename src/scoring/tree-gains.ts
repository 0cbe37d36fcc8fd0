/** Trees laid out in one row of nodes, as far as the gains of their splits need them. */
export interface SplitNodes {
  /** One place a tree. */
  readonly roots: readonly number[];
  /** Feature of the split at a node; a leaf's says nothing. */
  readonly features: readonly number[];
  readonly whenTrue: readonly number[];
  readonly whenFalse: readonly number[];
  /** What a leaf adds to the sum. */
  readonly weights: Float64Array;
}

/**
 * How much of what the trees tell apart rests on each feature: the squared deviation of a tree's answers that its splits on
 * the feature take away, summed over the trees (mean decrease in impurity, Breiman et al. 1984, of the model's own answers in
 * place of the labels). It asks for rows like those the model learned from, and for nothing that training would have to keep.
 * @param childOf the node below `node` that the row goes to, -1 from a leaf
 * @returns one figure a feature, from 0 up
 */
export function splitGains(
  nodes: SplitNodes,
  childOf: (node: number, row: Float64Array) => number,
  rows: readonly Float64Array[],
  width: number,
): Float64Array {
  const passed = new Float64Array(nodes.features.length);
  const sums = new Float64Array(nodes.features.length);
  for (const row of rows)
    for (const root of nodes.roots) {
      const path = [root];
      for (let node = childOf(root, row); node >= 0; node = childOf(node, row)) path.push(node);
      const answer = nodes.weights[path.at(-1) ?? root] ?? 0;
      for (const node of path) {
        passed[node] = (passed[node] ?? 0) + 1;
        sums[node] = (sums[node] ?? 0) + answer;
      }
    }
  const gains = new Float64Array(width);
  for (const [node, feature] of nodes.features.entries()) {
    const [left, right] = [nodes.whenTrue[node] ?? -1, nodes.whenFalse[node] ?? -1];
    const [n, m] = [passed[left] ?? 0, passed[right] ?? 0];
    if (n === 0 || m === 0) continue;
    const apart = (sums[left] ?? 0) / n - (sums[right] ?? 0) / m;
    gains[feature] = (gains[feature] ?? 0) + ((n * m) / (n + m)) * apart ** 2;
  }
  return gains;
}
