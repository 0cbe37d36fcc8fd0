/** Predictions of one week, and how many of them have a label. */
export interface WeekOfLabels {
  /** Its beginning, epoch milliseconds. */
  readonly week: number;
  readonly predictions: number;
  readonly labelled: number;
}

export interface ImmatureWeeks {
  /** Beginning of the first of them, epoch milliseconds; every week after it is one, too. */
  readonly from: number;
  readonly weeks: number;
  /** Of these weeks, 0..1. */
  readonly coverage: number;
  /** Of the weeks before, 0..1: their median. */
  readonly usual: number;
}

/** Weeks of fewer predictions say little about how many labels come. */
const fewestPredictions = 20;
const fewestWeeks = 3;
/** A week is not ripe while it has less than this part of the usual coverage. */
const ripe = 0.5;

/**
 * The last weeks, whose labels have mostly not come yet: coverage below half the median of the weeks before them. What comes
 * first is no fair sample where one outcome is known sooner than the other (a default after ninety days, a fraud once it is
 * reported), so that rates and F1 of these weeks are those of early labels only.
 * @param weeks oldest first
 * @returns undefined where there are none, and where fewer than three earlier weeks say what is usual
 */
export function immatureWeeks(weeks: readonly WeekOfLabels[]): ImmatureWeeks | undefined {
  const counted = weeks.filter(({ predictions }) => predictions >= fewestPredictions);
  let end = counted.length;
  let usual = Number.NaN;
  while (end > fewestWeeks) {
    const last = counted[end - 1];
    const before = median(counted.slice(0, end - 1).map(coverageOf));
    if (last === undefined || coverageOf(last) >= ripe * before) break;
    usual = before;
    end--;
  }
  const immature = counted.slice(end);
  const [first] = immature;
  if (first === undefined) return undefined;
  const late = weeks.filter(({ week }) => week >= first.week);
  const sum = (key: 'predictions' | 'labelled') => late.reduce((total, each) => total + each[key], 0);
  return {
    from: first.week,
    weeks: late.length,
    coverage: sum('labelled') / sum('predictions'),
    usual,
  };
}

function coverageOf({ predictions, labelled }: WeekOfLabels): number {
  return labelled / predictions;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
