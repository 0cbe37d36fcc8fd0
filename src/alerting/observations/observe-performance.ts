import { figure, percent } from '../../report/figures.ts';
import type { Observation } from './observation.ts';

export interface PerformanceFigures {
  readonly rows: number;
  readonly brier: number | null;
  readonly f1: number | null;
}

/** @param baseline F1 at validation; null where the version came without, and then F1 is not judged */
export function observePerformance(
  { rows, brier, f1 }: PerformanceFigures,
  baseline: number | null,
  at: number,
): readonly Observation[] {
  const lost = f1 === null || baseline === null || baseline === 0 ? null : 1 - f1 / baseline;
  const share = lost === null ? 'not judged' : `${percent(Math.abs(lost))} ${lost > 0 ? 'lost' : 'gained'}`;
  return [
    {
      kind: 'value',
      rule: 'f1',
      at,
      value: lost,
      sample: rows,
      summary: `F1 ${figure(f1)} on ${rows} labelled rows, baseline ${figure(baseline)}: ${share}`,
    },
    {
      kind: 'value',
      rule: 'brier',
      at,
      value: brier,
      sample: rows,
      summary: `Brier score ${figure(brier)} on ${rows} labelled rows`,
    },
  ];
}
