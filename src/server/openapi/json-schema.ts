import type { FeatureRule } from '../predicting/feature-rule.ts';

/** A JSON Schema of 2020-12, as OpenAPI 3.1 has it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const types: Readonly<Record<FeatureRule['type'], JsonSchema>> = {
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  datetime: { type: 'string', format: 'date-time' },
  string: { type: 'string' },
};

/** A row as clients give it: every feature by its name, and an id where they have one. */
export function rowSchema(rules: readonly FeatureRule[]): JsonSchema {
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries(rules.map((rule) => [rule.name, featureSchema(rule)])),
      prediction_id: {
        type: 'string',
        minLength: 1,
        maxLength: 200,
        description: 'Twice the same is one prediction.',
      },
    },
    required: rules.map(({ name }) => name),
    additionalProperties: false,
  };
}

/** Limits stand in words: what lies outside of them may be predicted nevertheless (serve.out_of_range). */
function featureSchema(rule: FeatureRule): JsonSchema {
  const limits = [
    rule.minimum === undefined ? [] : [`at least ${rule.minimum}`],
    rule.maximum === undefined ? [] : [`at most ${rule.maximum}`],
    rule.allowed === undefined ? [] : [`one of ${[...rule.allowed].join(', ')}`],
    rule.pattern === undefined ? [] : [`like ${rule.pattern.source}`],
  ].flat();
  const description = [rule.description ?? [], limits.length === 0 ? [] : `Expected ${limits.join(', ')}.`]
    .flat()
    .join(' ');
  const { type, ...rest } = types[rule.type];
  return {
    type: rule.required ? type : [type, 'null'],
    ...rest,
    ...(description !== '' && { description }),
  };
}

const label: JsonSchema = {
  type: 'object',
  properties: {
    prediction_id: { type: 'string' },
    true_label: { enum: [0, 1] },
    label_timestamp: { type: 'string', format: 'date-time', description: 'By default now.' },
    label_source: { type: 'string', description: 'By default http.' },
  },
  required: ['prediction_id', 'true_label'],
};

const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const within = (name: string, schema: JsonSchema): JsonSchema => ({
  type: 'object',
  properties: { [name]: schema },
  required: [name],
});

/** What bodies may be, by the names that routes give them. */
export const bodySchemas = {
  row: rowSchema,
  rows: (rules: readonly FeatureRule[]): JsonSchema => {
    const rows = listOf(rowSchema(rules));
    return { anyOf: [rows, within('rows', rows)] };
  },
  labels: (): JsonSchema => ({ anyOf: [label, listOf(label), within('labels', listOf(label))] }),
  tensors: (): JsonSchema =>
    within('inputs', listOf({ type: 'object', required: ['name', 'shape', 'datatype'] })),
  invocation: (rules: readonly FeatureRule[]): JsonSchema => ({
    anyOf: [
      within('dataframe_split', { type: 'object', required: ['columns', 'data'] }),
      within('dataframe_records', listOf(rowSchema(rules))),
      within('instances', { type: 'array' }),
      within('inputs', {}),
    ],
  }),
} as const;

export type BodyName = keyof typeof bodySchemas;
