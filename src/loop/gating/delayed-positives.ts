import { earlyLabelsDiffer, type ImmatureWeeks, immatureWeeks } from '../../gate/index.ts';
import { toIso } from '../../platform/clock.ts';
import { dayMs } from '../../platform/durations.ts';
import { labelCoverageByWeek, labelsByDelay, type Store } from '../../store/index.ts';

export interface DelayedPositives extends ImmatureWeeks {
  readonly days: number;
  /** Shares of positives among the labels of earlier weeks that came within so many days, and later. */
  readonly early: number;
  readonly late: number;
}

/**
 * The last weeks, whose labels have mostly not come yet, where the labels that come first are not like the rest: in earlier weeks,
 * those of the age that labels of these weeks can have by now had another share of positives than the later ones.
 */
export function delayedPositives(store: Store, now: number): DelayedPositives | undefined {
  const weeks = immatureWeeks(weeksUntil(store, now));
  if (weeks === undefined) return undefined;
  const within = now - weeks.from;
  const { early, late } = labelsByDelay(store, { before: weeks.from, knownAt: now, within });
  if (!earlyLabelsDiffer(early, late)) return undefined;
  return {
    ...weeks,
    days: Math.ceil(within / dayMs),
    early: early.positives / early.labelled,
    late: late.positives / late.labelled,
  };
}

export function delayNote({ from, days, ...shares }: DelayedPositives, left: boolean): string {
  const what = left ? 'were left out' : 'are among them, because too few earlier ones are new to both models';
  const percent = (key: 'coverage' | 'usual' | 'early' | 'late') => `${(shares[key] * 100).toFixed(1)} %`;
  return `predictions from ${toIso(from).slice(0, 10)} on ${what}: ${percent('coverage')} of them have a label so far, of earlier weeks ${percent('usual')}, and of the labels that come within ${days} days ${percent('early')} are positive, of the later ones ${percent('late')}`;
}

/** Whichever version made the predictions. */
function weeksUntil(store: Store, now: number) {
  const weeks = new Map<number, { week: number; predictions: number; labelled: number }>();
  for (const { week, predictions, labelled } of labelCoverageByWeek(store, now)) {
    const each = weeks.get(week) ?? { week, predictions: 0, labelled: 0 };
    weeks.set(week, {
      week,
      predictions: each.predictions + predictions,
      labelled: each.labelled + labelled,
    });
  }
  return [...weeks.values()];
}
