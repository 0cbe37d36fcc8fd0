import type { ModelCard } from '../data/results/model-card.ts';
import { AnswersSection } from './card-answers.tsx';
import { FeaturesSection } from './card-features.tsx';
import { GateSection, LimitsSection, LineageSection } from './card-lineage.tsx';
import { PerformanceSection } from './card-performance.tsx';
import { cardSentence } from './card-words.ts';
import { type Fact, Facts } from './facts.tsx';
import { figure, grouped, percent } from './figures.ts';
import { page } from './page.tsx';

/** A model card as one HTML file that needs no script: summaries only, never rows. */
export function renderCardPage(card: ModelCard): string {
  const { version, model, evaluation, data } = card;
  return page(
    `Model card: ${model}, version ${version.version}`,
    <>
      <header>
        <p class="kicker">{`Model card · ${card.generated_at.slice(0, 16).replace('T', ' ')} UTC`}</p>
        <h1>
          <bdi>{model}</bdi>
          {`, version ${version.version} `}
          <span class="soft">{`(${version.stage})`}</span>
        </h1>
        <p class="lead">{cardSentence(card)}</p>
      </header>
      <main>
        <Facts facts={facts()} />
        <LimitsSection card={card} />
        {evaluation === null ? null : <PerformanceSection evaluation={evaluation} live={card.live} />}
        <AnswersSection card={card} />
        <FeaturesSection card={card} />
        <GateSection gate={card.gate} />
        <LineageSection card={card} />
      </main>
    </>,
  );

  function facts(): readonly Fact[] {
    const run = version.training_run;
    return [
      ['Features', grouped(version.features.length)],
      ['Threshold', figure(version.threshold)],
      ['Learned from', run === null ? 'not known' : `${grouped(run.rows.train)} rows`],
      [
        'Measured on',
        evaluation === null
          ? 'nothing'
          : `${grouped(evaluation.rows)} rows, ${percent(evaluation.positives / Math.max(1, evaluation.rows))} of outcome 1`,
      ],
      ['Target', data.target ?? undefined],
      ['Artifact', version.artifact.state],
    ];
  }
}
