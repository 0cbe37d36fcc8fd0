import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { histogram, metric, type Sample } from '../../report/prometheus-metric.ts';
import type { LoggedBatch } from '../store-thread/append-rows.ts';
import type { LastMonitoring } from '../store-thread/tasks.ts';
import { spread, tally } from './tally.ts';

/** What is counted while it serves. */
export interface Metrics {
  request(path: string, method: string, status: number, seconds: number): void;
  scored(batch: LoggedBatch): void;
  storeError(): void;
  /** Rows that were answered under `async` and could not be kept. */
  lost(rows: number): void;
  switched(): void;
  /** In Prometheus' text exposition format 0.0.4. */
  text(now: State): string;
}

/** What is not counted but looked up when somebody asks. */
export interface State {
  readonly version: { readonly number: number; readonly sha256: string } | undefined;
  readonly rowsWaiting: number;
  readonly rowsToCommit: number;
  readonly rowsSpilled: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly monitoring: LastMonitoring | undefined;
}

/** From half a millisecond to ten seconds; the runbook's limits of 0.5 and 2 s among them. */
const seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10];
const rows = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
const verdicts = ['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'];

export function openMetrics(): Metrics {
  const requests = tally('path', 'method', 'status');
  const durations = spread('path', seconds);
  const predictions = tally('version', 'outcome');
  const batches = spread('version', rows);
  const counts = { storeErrors: 0, lost: 0, switches: 0 };
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  return {
    request: (path, method, status, took) => {
      requests.add(1, path, method, String(status));
      durations.add(took, path);
    },
    scored: ({ version, probabilities, threshold }) => {
      const positive = probabilities.reduce((sum, probability) => sum + Number(probability >= threshold), 0);
      predictions.add(positive, version, '1');
      predictions.add(probabilities.length - positive, version, '0');
      batches.add(probabilities.length, version);
    },
    storeError: () => counts.storeErrors++,
    lost: (number) => {
      counts.lost += number;
    },
    switched: () => counts.switches++,
    text: (now) => {
      const one = (value: number): readonly Sample[] => [{ labels: {}, value }];
      const lines = [
        metric('mlops_http_requests_total', 'Requests answered.', requests.samples(), 'counter'),
        histogram(
          'mlops_http_request_duration_seconds',
          'Time from the headers of a request to its answer.',
          durations.distributions(),
        ),
        metric('mlops_predictions_total', 'Rows predicted.', predictions.samples(), 'counter'),
        histogram('mlops_batch_rows', 'Rows scored together.', batches.distributions()),
        metric('mlops_rows_waiting', 'Rows that came in and are not answered yet.', one(now.rowsWaiting)),
        metric('mlops_log_rows_waiting', 'Rows on their way to the store.', one(now.rowsToCommit)),
        metric('mlops_log_rows_spilled', 'Rows kept beside the store.', one(now.rowsSpilled)),
        metric('mlops_log_rows_lost_total', 'Rows answered and lost.', one(counts.lost), 'counter'),
        metric('mlops_store_errors_total', 'Commits that failed.', one(counts.storeErrors), 'counter'),
        metric(
          'mlops_model_switches_total',
          'Times that another version began to answer.',
          one(counts.switches),
          'counter',
        ),
        metric('mlops_model_info', 'The version that answers.', versionOf(now)),
        metric('mlops_event_loop_lag_seconds', 'Delay of the event loop since the last scrape.', lag(delay)),
        monitoringLines(now.monitoring),
        processLines(now.startedAt),
      ].flat();
      delay.reset();
      return `${lines.join('\n')}\n`;
    },
  };
}

function versionOf({ version }: State): readonly Sample[] {
  if (version === undefined) return [];
  return [{ labels: { version: String(version.number), sha256: version.sha256 }, value: 1 }];
}

function lag(delay: ReturnType<typeof monitorEventLoopDelay>): readonly Sample[] {
  if (delay.count === 0) return [];
  return [50, 99].map((percentile) => ({
    labels: { quantile: String(percentile / 100) },
    value: delay.percentile(percentile) / 1e9,
  }));
}

function monitoringLines(last: LastMonitoring | undefined): readonly string[] {
  if (last === undefined) return [];
  const status = verdicts.map((verdict) => ({
    labels: { status: verdict },
    value: Number(verdict === last.status),
  }));
  return [
    ...metric('mlops_drift_share', 'Share of features that drifted, by the last monitoring run.', [
      { labels: {}, value: last.shareDrifted },
    ]),
    ...metric('mlops_monitoring_status', 'Verdict of the last monitoring run.', status),
    ...metric('mlops_monitoring_timestamp_seconds', 'When it ran.', [{ labels: {}, value: last.at / 1000 }]),
  ];
}

/** By the names that Prometheus' own client libraries use. */
function processLines(startedAt: number): readonly string[] {
  const { user, system } = process.cpuUsage();
  const one = (value: number): readonly Sample[] => [{ labels: {}, value }];
  return [
    ...metric('process_cpu_seconds_total', 'CPU time.', one((user + system) / 1e6), 'counter'),
    ...metric('process_resident_memory_bytes', 'Resident memory.', one(process.memoryUsage.rss())),
    ...metric('process_open_fds', 'Open file descriptors.', one(readdirSync('/proc/self/fd').length)),
    ...metric('process_start_time_seconds', 'When it started.', one(startedAt / 1000)),
  ];
}
