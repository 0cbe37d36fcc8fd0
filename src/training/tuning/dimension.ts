/** One parameter that is searched for: between two bounds, both possible. */
export interface Dimension {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Searched by its logarithm: twice as much means as much everywhere. */
  readonly logarithmic: boolean;
  readonly whole: boolean;
}

/** The bounds where a search goes; whole numbers reach half a step beyond theirs, so that the outermost are as likely as others. */
export function searchedBounds({ low, high, logarithmic, whole }: Dimension) {
  const margin = whole ? 0.5 : 0;
  const [from, to] = [low - margin, high + margin];
  return logarithmic ? { low: Math.log(from), high: Math.log(to) } : { low: from, high: to };
}

/** Where a value lies in the search; one beyond the bounds at the bound. */
export function toSearched({ low, high, logarithmic }: Dimension, value: number): number {
  const bounded = Math.min(high, Math.max(low, value));
  return logarithmic ? Math.log(bounded) : bounded;
}

export function fromSearched({ low, high, logarithmic, whole }: Dimension, searched: number): number {
  const value = logarithmic ? Math.exp(searched) : searched;
  return Math.min(high, Math.max(low, whole ? Math.round(value) : value));
}
