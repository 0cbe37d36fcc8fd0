import type { StatsResult } from '../data/results/stats.ts';
import { figure, grouped, percent } from './figures.ts';
import { plainTable } from './plain-table.ts';
import { sparkline } from './sparkline.ts';

const widestChart = 72;
/** Hours that are listed; of a longer window only the charts are shown. */
const mostRows = 48;

/** What was predicted, for a terminal: the figures, small charts by the hour, a table. */
export function statsView(stats: StatsResult): string {
  const headline = statsLine(stats);
  if (stats.by === 'version') return [headline, '', table(stats)].join('\n');
  if (stats.predictions === 0) return headline;
  const parts = [headline, '', ...charts(stats)];
  return stats.groups.length > mostRows ? parts.join('\n') : [...parts, '', table(stats)].join('\n');
}

/** One line: how many, how many an hour, how many positive. */
export function statsLine({
  window,
  predictions,
  per_hour,
  positive_rate,
  mean_probability,
  last_prediction_at,
}: StatsResult): string {
  const span = `${figure(window.hours)} h up to ${window.until}`;
  if (predictions === 0)
    return `no predictions in the ${span}; ${last_prediction_at === null ? 'there never was one' : `the newest is of ${last_prediction_at}`}`;
  const answers =
    mean_probability === null
      ? 'none scored'
      : `${positive_rate === null ? '–' : percent(positive_rate)} positive, mean probability ${figure(mean_probability)}`;
  return `${grouped(predictions)} predictions in the ${span}, ${figure(per_hour)} an hour; ${answers}`;
}

function charts({ groups }: StatsResult): readonly string[] {
  const line = (name: string, values: readonly (number | null)[], show: (value: number) => string) => {
    const present = values.filter((each) => each !== null);
    const range =
      present.length === 0 ? '' : `${show(Math.min(...present))} to ${show(Math.max(...present))}`;
    return `${name.padEnd(12)}${sparkline(values, widestChart)}  ${range}`;
  };
  return [
    line(
      'predictions',
      groups.map((each) => each.predictions),
      (value) => grouped(value),
    ),
    line(
      'positive',
      groups.map((each) => each.positive_rate),
      percent,
    ),
    line(
      'probability',
      groups.map((each) => each.mean_probability),
      figure,
    ),
  ];
}

function table({ by, groups }: StatsResult): string {
  return plainTable(
    [
      by === 'hour' ? { head: 'hour' } : { head: 'version' },
      { head: 'predictions', align: 'right' },
      { head: 'positive', align: 'right' },
      { head: 'probability', align: 'right' },
    ],
    groups.map(({ hour, version, predictions, positive_rate, mean_probability }) => [
      hour?.replace(':00.000Z', 'Z') ?? version ?? 'none',
      grouped(predictions),
      positive_rate === null ? '–' : percent(positive_rate),
      figure(mean_probability),
    ]),
  );
}
