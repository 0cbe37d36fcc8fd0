import type { DriftResult } from '../data/results/drift.ts';
import type { PastRuns } from '../data/results/drift-history.ts';
import { toIso } from '../platform/clock.ts';
import { DriftFacts } from './drift-facts.tsx';
import { DriftSections } from './drift-sections.tsx';
import { driftSentence } from './drift-words.ts';
import { page } from './page.tsx';
import { featureScript } from './page-script.ts';

export interface DriftPageSubject {
  readonly referenceName: string;
  readonly currentName: string;
  /** Epoch milliseconds. */
  readonly generatedAt: number;
  /** The monitoring runs before this result; absent for bare files. */
  readonly past?: PastRuns;
}

/** The drift report as one HTML file: summaries only, never rows, so its size does not grow with the data. */
export function renderDriftPage(result: DriftResult, subject: DriftPageSubject): string {
  return page(
    `Drift ${result.status}: ${subject.currentName}`,
    <>
      <header>
        <p class="kicker">{`Drift report · ${toIso(subject.generatedAt).slice(0, 16).replace('T', ' ')} UTC`}</p>
        <h1>
          <span class={`verdict ${result.status}`}>{result.status}</span>
          <bdi>{subject.currentName}</bdi>
        </h1>
        <p class="lead">{driftSentence(result)}</p>
      </header>
      <main>
        <DriftFacts result={result} referenceName={subject.referenceName} currentName={subject.currentName} />
        <DriftSections result={result} issues={result.issues ?? []} past={subject.past ?? new Map()} />
      </main>
    </>,
    featureScript,
  );
}
