import type { CardFeature, ModelCard } from '../data/results/model-card.ts';
import { DependenceChart } from './dependence-chart.tsx';
import { Facts } from './facts.tsx';
import { figure, grouped, percent } from './figures.ts';

const mostListed = 200;

/** Every feature: its values, and how the mean answer goes with it. */
export function FeaturesSection({ card }: { card: ModelCard }) {
  const { features, data } = card;
  const more = features.length - mostListed;
  return (
    <section aria-labelledby="features-title">
      <h2 id="features-title">Features</h2>
      {data.what === null ? null : (
        <p>{`As they are in ${grouped(data.rows)} rows: ${data.what}. Pictures show the mean probability where every row has that value (line), 10 % to 90 % of the rows (band), and the share of rows with it (bars); they say nothing of causes.`}</p>
      )}
      {features.slice(0, mostListed).map((feature) => (
        <FeatureEntry feature={feature} />
      ))}
      {more > 0 ? <p class="soft">{`and ${more} more in the JSON`}</p> : null}
    </section>
  );
}

function FeatureEntry({ feature }: { feature: CardFeature }) {
  const { name, type, values, dependence } = feature;
  return (
    <details class="feature">
      <summary class="plain">
        <h3>
          <bdi>{name}</bdi>
        </h3>
        <span class="score">
          {values === null
            ? type
            : `${type}, ${figure(values.minimum)} to ${figure(values.maximum)}, missing ${percent(values.missing)}`}
        </span>
      </summary>
      <div class="story">
        {values === null ? null : (
          <Facts
            facts={[
              ['Type', type],
              ['Missing', percent(values.missing)],
              ['Different values', grouped(values.distinct)],
              ['Range', `${figure(values.minimum)} … ${figure(values.maximum)}`],
              ['Median', figure(values.median)],
            ]}
          />
        )}
        {dependence === null ? (
          <p class="soft">Not drawn: it is not among the most important.</p>
        ) : (
          <DependenceChart name={name} points={dependence} />
        )}
      </div>
    </details>
  );
}
