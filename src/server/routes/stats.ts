import { servedPredictionDefinition } from '../../data/results/serving.ts';
import { statsResultDefinition } from '../../data/results/stats.ts';
import { parseDuration } from '../../platform/clock.ts';
import { Problem } from '../http/problem.ts';
import { writeJson } from '../http/write-answer.ts';
import { told } from '../predicting/told.ts';
import type { Route } from './route.ts';

const groups = ['hour', 'version'] as const;

export const statsRoute: Route = {
  method: 'GET',
  path: '/monitoring/stats',
  scope: 'read',
  summary: 'How many predictions lately, how many positive: as mlops stats --json',
  answer: statsResultDefinition,
  handle: async ({ reader, clock }, { response, query }) => {
    const window = parseDuration(query.get('window') ?? '24h');
    if (window === undefined || window === 0)
      throw new Problem(422, { detail: 'window is a duration such as 1h, 24h or 7d' });
    const wanted = query.get('by') ?? 'hour';
    const by = groups.find((each) => each === wanted);
    if (by === undefined) throw new Problem(422, { detail: `by is one of ${groups.join(', ')}` });
    writeJson(response, 200, await reader.ask('stats', { window, by }, clock.now()));
  },
};

export const predictionRoute: Route = {
  method: 'GET',
  path: '/predictions/{id}',
  scope: 'read',
  summary: 'One prediction as it is stored',
  answer: servedPredictionDefinition,
  handle: async ({ reader }, { response, parameters }) => {
    const found = await reader.ask('prediction', parameters.id ?? '');
    if (found === undefined) throw new Problem(404, { detail: 'no prediction has this id' });
    writeJson(response, 200, told(found));
  },
};
