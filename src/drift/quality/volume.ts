import gammainc from '@stdlib/math-base-special-gammainc';
import { median } from 'simple-statistics';
import type { VolumeResult } from '../../data/results/quality.ts';

export interface VolumeThresholds {
  /** Fewest and most predictions of a normal day. */
  readonly expectedPerDay: readonly [number, number];
  readonly warningPerHour: number;
  readonly criticalPerHour: number;
  readonly unusualPerHour: number;
}

const day = 24;
/** With fewer earlier days there is no telling what an hour normally brings. */
const fewestDays = 3;
/** An hour this improbable under its normal traffic is low; once in a thousand hours by chance. */
const lowHour = 0.001;

/** How many predictions came, by the hour; hours before the first prediction there ever was are not among them. */
export interface Traffic {
  /** The last 24 whole hours, oldest first, the last one the 60 minutes up to now; fewer where history is shorter. */
  readonly lastDay: readonly number[];
  /** The same hour of the day as the last one, on the days before. */
  readonly sameHour: readonly number[];
}

/**
 * The runbook's verdict on traffic (runbook/decisions/0005-volume-thresholds.md).
 *
 * CRITICAL and WARNING by the hour hold for the last hour only when the same hour of the day normally reaches them and the
 * count is improbably low for it (Poisson, p < 0.001); otherwise the last 24 hours decide: under the least expected a day
 * WARNING, under the part of it that the hourly critical is of the hourly warning, or nothing at all, CRITICAL. An hour of the
 * last 24 above `unusualPerHour` is a WARNING. UNKNOWN with less than a day of history.
 */
export function volumeVerdict({ lastDay, sameHour }: Traffic, thresholds: VolumeThresholds): VolumeResult {
  const figures = {
    last_hour: lastDay.at(-1) ?? null,
    last_day: lastDay.length < day ? null : lastDay.reduce((sum, count) => sum + count, 0),
    busiest_hour: lastDay.length === 0 ? null : Math.max(...lastDay),
    normal_hour: sameHour.length < fewestDays ? null : median([...sameHour]),
  };
  return { ...figures, ...judge(figures, thresholds) };
}

type Figures = Omit<VolumeResult, 'status' | 'cause' | 'sentence'>;

function judge(
  figures: Figures,
  thresholds: VolumeThresholds,
): Pick<VolumeResult, 'status' | 'cause' | 'sentence'> {
  const { last_hour: hour, last_day: total, normal_hour: normal, busiest_hour: busiest } = figures;
  const { warningPerHour, criticalPerHour, unusualPerHour } = thresholds;
  const [fewest, most] = thresholds.expectedPerDay;
  if (hour !== null && normal !== null && improbablyLow(hour, normal)) {
    const told = `${hour} predictions in the last hour, which normally brings ${Math.round(normal)}`;
    if (hour < criticalPerHour && normal >= criticalPerHour)
      return {
        status: 'CRITICAL',
        cause: 'low_hour',
        sentence: `${told}: fewer than ${criticalPerHour} an hour`,
      };
    if (hour < warningPerHour && normal >= warningPerHour)
      return {
        status: 'WARNING',
        cause: 'low_hour',
        sentence: `${told}: fewer than ${warningPerHour} an hour`,
      };
  }
  if (total !== null) {
    const least = criticalPerDay(thresholds);
    if (total === 0 && fewest > 0)
      return { status: 'CRITICAL', cause: 'low_day', sentence: 'no prediction in the last 24 hours' };
    if (total < least)
      return {
        status: 'CRITICAL',
        cause: 'low_day',
        sentence: `${total} predictions in the last 24 hours: fewer than ${least}`,
      };
    if (total < fewest)
      return {
        status: 'WARNING',
        cause: 'low_day',
        sentence: `${total} predictions in the last 24 hours: fewer than ${fewest}`,
      };
  }
  if (busiest !== null && busiest > unusualPerHour)
    return {
      status: 'WARNING',
      cause: 'busy_hour',
      sentence: `${busiest} predictions in one hour: more than ${unusualPerHour}`,
    };
  if (total === null)
    return {
      status: 'UNKNOWN',
      cause: null,
      sentence: 'less than a day of predictions: too early to say what is normal',
    };
  const busy = total > most ? `, more than the ${most} a day that are expected` : '';
  return { status: 'OK', cause: null, sentence: `${total} predictions in the last 24 hours${busy}` };
}

function criticalPerDay({ expectedPerDay, criticalPerHour, warningPerHour }: VolumeThresholds): number {
  return warningPerHour === 0 ? 0 : (expectedPerDay[0] * criticalPerHour) / warningPerHour;
}

/** Chance of at most `count` events where `normal` are expected: the regularised upper gamma function at count + 1. */
function improbablyLow(count: number, normal: number): boolean {
  return normal > 0 && gammainc(normal, count + 1, true, true) < lowHour;
}
