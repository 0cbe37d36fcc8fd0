import { z } from 'zod';

export const brokenRuleDefinition = z.object({
  /** Column, or columns of a primary key by comma. */
  column: z.string(),
  rule: z.enum([
    'missing_column',
    'unexpected_column',
    'type',
    'time_zone',
    'required',
    'unique',
    'primary_key',
    'minimum',
    'maximum',
    'enum',
    'pattern',
    'min_length',
    'max_length',
  ]),
  expected: z.string(),
  /** Rows that break it; 1 for a column that is missing or unexpected. */
  count: z.int(),
  /** The first rows that break it, from 1, the header not counted. */
  rows: z.array(z.int()),
  /** The lines of the file on which these rows begin; null for Parquet, which has none. */
  lines: z.array(z.int()).nullable(),
  /** Values of these rows, each once; a missing value has none. */
  examples: z.array(z.string()),
});

export const validateResultDefinition = z.object({
  valid: z.boolean(),
  file: z.string(),
  schema: z.string(),
  rows: z.int(),
  /** Broken rules only, in the order of the schema. */
  rules: z.array(brokenRuleDefinition),
});

export type BrokenRule = z.infer<typeof brokenRuleDefinition>;
export type ValidateResult = z.infer<typeof validateResultDefinition>;
