import { writeJson } from '../http/write-answer.ts';
import { labelsRoute } from './labels.ts';
import { metricsRoute } from './metrics.ts';
import { mlflowRoutes } from './mlflow/index.ts';
import { predictBatchRoute, predictRoute } from './predict.ts';
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
  labelsRoute,
  statsRoute,
  metricsRoute,
  ...v2Routes,
  ...mlflowRoutes,
  {
    method: 'GET',
    path: '/',
    scope: 'open',
    summary: 'What there is',
    handle: ({ workspace, champion }, { response }) =>
      writeJson(response, 200, {
        name: 'mlops',
        model: workspace.config.model.name,
        model_version: champion.current()?.version.version.toString() ?? null,
        addresses: routes.map(({ method, path, summary }) => ({ method, path, summary })),
      }),
  },
];
