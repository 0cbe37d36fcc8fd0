import type { ModelCard } from '../../data/results/model-card.ts';
import type { Evaluation } from '../../data/results/model-evaluation.ts';
import { fewestInSegment } from '../../evaluation/index.ts';
import { percent } from '../../platform/percent.ts';

/** Fewer positive rows leave every figure uncertain. */
const fewestPositives = 100;
const mostMissing = 0.2;
const mostNamed = 5;

/** What is weak about a version or not known of it, as far as its rows tell: a sentence each. */
export function limitsInWords(card: Omit<ModelCard, 'limits'>): string[] {
  const { data, evaluation, version, explanation, purpose } = card;
  return [
    ...(purpose === null
      ? ['What it is for is not said: set model.purpose and model.not_for in mlops.yaml.']
      : []),
    ...(version.training_run === null
      ? ['It was made elsewhere: which rows it learned from is not known, nor by which parameters.']
      : []),
    ...(data.what === null
      ? ['No rows are known, so that neither its features nor its answers can be described.']
      : []),
    ...(version.training_run !== null && data.period.until === null
      ? [
          'Its rows had no times: which period they are from is not known, and the split followed the order of the file.',
        ]
      : []),
    ...(evaluation === null
      ? ['No labelled row is known that it did not learn from: how good it is was not measured here.']
      : evaluationLimits(evaluation, version.training_run !== null)),
    ...missingLimits(card.features),
    ...(explanation?.method === 'sampled_shapley'
      ? ['Its parts are estimated by sampling, as if the features were independent of each other.']
      : []),
  ];
}

function evaluationLimits(evaluation: Evaluation, ownThreshold: boolean): readonly string[] {
  const { rows, positives, calibration, segments } = evaluation;
  const rarer = Math.min(positives, rows - positives);
  const off = calibration.bins.filter(
    ({ predicted, observed }) => predicted < observed.low || predicted > observed.high,
  );
  const few = segments.filter(({ enough }) => !enough);
  return [
    ...(rarer < fewestPositives
      ? [
          `Only ${rarer} of the ${rows} rows it was measured on are of the rarer outcome: every figure is uncertain.`,
        ]
      : []),
    ...(ownThreshold
      ? [
          'Its threshold was chosen on the rows it was measured on, which favours precision, recall and F1 by a little.',
        ]
      : []),
    ...off.map(
      ({ predicted, observed, rows: count }) =>
        `Where it says ${percent(predicted)} (${count} rows), ${percent(observed.value)} came true (95 % interval ${percent(observed.low)} to ${percent(observed.high)}).`,
    ),
    ...(few.length === 0
      ? []
      : [
          `${few.length} of ${segments.length} segments have fewer than ${fewestInSegment.rows} rows, or fewer than ${fewestInSegment.positives} of either outcome, and say nothing: ${named(few.map(({ name }) => name))}.`,
        ]),
  ];
}

function missingLimits(features: ModelCard['features']): readonly string[] {
  const often = features.filter(({ values }) => (values?.missing ?? 0) >= mostMissing);
  if (often.length === 0) return [];
  return [
    `Often missing: ${named(often.map(({ name, values }) => `${name} (${percent(values?.missing ?? 0)})`))}.`,
  ];
}

function named(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return more > 0 ? `${names.slice(0, mostNamed).join(', ')} and ${more} more` : names.join(', ');
}
