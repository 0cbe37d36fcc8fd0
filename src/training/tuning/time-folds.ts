/** Learns from the rows before `learned`, and is measured on those from there to `end`. */
export interface TimeFold {
  readonly learned: number;
  readonly end: number;
}

/**
 * Folds of an expanding window over rows in order of time: each is measured on the next part, never on the past. As scikit-learn's
 * `TimeSeriesSplit(folds, test_size=rows // (folds + 2))`: the first two parts, and what is left over, are learned from only.
 */
export function timeFolds(rows: number, folds: number): readonly TimeFold[] {
  const part = Math.floor(rows / (folds + 2));
  return Array.from({ length: folds }, (_, place) => {
    const learned = rows - (folds - place) * part;
    return { learned, end: learned + part };
  });
}
