import { renderToString } from 'preact-render-to-string';
import type { DriftFeature, DriftResult } from '../data/results/drift.ts';
import { toIso } from '../platform/clock.ts';
import { DistributionChart } from './distribution-chart.tsx';
import { byDrift } from './drift-order.ts';
import { driftStyle } from './drift-style.ts';
import { figure, percent } from './figures.ts';

export interface DriftPageSubject {
  readonly referenceName: string;
  readonly currentName: string;
  /** Epoch milliseconds. */
  readonly generatedAt: number;
}

/** The drift report as one HTML file: summaries only, never rows, so its size does not grow with the data. */
export function renderDriftPage(result: DriftResult, subject: DriftPageSubject): string {
  const features = byDrift(result.features);
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`Drift ${result.status}: ${subject.currentName}`}</title>
        <style dangerouslySetInnerHTML={{ __html: driftStyle }} />
      </head>
      <body>
        <header>
          <h1>Drift report</h1>
          <p>
            <span class={`verdict ${result.status}`}>{result.status}</span>
            {`${result.features_drifted} of ${result.features_total} features drifted (${percent(result.share_drifted)})`}
          </p>
          <p class="soft">
            {`${subject.referenceName} (${result.reference.rows.toLocaleString('en-US')} rows) against ${subject.currentName} (${result.current.rows.toLocaleString('en-US')} rows), ${toIso(subject.generatedAt)}`}
          </p>
        </header>
        <Overview features={features} />
        <p class="key">
          Share of rows: <i class="k-reference" /> reference (outline) <i class="k-current" /> current
          (filled)
        </p>
        <main class="cards">
          {features.map((feature) => (
            <Card feature={feature} />
          ))}
        </main>
      </body>
    </html>
  );
  return `<!doctype html>\n${renderToString(page)}\n`;
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
