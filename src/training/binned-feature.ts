/** Most bins a feature: a bin is a byte, and the last one or two stand for what is missing or rare. */
export const mostBins = 255;
export const mostCategories = 254;

interface Binned {
  readonly name: string;
  /** One bin a row, below `size`. */
  readonly bins: Uint8Array;
  /** The bins there are, that of missing values among them: it is the last one. */
  readonly size: number;
}

export interface NumericFeature extends Binned {
  readonly kind: 'numeric';
  /** `upper[b]` is a float32: a present value is in bin b or lower exactly when it is <= upper[b]. */
  readonly upper: Float32Array;
}

export interface CategoryFeature extends Binned {
  readonly kind: 'categories';
  /** `values[b]` is the float32 that bin b stands for; the bin after them holds every rarer value. */
  readonly values: Float32Array;
}

export type BinnedFeature = NumericFeature | CategoryFeature;
