import type { DataIssue } from '../data/results/quality.ts';
import { figure, percent } from './figures.ts';
import { visibleText } from './visible-text.ts';

/** What looks like a fault of the data, surest first, set apart from drift: a broken pipeline is mended, not learned from. */
export function FaultsSection({ issues }: { issues: readonly DataIssue[] }) {
  if (issues.length === 0) return null;
  return (
    <section class="panel faults" aria-labelledby="faults-title">
      <h2 id="faults-title">Faults of the data</h2>
      <p class="soft">
        Surest first. They look like something that broke on the way, not like a population that moved: mend
        them before you judge the drift, and do not train on such rows.
      </p>
      <ul class="findings">
        {issues.map(({ feature, sentence, rows, confidence }) => (
          <li>
            <strong>
              <bdi>{feature === null ? 'whole rows' : visibleText(feature)}</bdi>
            </strong>
            <span>{visibleText(sentence)}</span>
            <span class="soft">{`${figure(rows)} rows, confidence ${percent(confidence)}`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
