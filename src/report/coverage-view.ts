import type { LabelCoverageResult } from '../data/results/label-coverage.ts';
import { percent } from './figures.ts';
import { plainTable } from './plain-table.ts';

/** Label coverage for a terminal: a line a week and version, the total last. */
export function coverageView({ weeks, total, as_of }: LabelCoverageResult): string {
  if (weeks.length === 0) return `no predictions up to ${as_of}; try: mlops predictions import FILE`;
  const figures = (each: LabelCoverageResult['total']) => [
    String(each.predictions),
    String(each.labelled),
    percent(each.share),
  ];
  return plainTable(
    [
      { head: 'week of' },
      { head: 'version' },
      { head: 'predictions', align: 'right' },
      { head: 'labelled', align: 'right' },
      { head: 'coverage', align: 'right' },
    ],
    [
      ...weeks.map((each) => [each.week.slice(0, 10), each.model_version ?? 'unscored', ...figures(each)]),
      ['total', '', ...figures(total)],
    ],
  );
}
