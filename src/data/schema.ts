import { z } from 'zod';

/** Table Schema (Frictionless, v1): the contract for training data, predictions and imports. */
const constraints = z.strictObject({
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  minimum: z.union([z.number(), z.string()]).optional(),
  maximum: z.union([z.number(), z.string()]).optional(),
  enum: z.array(z.union([z.number(), z.string(), z.boolean()])).optional(),
  pattern: z.string().optional(),
  minLength: z.int().nonnegative().optional(),
  maxLength: z.int().nonnegative().optional(),
});

const role = z.enum(['feature', 'target', 'id', 'time', 'ignore']);

const field = z.looseObject({
  name: z.string().min(1),
  type: z.enum(['number', 'integer', 'boolean', 'datetime', 'string']),
  title: z.string().optional(),
  description: z.string().optional(),
  constraints: constraints.optional(),
  /** Custom property: what the column is for; a field without one is a feature. */
  role: role.optional(),
  /** Custom property: how drift treats the feature; by default numbers are numerical and the rest categorical. */
  measure: z.enum(['numerical', 'categorical', 'text']).optional(),
  /** Custom property: share of missing values seen when the schema was inferred, 0..1. */
  missingRate: z.number().min(0).max(1).optional(),
});

const fields = z
  .array(field)
  .min(1, { error: 'expected at least one field' })
  .superRefine((each, context) => {
    const seen = new Set<string>();
    for (const [place, { name }] of each.entries()) {
      const key = name.toLowerCase();
      if (seen.has(key))
        context.addIssue({ code: 'custom', path: [place, 'name'], message: `'${name}' stands twice` });
      seen.add(key);
    }
  });

export const tableSchemaDefinition = z.looseObject({
  fields,
  missingValues: z.array(z.string()).optional(),
  primaryKey: z.union([z.string(), z.array(z.string())]).optional(),
});

export type TableSchema = z.infer<typeof tableSchemaDefinition>;
export type SchemaField = TableSchema['fields'][number];
export type FieldRole = z.infer<typeof role>;

/** What Table Schema reads as missing when the schema names nothing else; the same words pandas accepts. */
export const defaultMissingValues: readonly string[] = [
  '',
  'NA',
  'N/A',
  'NaN',
  'nan',
  'null',
  'NULL',
  'None',
];

export function fieldRole(each: SchemaField): FieldRole {
  return each.role ?? 'feature';
}

export function fieldsWithRole(schema: TableSchema, wanted: FieldRole): readonly SchemaField[] {
  return schema.fields.filter((each) => fieldRole(each) === wanted);
}

/** Names of the model's inputs, in schema order. */
export function featureNames(schema: TableSchema): readonly string[] {
  return fieldsWithRole(schema, 'feature').map((each) => each.name);
}

/** Names of the fields that are text, which a file must be read as even where they spell numbers. */
export function textFields(schema: TableSchema): readonly string[] {
  return schema.fields.filter((each) => each.type === 'string').map((each) => each.name);
}
