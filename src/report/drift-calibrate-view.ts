import type { DriftCalibrateResult } from '../data/results/drift-calibration.ts';
import { figure, grouped, percent } from './figures.ts';
import { plainTable } from './plain-table.ts';
import { visibleText } from './visible-text.ts';

/** The thresholds by size of the window, and what they hold for. */
export function driftCalibrateView(result: DriftCalibrateResult): string {
  const { false_alarms, standard_error, draws, sizes, features, not_calibrated, reference, file } = result;
  const table = plainTable(
    [
      { head: 'feature' },
      { head: 'test' },
      ...sizes.map((size) => ({ head: grouped(size), align: 'right' as const })),
    ],
    features.flatMap(({ name, test, thresholds, missing }) => [
      [visibleText(name), test, ...thresholds.map(figure)],
      ...(missing === null ? [] : [['', 'missing values', ...missing.map(figure)]]),
    ]),
  );
  return [
    `calibrated on ${grouped(reference.rows)} rows of ${visibleText(reference.name)}: ${percent(false_alarms)} of the reports in which nothing moved name a feature`,
    `by ${grouped(draws)} draws (standard error ${percent(standard_error)}) of ${rowsDrawn(result)}`,
    '',
    table,
    ...not_calibrated.map(({ name, why }) => `not calibrated: ${visibleText(name)}, ${why}`),
    '',
    `a feature drifts from the larger of this and what is enough to matter; written to ${file}`,
  ].join('\n');
}

function rowsDrawn({ time, block_rows }: DriftCalibrateResult): string {
  if (time === null) return 'single rows: there is no column of times, so rows were taken as independent';
  return `blocks of ${grouped(block_rows)} neighbouring rows in order of ${visibleText(time)}`;
}
