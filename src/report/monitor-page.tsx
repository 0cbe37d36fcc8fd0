import type { MonitorResult } from '../data/results/monitor.ts';
import type { ProxyWindow } from '../data/results/proxy-metrics.ts';
import { DriftSections } from './drift-sections.tsx';
import { figure, percent } from './figures.ts';
import { checkTitles } from './monitor-titles.ts';
import { page } from './page.tsx';

export interface MonitorPageSubject {
  readonly modelName: string;
  readonly referenceName: string;
}

/** A monitoring run as one HTML file: the checks, the model's answers, then every feature, most drifted first. */
export function renderMonitorPage(run: Omit<MonitorResult, 'run_id'>, subject: MonitorPageSubject): string {
  const version = run.model_version === null ? 'no Production version' : `version ${run.model_version}`;
  return page(
    `${run.status}: ${subject.modelName}, ${run.window.until}`,
    <>
      <header>
        <h1>{`Monitoring of ${subject.modelName}`}</h1>
        <p>
          <span class={`verdict ${run.status}`}>{run.status}</span>
          {`${run.rows.toLocaleString('en-US')} predictions, ${version}`}
        </p>
        <p class="soft">{`${run.window.from} to ${run.window.until}, against ${subject.referenceName}`}</p>
      </header>
      <div class="scroll">
        <table class="words">
          <thead>
            <tr>
              <th scope="col">Check</th>
              <th scope="col">Verdict</th>
              <th scope="col">What was found</th>
            </tr>
          </thead>
          <tbody>
            {run.checks.map(({ name, status, summary }) => (
              <tr>
                <th scope="row">{checkTitles[name]}</th>
                <td class={status}>{status}</td>
                <td>{summary}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Answers windows={run.proxy} />
      {run.drift === null ? null : <DriftSections features={run.drift.features} />}
    </>,
  );
}

function Answers({ windows }: { windows: readonly ProxyWindow[] }) {
  const quartiles = ({ quartiles: found }: ProxyWindow) =>
    (found ?? [null, null, null]).map(figure).join(' · ');
  return (
    <section>
      <h2>What the model answered</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              {['Last', 'Scored', 'Positive', 'Mean', 'Deviation', 'Quartiles', 'Entropy (nats)'].map(
                (title) => (
                  <th scope="col">{title}</th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {windows.map((each) => (
              <tr>
                <th scope="row">{each.window}</th>
                <td>{each.rows.toLocaleString('en-US')}</td>
                <td>{each.positive_rate === null ? '–' : percent(each.positive_rate)}</td>
                <td>{figure(each.mean)}</td>
                <td>{figure(each.deviation)}</td>
                <td>{quartiles(each)}</td>
                <td>{figure(each.entropy)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
