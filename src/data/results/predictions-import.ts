import { z } from 'zod';

export const predictionsImportDefinition = z.object({
  read: z.int(),
  added: z.int(),
  unchanged: z.int(),
  /** Known already with other values, which stay. */
  rejected: z.int(),
  /** The first rejected ids. */
  conflicts: z.array(z.string()),
  /** CSV of every rejected row: row, value, reason; null when none was rejected. */
  rejects_file: z.string().nullable(),
});

export type PredictionsImportResult = z.infer<typeof predictionsImportDefinition>;
