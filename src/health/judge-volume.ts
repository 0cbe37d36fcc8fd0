import type { Verdict } from '../platform/exit-codes.ts';

/** As mlops.yaml has them under `monitoring.volume`. */
export interface VolumeLimits {
  readonly expected_per_day: readonly [number, number];
  readonly warning_per_hour: number;
  readonly critical_per_hour: number;
  readonly unusual_per_hour: number;
}

export interface VolumeFigures {
  readonly perDay: number;
  /** On average. */
  readonly perHour: number;
  readonly busiestHour: number;
}

export interface VolumeJudgement extends VolumeFigures {
  readonly status: Verdict;
  /** The limit that decided, and the figure that was compared with it. */
  readonly decidedBy: keyof VolumeLimits;
  readonly observed: number;
  readonly threshold: number;
}

/**
 * Rates of a stretch of hours.
 * @param counts predictions in each clock hour that the stretch touches
 * @param hours its length; a service that began an hour ago is judged by that hour
 */
export function volumeFigures(counts: readonly number[], hours: number): VolumeFigures {
  const perHour = counts.reduce((sum, count) => sum + count, 0) / hours;
  return { perHour, perDay: perHour * 24, busiestHour: Math.max(0, ...counts) };
}

/**
 * The verdict on the volume of the last day.
 *
 * The runbook calls 100 to 1,000 predictions a day normal and fewer than 50 an hour a warning; 1,000 a day is 42 an hour, so
 * taken alone the hourly limits would warn on every normal day. The daily expectation therefore decides whether the volume is
 * low at all; when it is, the hourly limits say how bad that is. One hour above the unusual is a warning on any day.
 */
export function judgeVolume(figures: VolumeFigures, limits: VolumeLimits): VolumeJudgement {
  const { perDay, perHour, busiestHour } = figures;
  const [expected] = limits.expected_per_day;
  const low = perDay < expected;
  if (low && perHour < limits.critical_per_hour)
    return { ...figures, status: 'CRITICAL', ...decided('critical_per_hour', perHour) };
  if (busiestHour > limits.unusual_per_hour)
    return { ...figures, status: 'WARNING', ...decided('unusual_per_hour', busiestHour) };
  if (low && perHour < limits.warning_per_hour)
    return { ...figures, status: 'WARNING', ...decided('warning_per_hour', perHour) };
  return { ...figures, status: 'OK', decidedBy: 'expected_per_day', observed: perDay, threshold: expected };

  function decided(decidedBy: Exclude<keyof VolumeLimits, 'expected_per_day'>, observed: number) {
    return { decidedBy, observed, threshold: limits[decidedBy] };
  }
}
