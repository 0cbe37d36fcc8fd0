import { takenLabelsDefinition } from '../../data/results/serving.ts';
import type { LabelRow } from '../../loop/recording/take-labels.ts';
import { toIso } from '../../platform/clock.ts';
import { Problem } from '../http/problem.ts';
import { isObject, readJson } from '../http/read-body.ts';
import { writeJson } from '../http/write-answer.ts';
import { bodyLimit } from './predict.ts';
import type { Route } from './route.ts';

export const labelsRoute: Route = {
  method: 'POST',
  path: '/labels',
  scope: 'label',
  summary: 'Adds true labels, one or many, by the rules of mlops labels add',
  body: 'labels',
  answer: takenLabelsDefinition,
  handle: async (service, { request, response, who }) => {
    const body = await readJson(request, bodyLimit(service));
    const now = service.clock.now();
    const rows = labelsOf(body).map((label, place) => asRow(label, place + 1, now));
    // A label may follow on the heels of its prediction, which is on its way to the store under `async`.
    await service.recorder.committed();
    const { counts, rejects } = await service.writer.ask('addLabels', rows, who, now);
    const { unmatched, ...written } = counts;
    if (rows.length > 0 && rejects.length === rows.length) {
      const errors = rejects.map(({ place, reason }) => ({ pointer: `/${place - 1}`, detail: reason }));
      throw new Problem(422, { detail: 'none of these labels can be taken', errors: errors.slice(0, 100) });
    }
    writeJson(response, 200, {
      read: rows.length,
      ...written,
      rejected: rejects.length,
      unmatched,
      rejects: rejects.map(({ place, ...reject }) => ({ row: place, ...reject })),
    });
  },
};

/** One label, a list of them, or `{labels: [...]}`. */
function labelsOf(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body;
  if (isObject(body)) return Array.isArray(body.labels) ? body.labels : [body];
  throw new Problem(422, { detail: 'expected a label, a list of labels, or {"labels": [...]}' });
}

function asRow(label: unknown, place: number, now: number): LabelRow {
  const part = (name: string) => {
    const value = isObject(label) ? label[name] : undefined;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  return {
    place,
    prediction_id: part('prediction_id'),
    true_label: part('true_label'),
    label_timestamp: part('label_timestamp') || toIso(now),
    label_source: part('label_source') || 'http',
  };
}
