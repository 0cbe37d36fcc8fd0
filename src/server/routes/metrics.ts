import { writeText } from '../http/write-answer.ts';
import type { Route } from './route.ts';

export const metricsRoute: Route = {
  method: 'GET',
  path: '/metrics',
  scope: 'read',
  summary: 'What Prometheus scrapes',
  answerType: 'text/plain',
  handle: async (service, { response }) => {
    const { champion, predictor, recorder, reader, clock, startedAt, metrics, spilled } = service;
    const model = champion.current();
    const text = metrics.text({
      version: model && { number: model.version.version, sha256: model.version.sha256 },
      rowsWaiting: predictor.waiting(),
      rowsToCommit: recorder.waiting(),
      rowsSpilled: spilled,
      startedAt,
      // A store that cannot be read is told by the other figures.
      monitoring: await reader.ask('lastMonitoring', clock.now()).catch(() => undefined),
    });
    writeText(response, 200, 'text/plain; version=0.0.4; charset=utf-8', text);
  },
};
