/** A column's midranks, and its rows in order of them. */
export interface RankedColumn {
  /** Rank of each row from 1, equal values sharing their mean; NaN is missing. */
  readonly ranks: Float64Array;
  /** Rows with a value, ascending. */
  readonly order: Uint32Array;
}

export function rankColumn(values: Float64Array): RankedColumn {
  const order = Uint32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length).fill(Number.NaN);
  for (let start = 0; start < order.length; ) {
    const value = values[order[start] ?? 0];
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === value) end++;
    for (let i = start; i < end; i++) ranks[order[i] ?? 0] = (start + 1 + end) / 2;
    start = end;
  }
  return { ranks, order };
}

export interface Correlation {
  readonly rho: number;
  readonly rows: number;
  /** Standard deviation of a row's influence on `rho`: over the root of the rows its standard error. */
  readonly deviation: number;
}

/** With fewer rows that are not at the commonest value, nothing can be said of a correlation. */
const fewestVarying = 30;

/**
 * Spearman's correlation over the rows that have both values, with its deviation by the influence function (Croux and Dehon
 * 2010), here with the terms for ties: for columns that are mostly one value 1/√(n - 3) is far too small an error.
 * @returns undefined where one of the two has fewer than 30 rows beside its commonest value
 */
export function spearman(first: RankedColumn, second: RankedColumn): Correlation | undefined {
  const isPresent = (_: number, row: number) =>
    !Number.isNaN(first.ranks[row]) && !Number.isNaN(second.ranks[row]);
  const complete = first.ranks.every(isPresent);
  const [a, b] = complete
    ? [first, second]
    : [rankColumn(first.ranks.filter(isPresent)), rankColumn(second.ranks.filter(isPresent))];
  return Math.min(varyingRows(a), varyingRows(b)) < fewestVarying ? undefined : correlate(a, b);
}

/** Rows that have another value than the commonest. */
function varyingRows({ ranks, order }: RankedColumn): number {
  let commonest = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    const rank = ranks[order[start] ?? 0];
    while (end < order.length && ranks[order[end] ?? 0] === rank) end++;
    commonest = Math.max(commonest, end - start);
  }
  return order.length - commonest;
}

function correlate(first: RankedColumn, second: RankedColumn): Correlation {
  const u = centred(first.ranks);
  const v = centred(second.ranks);
  const n = u.length;
  const firstVariance = product(u, u);
  const secondVariance = product(v, v);
  const scale = Math.sqrt(firstVariance * secondVariance);
  const rho = product(u, v) / scale;
  const through = {
    firstOfSecond: above(first, v),
    secondOfFirst: above(second, u),
    first: above(first, u),
    second: above(second, v),
  };
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < n; row++) {
    const a = u[row] ?? 0;
    const b = v[row] ?? 0;
    const joint = (a * b + (through.firstOfSecond[row] ?? 0) + (through.secondOfFirst[row] ?? 0)) / scale;
    const alone =
      (a * a + 2 * (through.first[row] ?? 0)) / firstVariance +
      (b * b + 2 * (through.second[row] ?? 0)) / secondVariance;
    const influence = joint - (rho / 2) * alone;
    sum += influence;
    squares += influence * influence;
  }
  return { rho, rows: n, deviation: Math.sqrt(Math.max(0, squares - (sum * sum) / n) / (n - 1)) };
}

/** Ranks as shares of the rows, about their middle. */
function centred(ranks: Float64Array): Float64Array {
  const n = ranks.length;
  return ranks.map((rank) => (rank - (n + 1) / 2) / n);
}

function product(first: Float64Array, second: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < first.length; row++) sum += (first[row] ?? 0) * (second[row] ?? 0);
  return sum / first.length;
}

/** Of each row the mean over all rows of the weights of those above it, those equal to it by half: how its value moves their ranks. */
function above({ ranks, order }: RankedColumn, weights: Float64Array): Float64Array {
  const n = order.length;
  const sums = new Float64Array(n);
  let higher = 0;
  for (let end = n; end > 0; ) {
    const rank = ranks[order[end - 1] ?? 0];
    let start = end;
    let equal = 0;
    while (start > 0 && ranks[order[start - 1] ?? 0] === rank) equal += weights[order[--start] ?? 0] ?? 0;
    for (let i = start; i < end; i++) sums[order[i] ?? 0] = (higher + equal / 2) / n;
    higher += equal;
    end = start;
  }
  return sums;
}
