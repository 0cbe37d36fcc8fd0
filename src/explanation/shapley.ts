/** What a model's answer is made of: the answer is `base` and the parts of all features added up. */
export interface Shapley {
  /** The mean answer over the background rows. */
  readonly base: number;
  /**
   * One part a feature, in the model's order.
   * @param row one value a feature; NaN is missing
   */
  parts(row: Float64Array): Float64Array;
}
