import type { DriftFeature } from '../data/results/drift.ts';
import type { FeatureRun } from '../data/results/drift-history.ts';
import type { DataIssue } from '../data/results/quality.ts';
import { CategoryTable } from './category-table.tsx';
import { DistributionChart, MiniDistribution } from './distribution-chart.tsx';
import { isPValue } from './drift-order.ts';
import { DriftTag } from './drift-tag.tsx';
import { type Fact, Facts } from './facts.tsx';
import { effectInWords, onsetInWords, scoreInWords } from './feature-words.ts';
import { figure, percent } from './figures.ts';
import { ScoreStrip } from './score-strip.tsx';

export interface FeatureSubject {
  readonly feature: DriftFeature;
  /** Faults of the data found in this feature. */
  readonly issues: readonly DataIssue[];
  /** The monitoring runs, oldest first; none for bare files. */
  readonly runs: readonly FeatureRun[];
  /** What links to it. */
  readonly id: string;
  /** Unfolded from the start. */
  readonly open: boolean;
}

/** A feature as one line that unfolds into its whole story; folding needs no script. */
export function FeatureEntry({ feature, issues, runs, id, open }: FeatureSubject) {
  const { name, drifted, distribution, importance } = feature;
  const kinds = ['all', drifted ? 'drifted' : 'calm', ...(issues.length > 0 ? ['fault'] : [])];
  return (
    <details id={id} class={drifted ? 'feature drifted' : 'feature'} open={open} data-kinds={kinds.join(' ')}>
      <summary>
        <h3>
          <bdi>{name}</bdi>
        </h3>
        {distribution === undefined ? <span /> : <MiniDistribution distribution={distribution} />}
        <span class="score">
          {scoreInWords(feature)}
          {importance === undefined ? null : (
            <>
              <br />
              {`${percent(importance)} of the model`}
            </>
          )}
        </span>
        <span class="tags">
          <DriftTag drifted={drifted} />
          {issues.length > 0 ? <span class="tag fault">data fault</span> : null}
        </span>
      </summary>
      <Story feature={feature} issues={issues} runs={runs} />
    </details>
  );
}

/** What happened, since when, what to do; then the pictures and the figures behind the words. */
export function Story({ feature, issues, runs }: Omit<FeatureSubject, 'id' | 'open'>) {
  const { name, effect, onset, note, categories, advice, distribution } = feature;
  const words = effectInWords(feature);
  return (
    <div class="story">
      <div>
        {words === undefined ? null : <p>{words}</p>}
        {onset === undefined ? null : <p>{onsetInWords(onset)}</p>}
        {note === undefined ? null : <p class="soft">{note}</p>}
        <CategoryNews title="new categories" rows={categories?.new ?? []} />
        <CategoryNews title="vanished categories" rows={categories?.vanished ?? []} />
        {issues.map(({ sentence }) => (
          <p>
            <span class="tag fault">data fault</span> {sentence}
          </p>
        ))}
        {advice === undefined ? null : (
          <p class="advice">
            <strong>What to do:</strong> {advice}
          </p>
        )}
      </div>
      {distribution === undefined ? null : (
        <div class={(effect?.quantiles.length ?? 0) > 0 ? 'pictures' : 'pictures single'}>
          {distribution.labels === undefined ? (
            <DistributionChart name={name} distribution={distribution} effect={effect} />
          ) : (
            <CategoryTable name={name} distribution={distribution} />
          )}
          <QuantileTable feature={feature} />
          <ScoreStrip name={name} runs={runs} />
        </div>
      )}
      <Figures feature={feature} />
    </div>
  );
}

function CategoryNews({
  title,
  rows,
}: {
  title: string;
  rows: readonly { readonly value: string; readonly rows: number }[];
}) {
  if (rows.length === 0) return null;
  return (
    <p>
      {`${title}: `}
      {rows.map(({ value, rows: count }, index) => (
        <>
          {index === 0 ? '' : ', '}
          <bdi>{value}</bdi>
          {` (${figure(count)} rows)`}
        </>
      ))}
    </p>
  );
}

function QuantileTable({ feature: { name, effect } }: { feature: DriftFeature }) {
  if (effect === undefined || effect.quantiles.length === 0) return null;
  return (
    <table>
      <caption>{`Quantiles of ${name}`}</caption>
      <thead>
        <tr>
          <th scope="col">Share of rows</th>
          <th scope="col">Reference</th>
          <th scope="col">Current</th>
        </tr>
      </thead>
      <tbody>
        {effect.quantiles.map(({ share, reference, current }) => (
          <tr>
            <th scope="row">{share === 0.5 ? 'median' : `${figure(share * 100)} %`}</th>
            <td>{figure(reference)}</td>
            <td>{figure(current)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Figures({ feature }: { feature: DriftFeature }) {
  const { test, score, threshold, p_value, q_value, importance, missing, effect, summary } = feature;
  const facts: readonly Fact[] = [
    ['Test', test === 'none' ? undefined : test],
    [isPValue(feature) ? 'p-value' : 'Score', test === 'none' ? undefined : figure(score)],
    ['Limit', threshold === null ? undefined : figure(threshold)],
    ['Chance under no change (p)', p_value === null || isPValue(feature) ? undefined : figure(p_value)],
    ['Adjusted for all features (q)', q_value == null ? undefined : figure(q_value)],
    ['Part of the model', importance === undefined ? undefined : percent(importance)],
    ['Rows moved', effect === undefined ? undefined : percent(effect.moved)],
    ['Median shift, in interquartile ranges', effect?.shift == null ? undefined : figure(effect.shift)],
    ['Missing', `${percent(missing.reference)} → ${percent(missing.current)}`],
    [
      'Mean',
      summary === undefined
        ? undefined
        : `${figure(summary.reference.mean)} → ${figure(summary.current.mean)}`,
    ],
    [
      'Range',
      summary === undefined
        ? undefined
        : `${figure(summary.reference.minimum)} … ${figure(summary.reference.maximum)} → ${figure(summary.current.minimum)} … ${figure(summary.current.maximum)}`,
    ],
  ];
  return <Facts facts={facts} />;
}
