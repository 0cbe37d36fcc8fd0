import type { SplitTree } from '../scoring/index.ts';

/** A tree, and for each of its leaves the features on the way there, in flat arrays. */
export interface LeafPaths {
  readonly tree: SplitTree;
  /** By place in the tree: how many features the splits above look at, which is also the slot of one that comes new. */
  readonly slots: Int32Array;
  /** By place in the tree, of a leaf: where its features begin, and how many they are. */
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  /** The features on the way to a leaf, each once, in the order in which they come. */
  readonly features: Int32Array;
  /** For each of them, the share of the rows above its splits that goes the leaf's way at all of them, 0..1. */
  readonly shares: Float64Array;
}

/**
 * Counts which way the rows go at each split.
 * A split that none of them comes to sends a half each way: nothing is known of it.
 */
export function leafPaths(tree: SplitTree, rows: readonly Float64Array[]): LeafPaths {
  const passed = rowsAt(tree, rows);
  const slots = new Int32Array(tree.length);
  const starts = new Int32Array(tree.length);
  const counts = new Int32Array(tree.length);
  const features: number[] = [];
  const shares: number[] = [];
  const walk = (place: number, way: ReadonlyMap<number, number>): void => {
    const node = tree[place];
    if (node === undefined) return;
    if (node.feature < 0) {
      starts[place] = features.length;
      counts[place] = way.size;
      features.push(...way.keys());
      shares.push(...way.values());
      return;
    }
    const known = [...way.keys()].indexOf(node.feature);
    slots[place] = known < 0 ? way.size : known;
    const all = passed[place] ?? 0;
    for (const child of [node.left, node.right]) {
      const share = all === 0 ? 1 / 2 : (passed[child] ?? 0) / all;
      walk(child, new Map(way).set(node.feature, share * (way.get(node.feature) ?? 1)));
    }
  };
  walk(0, new Map());
  return {
    tree,
    slots,
    starts,
    counts,
    features: Int32Array.from(features),
    shares: Float64Array.from(shares),
  };
}

function rowsAt(tree: SplitTree, rows: readonly Float64Array[]): Float64Array {
  const passed = new Float64Array(tree.length);
  for (const row of rows) {
    let place = 0;
    for (let node = tree[place]; node !== undefined; node = tree[place]) {
      passed[place] = (passed[place] ?? 0) + 1;
      if (node.feature < 0) break;
      place = node.goesLeft(Math.fround(row[node.feature] ?? Number.NaN)) ? node.left : node.right;
    }
  }
  return passed;
}
