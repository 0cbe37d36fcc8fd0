/** Learns from the rows before `learned`, and is measured on those from there to `end`. */
export interface TimeFold {
  readonly learned: number;
  readonly end: number;
}

/**
 * Folds of an expanding window over rows in order of time: each is measured on the next part, never on the past. As scikit-learn's
 * `TimeSeriesSplit`: the rows over folds + 1, rounded down, are measured on; what is left over is learned from first.
 */
export function timeFolds(rows: number, folds: number): readonly TimeFold[] {
  const part = Math.floor(rows / (folds + 1));
  return Array.from({ length: folds }, (_, place) => {
    const learned = rows - (folds - place) * part;
    return { learned, end: learned + part };
  });
}
