import type { NumericColumn } from '../../../data/table.ts';
import { dayMs } from '../../../platform/durations.ts';
import type { OrderFinder } from './column-pair.ts';

/** Zones differ by half hours; the few by a quarter are taken for the nearest. */
const bins = 48;
const hoursABin = 24 / bins;
const fewestTimes = 200;
/** A current window that does not cover whole days has a daily profile of its own. */
const shortestSpan = 2 * dayMs;
/** Distances are held against this many times what two samples of one profile show on average: they scatter little about it. */
const margin = 1.4;
/** As they stand the profiles lie further apart than samples explain, by this much ... */
const apart = 0.05;
/** ... and by at least this much more than once turned. */
const improved = 0.6;

/**
 * Times whose hours of the day are the reference's turned by whole or half hours: local time taken for UTC, or the other way round.
 * Compared are counts by half hour of the day in UTC, by total variation distance, over all 47 turns.
 */
export const timeZone: OrderFinder = ({ name, reference, current }) => {
  if (!isTime(reference) || !isTime(current)) return undefined;
  const before = dailyProfile(reference.values);
  const after = dailyProfile(current.values);
  if (Math.min(before.times, after.times) < fewestTimes || after.span < shortestSpan) return undefined;
  const noise = margin * expectedDistance(before, after);
  const asItStands = distance(before.shares, after.shares, 0);
  if (asItStands < apart + noise) return undefined;
  const turned = Array.from({ length: bins - 1 }, (_, index) => ({
    by: index + 1,
    distance: distance(before.shares, after.shares, index + 1),
  })).sort((a, b) => a.distance - b.distance);
  const [best] = turned;
  if (best === undefined || best.distance > Math.min(noise, improved * asItStands)) return undefined;
  const hours = (best.by > bins / 2 ? best.by - bins : best.by) * hoursABin;
  return {
    kind: 'time_zone',
    feature: name,
    rows: after.times,
    example: new Date(current.values.find((time) => !Number.isNaN(time)) ?? 0).toISOString(),
    confidence: 0.9,
    sentence: `${name} has the reference's hours of the day ${Math.abs(hours)} ${Math.abs(hours) === 1 ? 'hour' : 'hours'} ${hours > 0 ? 'later' : 'earlier'}: it looks like another time zone`,
  };
};

function isTime(column: { readonly type: string; readonly kind: string }): column is NumericColumn {
  return column.kind === 'numeric' && column.type === 'datetime';
}

interface DailyProfile {
  /** Of each half hour, all together 1. */
  readonly shares: readonly number[];
  readonly times: number;
  /** From the first to the last time, milliseconds. */
  readonly span: number;
}

function dailyProfile(values: Float64Array): DailyProfile {
  const counts = new Array<number>(bins).fill(0);
  let times = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const bin = Math.floor((((value % dayMs) + dayMs) % dayMs) / (dayMs / bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
    first = Math.min(first, value);
    last = Math.max(last, value);
    times++;
  }
  return { shares: counts.map((count) => count / times), times, span: last - first };
}

/** Total variation between the reference's profile, turned `by` bins later, and the current one: 0..1. */
function distance(reference: readonly number[], current: readonly number[], by: number): number {
  return (
    reference.reduce((sum, share, bin) => sum + Math.abs(share - (current[(bin + by) % bins] ?? 0)), 0) / 2
  );
}

/** Mean of `distance` for two samples of the reference's profile: a sum of the means of half-normal differences. */
function expectedDistance(before: DailyProfile, after: DailyProfile): number {
  const scale = 1 / before.times + 1 / after.times;
  return (
    before.shares.reduce((sum, share) => sum + Math.sqrt((2 / Math.PI) * share * (1 - share) * scale), 0) / 2
  );
}
