import { basename } from 'node:path';
import type { DriftResult } from '../data/results/drift.ts';
import { toIso } from '../platform/clock.ts';
import { DriftFacts } from './drift-facts.tsx';
import { DriftSections } from './drift-sections.tsx';
import type { DriftSubject } from './drift-subject.ts';
import { driftSentence } from './drift-words.ts';
import { page } from './page.tsx';
import { featureScript } from './page-script.ts';

/** The drift report as one HTML file: summaries only, never rows, so its size does not grow with the data. */
export function renderDriftPage(result: DriftResult, subject: DriftSubject): string {
  return page(
    `Drift ${result.status}: ${subject.currentName}`,
    <>
      <header>
        <p class="kicker">{`Drift report · ${toIso(subject.generatedAt).slice(0, 16).replace('T', ' ')} UTC`}</p>
        <h1>
          <span class={`verdict ${result.status}`}>{result.status}</span>
          <bdi>{basename(subject.currentName)}</bdi>
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
