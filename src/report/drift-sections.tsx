import type { DriftFeature, DriftResult } from '../data/results/drift.ts';
import type { PastRuns } from '../data/results/drift-history.ts';
import type { DataIssue } from '../data/results/quality.ts';
import { ConceptSection } from './concept-section.tsx';
import { byDrift } from './drift-order.ts';
import { DriftTag } from './drift-tag.tsx';
import { FaultsSection } from './faults-section.tsx';
import { FeatureEntry, Story } from './feature-story.tsx';
import { howItMoved } from './feature-words.ts';
import { percent } from './figures.ts';
import { MultivariateSection } from './multivariate-section.tsx';

export interface SectionsSubject {
  readonly result: DriftResult;
  readonly issues: readonly DataIssue[];
  readonly past: PastRuns;
}

/** So many drifted features are unfolded; a page on which everything is open is read by nobody. */
const mostOpen = 30;
const mostListed = 20;

/** Everything a drift result says: faults of the data apart from drift, the answers, both sides at once, every feature, notes. */
export function DriftSections({ result, issues, past }: SectionsSubject) {
  const { prediction, label, concept, multivariate } = result;
  const features = byDrift(result.features).map((feature, index) => ({
    feature,
    id: `feature-${index + 1}`,
  }));
  return (
    <>
      <FaultsSection issues={issues} />
      <WhatMoved entries={features.filter(({ feature }) => feature.drifted)} />
      {prediction === undefined ? null : <Answer title="What the model answers" feature={prediction} />}
      {label === undefined ? null : <Answer title="What came true" feature={label} />}
      {concept === undefined ? null : <ConceptSection concept={concept} />}
      {multivariate === undefined ? null : <MultivariateSection multivariate={multivariate} />}
      <Features entries={features} issues={issues} past={past} />
      <Notes notes={result.notes ?? []} />
    </>
  );
}

function Answer({ title, feature }: { title: string; feature: DriftFeature }) {
  return (
    <section aria-label={title}>
      <h2>
        {title} <DriftTag drifted={feature.drifted} />
      </h2>
      <div class="panel">
        <Story feature={feature} issues={[]} runs={[]} />
      </div>
    </section>
  );
}

interface Entry {
  readonly feature: DriftFeature;
  readonly id: string;
}

/** The drifted features at a glance, each with a link to its story. */
function WhatMoved({ entries }: { entries: readonly Entry[] }) {
  if (entries.length === 0) return null;
  const more = entries.length - mostListed;
  return (
    <section aria-labelledby="moved-title">
      <h2 id="moved-title">What moved</h2>
      <ul class="findings">
        {entries.slice(0, mostListed).map(({ feature, id }) => (
          <li>
            <a href={`#${id}`}>
              <bdi>{feature.name}</bdi>
            </a>
            <span>{howItMoved(feature)}</span>
            <span class="soft">
              {feature.importance === undefined ? '' : `${percent(feature.importance)} of the model`}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p class="soft">{`and ${more} more below`}</p> : null}
    </section>
  );
}

function Features({
  entries,
  issues,
  past,
}: { entries: readonly Entry[] } & Omit<SectionsSubject, 'result'>) {
  const ofFeature = Map.groupBy(issues, (issue) => issue.feature);
  return (
    <section aria-labelledby="features-title">
      <h2 id="features-title">Features</h2>
      <Key />
      <Controls />
      <div id="features">
        {entries.map(({ feature, id }, index) => (
          <FeatureEntry
            feature={feature}
            id={id}
            issues={ofFeature.get(feature.name) ?? []}
            runs={past.get(feature.name) ?? []}
            open={feature.drifted && index < mostOpen}
          />
        ))}
      </div>
    </section>
  );
}

function Key() {
  return (
    <p class="key">
      <span>
        <i class="k-reference" />
        reference (outline)
      </span>
      <span>
        <i class="k-current" />
        current (filled)
      </span>
      <span>strips: 5 % to 95 % of the rows, box between the quartiles, mark at the median</span>
    </p>
  );
}

/** Shown by the script that makes them work. */
function Controls() {
  return (
    <div id="controls" class="controls" hidden>
      <label>
        Search
        <input type="search" placeholder="name of a feature" />
      </label>
      <label>
        Show
        <select>
          <option value="all">all features</option>
          <option value="drifted">drifted</option>
          <option value="calm">not drifted</option>
          <option value="fault">with a data fault</option>
        </select>
      </label>
      <label>
        Order
        <select>
          <option value="drift">importance × drift</option>
          <option value="name">name</option>
        </select>
      </label>
      <button type="button">Unfold all</button>
      <button type="button">Fold all</button>
      <output aria-live="polite" />
    </div>
  );
}

function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <section aria-labelledby="notes-title">
      <h2 id="notes-title">Notes</h2>
      <ul class="notes">
        {notes.map((note) => (
          <li>{note}</li>
        ))}
      </ul>
    </section>
  );
}
