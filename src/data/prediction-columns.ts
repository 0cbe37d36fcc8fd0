import type { FieldRole } from './schema.ts';

/** Names of the columns that this program's own files have beside the features. */
export const predictionColumn = {
  id: 'prediction_id',
  time: 'timestamp',
  version: 'model_version',
  probability: 'probability',
  outcome: 'outcome',
} as const;

export const predictionColumns: readonly string[] = Object.values(predictionColumn);

const roles: Readonly<Record<string, FieldRole>> = {
  [predictionColumn.id]: 'id',
  [predictionColumn.time]: 'time',
  [predictionColumn.version]: 'ignore',
  [predictionColumn.probability]: 'ignore',
  [predictionColumn.outcome]: 'ignore',
};

/** Columns that are text whatever they spell: an id `007` stays `007`. */
export const textColumns: readonly string[] = [predictionColumn.id, predictionColumn.version];

/** The role of a column by its name; undefined when it is none of a prediction's own columns. */
export function predictionRole(name: string): FieldRole | undefined {
  return roles[name];
}
