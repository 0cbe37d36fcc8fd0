import { describingRoutes } from './describe.ts';
import { explanationRoute } from './explanation.ts';
import { labelsRoute } from './labels.ts';
import { metricsRoute } from './metrics.ts';
import { mlflowRoutes } from './mlflow/index.ts';
import { predictRoute } from './predict.ts';
import { predictBatchRoute } from './predict-batch.ts';
import type { Route } from './route.ts';
import { predictionRoute, statsRoute } from './stats.ts';
import { healthRoute, liveRoute, modelInfoRoute, readyRoute } from './status.ts';
import { v2Routes } from './v2/index.ts';

/** Every address: a new one is one route and one line here. */
export const routes: readonly Route[] = [
  healthRoute,
  liveRoute,
  readyRoute,
  modelInfoRoute,
  predictRoute,
  predictBatchRoute,
  predictionRoute,
  explanationRoute,
  labelsRoute,
  statsRoute,
  metricsRoute,
  ...v2Routes,
  ...mlflowRoutes,
  ...describingRoutes(() => routes),
];
