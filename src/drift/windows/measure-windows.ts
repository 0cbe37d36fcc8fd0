import type { DriftFeature } from '../../data/results/drift.ts';
import type { DriftWindow, DriftWindows } from '../../data/results/drift-windows.ts';
import { type Column, requireColumn, sliceRows, type Table } from '../../data/table.ts';
import { weekMs } from '../../platform/durations.ts';
import { type ComparisonRules, compareFeature } from '../compare-feature.ts';
import { type FeatureProfile, profileChunks, profileColumn } from '../feature-profile.ts';
import type { Feature } from '../feature-types.ts';
import { driftLevel } from '../history.ts';
import { concludeDrift, type DriftLimits } from '../measure-drift.ts';
import { findOnset } from '../onset/find-onset.ts';
import type { WindowRows } from './cut-windows.ts';

export type Against = DriftWindows['against'];

export interface WindowsQuestion extends DriftLimits {
  /** Rows in order. */
  readonly current: Table;
  /** Epoch milliseconds of the rows, ascending; undefined where they have no times. */
  readonly times: Float64Array | undefined;
  readonly windows: readonly WindowRows[];
  /** What each window is compared with: a table, the window before it, or that of the same weekday and hour a week before. */
  readonly against:
    | { readonly kind: 'reference'; readonly reference: Table }
    | { readonly kind: Exclude<Against, 'reference'> };
  readonly features: readonly Feature[];
  readonly rules: ComparisonRules;
}

/**
 * Compares every window by itself. One with fewer rows than the minimum, or without rows enough to compare with, is UNKNOWN and names
 * no feature. Where all are compared with one reference, each feature that drifted in a window gets its onset over all rows.
 * @throws DataError when a feature is missing on one side, or when there is no feature at all
 */
export function measureWindows(question: WindowsQuestion): DriftWindows {
  const { current, windows, against, features } = question;
  const sides = windows.map(({ first, end }) => sideOf(sliceRows(current, first, end), features));
  const reference = against.kind === 'reference' ? sideOf(against.reference, features) : undefined;
  const measured = windows.map((window, index) => {
    const place = against.kind === 'week_before' ? weekBefore(windows, window) : index - 1;
    return measureWindow(question, window, reference ?? sides[place], sides[index]);
  });
  return {
    status: measured.findLast(({ status }) => status !== 'UNKNOWN')?.status ?? 'UNKNOWN',
    against: against.kind,
    reference: reference === undefined ? null : { rows: reference.rows },
    rows: current.rows,
    windows: measured,
    features: features.map((feature, index) => acrossWindows(question, feature.name, index, measured)),
    notes: [],
  };
}

/** Some rows, by feature; each is profiled once, however many windows are compared with it. */
interface Side {
  readonly rows: number;
  readonly features: readonly { readonly column: Column; readonly profile: FeatureProfile }[];
}

function sideOf(table: Table, features: readonly Feature[]): Side {
  return {
    rows: table.rows,
    features: features.map(({ name }) => {
      const column = requireColumn(table, name);
      return { column, profile: profileColumn(column) };
    }),
  };
}

function weekBefore(windows: readonly WindowRows[], { time }: WindowRows): number {
  return time === undefined ? -1 : windows.findIndex((each) => each.time?.from === time.from - weekMs);
}

function measureWindow(
  question: WindowsQuestion,
  window: WindowRows,
  reference: Side | undefined,
  current: Side | undefined,
): DriftWindow {
  const rows = window.end - window.first;
  const outline = { ...boundsOf(window), rows, partial: window.partial };
  const why = whyNotJudged(question, rows, reference);
  if (why !== undefined || reference === undefined || current === undefined) {
    const status = 'UNKNOWN';
    return {
      ...outline,
      status,
      ...(why && { note: why }),
      features_drifted: 0,
      share_drifted: 0,
      features: [],
    };
  }
  const { rules } = question;
  const compared = question.features.flatMap((feature, index) => {
    const before = reference.features[index];
    const after = current.features[index];
    if (before === undefined || after === undefined) return [];
    const chunks = (count: number) => profileChunks(before.column, count);
    return [compareFeature(feature, before.profile, after.profile, rules, chunks)];
  });
  const drift = concludeDrift(compared, { reference: reference.rows, current: rows }, rules, question);
  return {
    ...outline,
    status: drift.status,
    features_drifted: drift.features_drifted,
    share_drifted: drift.share_drifted,
    features: drift.features.map(inWindow),
  };
}

function boundsOf({ first, end, time }: WindowRows): Pick<DriftWindow, 'from' | 'until'> {
  return time === undefined
    ? { from: String(first + 1), until: String(end) }
    : { from: new Date(time.from).toISOString(), until: new Date(time.until).toISOString() };
}

function whyNotJudged(
  { against, minimumRows }: WindowsQuestion,
  rows: number,
  reference: Side | undefined,
): string | undefined {
  const needed = `fewer than the ${minimumRows} that a verdict needs`;
  if (rows < minimumRows) return `${rows} rows, ${needed}`;
  if (reference === undefined)
    return against.kind === 'week_before' ? 'no window a week before it' : 'no window before it';
  if (reference.rows < minimumRows) return `${reference.rows} rows to compare with, ${needed}`;
  return undefined;
}

function inWindow(feature: DriftFeature): DriftWindow['features'][number] {
  const { name, test, score, p_value, q_value, threshold, drifted, missing, summary, note } = feature;
  return {
    name,
    test,
    score,
    p_value,
    ...(q_value === undefined ? {} : { q_value }),
    threshold,
    drifted,
    missing,
    ...(summary === undefined ? {} : { summary }),
    ...(note === undefined ? {} : { note }),
    level: driftLevel(test, score, threshold),
  };
}

function acrossWindows(
  { against, current, times }: WindowsQuestion,
  name: string,
  place: number,
  measured: readonly DriftWindow[],
): DriftWindows['features'][number] {
  const each = measured.map(({ features }) => features[place]);
  const judged = each.filter((feature) => feature !== undefined);
  const drifted = judged.filter((feature) => feature.drifted).length;
  const onset =
    drifted > 0 && against.kind === 'reference'
      ? findOnset({
          reference: requireColumn(against.reference, name),
          current: requireColumn(current, name),
          times,
        })
      : undefined;
  return {
    name,
    judged_windows: judged.length,
    drifted_windows: drifted,
    levels: each.map((feature) => feature?.level ?? null),
    ...(onset === undefined ? {} : { onset }),
  };
}
