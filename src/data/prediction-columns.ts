import type { FieldRole } from './schema.ts';

/** The columns that this program's own files have beside the features, and what they are for. */
const roles: Readonly<Record<string, FieldRole>> = {
  prediction_id: 'id',
  timestamp: 'time',
  model_version: 'ignore',
  probability: 'ignore',
  outcome: 'ignore',
};

export const predictionColumns: readonly string[] = Object.keys(roles);

/** The role of a column by its name; undefined when it is none of a prediction's own columns. */
export function predictionRole(name: string): FieldRole | undefined {
  return roles[name];
}
