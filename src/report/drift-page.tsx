import type { DriftResult } from '../data/results/drift.ts';
import { toIso } from '../platform/clock.ts';
import { DriftSections } from './drift-sections.tsx';
import { percent } from './figures.ts';
import { page } from './page.tsx';

export interface DriftPageSubject {
  readonly referenceName: string;
  readonly currentName: string;
  /** Epoch milliseconds. */
  readonly generatedAt: number;
}

/** The drift report as one HTML file: summaries only, never rows, so its size does not grow with the data. */
export function renderDriftPage(result: DriftResult, subject: DriftPageSubject): string {
  return page(
    `Drift ${result.status}: ${subject.currentName}`,
    <>
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
      <DriftSections features={result.features} />
    </>,
  );
}
