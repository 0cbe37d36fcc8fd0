import type { DriftFeature } from '../data/results/drift.ts';
import { DistributionChart } from './distribution-chart.tsx';
import { byDrift } from './drift-order.ts';
import { figure, percent } from './figures.ts';

/** Every feature, most drifted first: a table of figures, then a card with its distributions. */
export function DriftSections({ features }: { features: readonly DriftFeature[] }) {
  const ordered = byDrift(features);
  return (
    <main>
      <Overview features={ordered} />
      <p class="key">
        Share of rows: <i class="k-reference" /> reference (outline) <i class="k-current" /> current (filled)
      </p>
      <div class="cards">
        {ordered.map((feature) => (
          <Card feature={feature} />
        ))}
      </div>
    </main>
  );
}

function Overview({ features }: { features: readonly DriftFeature[] }) {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            {['Feature', 'Drift', 'Test', 'Score', 'Threshold', 'Missing before', 'Missing now'].map(
              (title) => (
                <th scope="col">{title}</th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {features.map((feature) => (
            <tr>
              <td>{feature.name}</td>
              <td>{feature.drifted ? 'drifted' : 'no'}</td>
              <td>{feature.test}</td>
              <td>{figure(feature.score)}</td>
              <td>{figure(feature.threshold)}</td>
              <td>{percent(feature.missing.reference)}</td>
              <td>{percent(feature.missing.current)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Card({ feature }: { feature: DriftFeature }) {
  const { summary, distribution } = feature;
  return (
    <section class={feature.drifted ? 'card drifted' : 'card'}>
      <h2>{feature.name}</h2>
      <p class="soft">
        {`${feature.drifted ? 'Drifted' : 'Not drifted'} · ${feature.test} ${figure(feature.score)}${feature.note === undefined ? '' : ` · ${feature.note}`}`}
      </p>
      {summary === undefined ? null : (
        <p>
          {`median ${figure(summary.reference.median)} → ${figure(summary.current.median)}, mean ${figure(summary.reference.mean)} → ${figure(summary.current.mean)}`}
        </p>
      )}
      {distribution === undefined ? null : (
        <DistributionChart name={feature.name} distribution={distribution} />
      )}
    </section>
  );
}
