import type { CardFeature, ModelCard } from '../data/results/model-card.ts';
import type { Evaluation, MetricName } from '../data/results/model-evaluation.ts';
import { figure, grouped, percent } from './figures.ts';

export const metricTitles: Readonly<Record<MetricName, string>> = {
  roc_auc: 'ROC AUC',
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1',
  brier: 'Brier score',
  log_loss: 'Log loss (nats)',
};

const methods: Readonly<Record<Evaluation['metrics'][number]['method'], string>> = {
  delong: 'DeLong',
  wilson: 'Wilson',
  bootstrap: 'bootstrap',
};

interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** `0.856 (0.830 to 0.881)`; the interval is of 95 %. */
export function withInterval(interval: Interval | null): string {
  if (interval === null) return '–';
  const [value, low, high] = [interval.value, interval.low, interval.high].map((each) => each.toFixed(3));
  return `${value} (${low} to ${high})`;
}

/** The same of a share: `7.1 % (6.3 to 8.0)`. */
export function shareWithInterval({ value, low, high }: Interval): string {
  return `${percent(value)} (${percent(low).replace(' %', '')} to ${percent(high).replace(' %', '')})`;
}

/** A segment's name beside that of its feature. */
export function partName({ feature, name, enough }: Evaluation['segments'][number]): string {
  const own = name.startsWith(feature) ? name.slice(feature.length).replace(/^:?\s+/, '') : name;
  return enough ? own : `${own} (too few rows)`;
}

/** Name, figure with its interval, and how the interval was found. */
export function metricRows({
  metrics,
  bootstrap_draws,
}: Evaluation): readonly (readonly [string, string, string])[] {
  return metrics.map(({ name, interval, method }) => [
    metricTitles[name],
    withInterval(interval),
    method === 'bootstrap' ? `${methods[method]}, ${grouped(bootstrap_draws)} draws` : methods[method],
  ]);
}

/** What the card is about, in a sentence or two. */
export function cardSentence({ evaluation, version, purpose }: ModelCard): string {
  const measured =
    evaluation === null
      ? 'How good it is was not measured here.'
      : `${evaluation.metrics
          .filter(({ name }) => name === 'roc_auc' || name === 'precision' || name === 'recall')
          .map(({ name, interval }) => `${metricTitles[name]} ${withInterval(interval)}`)
          .join(', ')} at its threshold of ${figure(version.threshold)}.`;
  return purpose === null ? measured : `${purpose} ${measured}`;
}

const clear = 0.2;

/** Which way higher values move the answer. */
export function directionInWords(shap: CardFeature['shap']): string {
  const rho = shap?.direction ?? null;
  if (rho === null) return '–';
  if (rho >= clear) return 'higher raises';
  return rho <= -clear ? 'higher lowers' : 'either way';
}

/** How much ROC AUC changes without what the feature says, mean and deviation; `−0.0547 ± 0.0053`. */
export function changeWithout(permutation: CardFeature['permutation']): string {
  if (permutation?.roc_auc == null) return '–';
  const { mean, deviation } = permutation.roc_auc;
  return `${mean < 0 ? '+' : '−'}${Math.abs(mean).toFixed(4)} ± ${deviation.toFixed(4)}`;
}

/** Name and text of what is known about where a version comes from. */
export function lineageFacts({
  version,
  parent,
  estimator,
  data,
}: ModelCard): readonly (readonly [string, string])[] {
  const { training_run: run, artifact } = version;
  const trained =
    run === null
      ? ([['Trained', 'elsewhere']] as const)
      : ([
          ['Trained', `${run.started_at}, run ${run.run_id}, by ${run.who}: ${run.reason}`],
          ['Estimator', estimator ?? 'not said'],
          ['Seed', String(run.seed)],
          ['Data', `${run.data}, target ${run.target}`],
          ['Data sha256', run.data_sha256],
          ['Rows', `${grouped(run.rows.train)} learned from, ${grouped(run.rows.validation)} validated`],
          ['Outcomes', outcomesInWords(data.outcomes)],
        ] as const);
  return [
    ...trained,
    ['Period', periodInWords(data.period)],
    ['Production then', parent === null ? 'none' : `version ${parent}`],
    ['Registered', version.created_at],
    ['Model sha256', artifact.sha256],
  ];
}

function outcomesInWords(outcomes: ModelCard['data']['outcomes']): string {
  if (outcomes === null) return 'not known';
  const { earlier, validation } = outcomes;
  const share = ({ rows, positives }: typeof earlier) => percent(rows === 0 ? 0 : positives / rows);
  return `${share(earlier)} of the ${grouped(earlier.rows)} earlier rows are 1, ${share(validation)} of the ${grouped(validation.rows)} that validated it`;
}

function periodInWords({ from, until }: ModelCard['data']['period']): string {
  if (until === null) return 'not known';
  return from === null ? `up to ${until}` : `${from} to ${until}`;
}
