import { predictionExplanationDefinition } from '../../data/results/prediction-explanation.ts';
import { writeJson } from '../http/write-answer.ts';
import type { Route } from './route.ts';

export const explanationRoute: Route = {
  method: 'GET',
  path: '/predictions/{id}/explanation',
  scope: 'read',
  summary: 'Why it came out as it did: as mlops predictions explain --json',
  answer: predictionExplanationDefinition,
  handle: async ({ explain, workspace, clock }, { response, parameters, query, deadline }) => {
    const question = { id: parameters.id ?? '', version: query.get('version') ?? undefined };
    const now = clock.now();
    writeJson(response, 200, await explain({ workspace, question, now }, deadline - now));
  },
};
