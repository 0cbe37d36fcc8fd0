/** A node is a leaf when `feature` is -1; children are indices into the same arrays. */
export interface TreeNode {
  readonly feature: number;
  /** Go left when the value is <= threshold, a float32. */
  readonly threshold: number;
  readonly missingLeft: boolean;
  readonly left: number;
  readonly right: number;
  /** Addition to the log odds; 0 unless a leaf. */
  readonly value: number;
  /** What the split gained, as it was chosen by; 0 for a leaf. */
  readonly gain: number;
}

export type Tree = readonly TreeNode[];

/** The trees' log odds add up to the prediction; the base log odds are part of the first tree's leaves. */
export interface BoostedTrees {
  readonly features: readonly string[];
  readonly trees: readonly Tree[];
}
