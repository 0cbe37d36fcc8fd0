import type { Clock } from '../platform/clock.ts';
import type { ServeConfiguration, Workspace } from '../workspace/index.ts';
import type { Authorizer } from './access/authorizer.ts';
import type { Champion } from './champion/champion.ts';
import type { ExplainApart } from './explaining/explain-apart.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { Predictor } from './predicting/predictor.ts';
import type { Recorder } from './predicting/recorder.ts';
import type { StoreThread } from './store-thread/link.ts';

/** What the routes answer from. */
export interface Service {
  /** As it is configured now; a reload changes it. */
  readonly workspace: Workspace;
  readonly settings: ServeConfiguration;
  readonly authorize: Authorizer;
  readonly metrics: Metrics;
  readonly champion: Champion;
  readonly predictor: Predictor;
  readonly recorder: Recorder;
  /** For what only reads; a long question here holds up no commit. */
  readonly reader: StoreThread;
  readonly writer: StoreThread;
  readonly explain: ExplainApart;
  readonly clock: Clock;
  /** Rows kept beside the store, which cannot be written. */
  readonly spilled: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** True from the moment it was asked to stop. */
  readonly stopping: boolean;
}
