import type { PastRuns } from '../data/results/drift-history.ts';
import type { MonitorResult } from '../data/results/monitor.ts';
import type { ProxyWindow } from '../data/results/proxy-metrics.ts';
import { DriftFacts } from './drift-facts.tsx';
import { DriftSections } from './drift-sections.tsx';
import { driftSentence } from './drift-words.ts';
import { figure, grouped, percent } from './figures.ts';
import { checkTitles } from './monitor-titles.ts';
import { page } from './page.tsx';
import { featureScript } from './page-script.ts';
import { TableScroll } from './table-scroll.tsx';

export interface MonitorPageSubject {
  readonly modelName: string;
  readonly referenceName: string;
  /** The monitoring runs up to this one. */
  readonly past: PastRuns;
}

/** A monitoring run as one HTML file: the checks, the model's answers, then every feature, most drifted first. */
export function renderMonitorPage(run: Omit<MonitorResult, 'run_id'>, subject: MonitorPageSubject): string {
  const version = run.model_version === null ? 'no Production version' : `version ${run.model_version}`;
  return page(
    `${run.status}: ${subject.modelName}, ${run.window.until}`,
    <>
      <header>
        <p class="kicker">{`Monitoring of ${subject.modelName} · ${run.window.until.slice(0, 16).replace('T', ' ')} UTC`}</p>
        <h1>
          <span class={`verdict ${run.status}`}>{run.status}</span>
          <bdi>{subject.modelName}</bdi>
        </h1>
        {run.drift === null ? null : <p class="lead">{driftSentence(run.drift)}</p>}
        <p class="soft">{`${grouped(run.rows)} predictions of ${version}, ${run.window.from} to ${run.window.until}`}</p>
      </header>
      <main>
        {run.drift === null ? null : (
          <DriftFacts
            result={run.drift}
            referenceName={subject.referenceName}
            currentName="predictions of the window"
          />
        )}
        <Checks checks={run.checks} />
        <Answers windows={run.proxy} />
        {run.drift === null ? null : (
          <DriftSections result={run.drift} issues={run.issues} past={subject.past} />
        )}
      </main>
    </>,
    run.drift === null ? undefined : featureScript,
  );
}

function Checks({ checks }: Pick<MonitorResult, 'checks'>) {
  return (
    <section aria-labelledby="checks-title">
      <h2 id="checks-title">Checks</h2>
      <table class="words">
        <caption>What monitoring looked at</caption>
        <thead>
          <tr>
            <th scope="col">Check</th>
            <th scope="col">Verdict</th>
            <th scope="col">What was found</th>
          </tr>
        </thead>
        <tbody>
          {checks.map(({ name, status, summary }) => (
            <tr>
              <th scope="row">{checkTitles[name]}</th>
              <td class={`${status} number`}>{status}</td>
              <td>{summary}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Answers({ windows }: { windows: readonly ProxyWindow[] }) {
  const quartiles = ({ quartiles: found }: ProxyWindow) =>
    (found ?? [null, null, null]).map(figure).join(' · ');
  return (
    <section aria-labelledby="answers-title">
      <h2 id="answers-title">What the model answered</h2>
      <TableScroll
        caption="Probabilities by window"
        columns={['Last', 'Scored', 'Positive', 'Mean', 'Deviation', 'Quartiles', 'Entropy (nats)']}
        rows={windows.map((each) => ({
          head: each.window,
          cells: [
            grouped(each.rows),
            each.positive_rate === null ? '–' : percent(each.positive_rate),
            figure(each.mean),
            figure(each.deviation),
            quartiles(each),
            figure(each.entropy),
          ],
        }))}
      />
    </section>
  );
}
