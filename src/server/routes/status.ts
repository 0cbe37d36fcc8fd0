import { servedHealthDefinition, servedModelDefinition } from '../../data/results/serving.ts';
import { toIso } from '../../platform/clock.ts';
import { Problem } from '../http/problem.ts';
import { writeJson, writeText } from '../http/write-answer.ts';
import type { Service } from '../service.ts';
import type { Route } from './route.ts';

export const healthRoute: Route = {
  method: 'GET',
  path: '/health',
  scope: 'open',
  summary: 'Whether it predicts, and with which version',
  answer: servedHealthDefinition,
  handle: ({ champion, workspace, clock, startedAt, stopping, recorder, spilled }, { response }) => {
    const model = champion.current();
    const refused = champion.refused();
    const ready = model !== undefined && !stopping;
    writeJson(response, ready ? 200 : 503, {
      status: ready ? 'ok' : stopping ? 'stopping' : 'no_model',
      model: workspace.config.model.name,
      model_version: model === undefined ? null : String(model.version.version),
      model_loaded: model !== undefined,
      refused: refused === undefined ? null : { version: String(refused.version), why: refused.why },
      uptime_seconds: Math.round((clock.now() - startedAt) / 1000),
      rows_waiting: recorder.waiting(),
      rows_spilled: spilled,
    });
  },
};

export const liveRoute: Route = {
  method: 'GET',
  path: '/livez',
  scope: 'open',
  summary: 'Whether the process answers at all',
  answerType: 'text/plain',
  handle: (_, { response }) => writeText(response, 200, 'text/plain', 'ok\n'),
};

export const readyRoute: Route = {
  method: 'GET',
  path: '/readyz',
  scope: 'open',
  summary: 'Whether predictions are answered now',
  answerType: 'text/plain',
  handle: (service, { response }) => {
    requireReady(service);
    writeText(response, 200, 'text/plain', 'ok\n');
  },
};

export const modelInfoRoute: Route = {
  method: 'GET',
  path: '/model/info',
  scope: 'read',
  summary: 'The version that answers: features, threshold, metrics',
  answer: servedModelDefinition,
  handle: ({ champion, workspace }, { response }) => {
    const { version, rules } = champion.require();
    writeJson(response, 200, {
      model: workspace.config.model.name,
      version: String(version.version),
      stage: 'Production',
      sha256: version.sha256,
      threshold: version.threshold,
      created_at: toIso(version.createdAt),
      metrics: version.metrics,
      features: rules.map(({ name, type, required, minimum, maximum, allowed, description }) => ({
        name,
        type,
        required,
        minimum: minimum ?? null,
        maximum: maximum ?? null,
        allowed: allowed === undefined ? null : [...allowed],
        description: description ?? null,
      })),
    });
  },
};

/** @throws Problem 503 where predictions are not answered now */
export function requireReady({ champion, stopping }: Service): void {
  champion.require();
  if (stopping) throw new Problem(503, { detail: 'it is stopping' });
}
