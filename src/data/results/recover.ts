import { z } from 'zod';
import { verdictDefinition } from './verdict.ts';

const rows = {
  recovered: z.int(),
  /** Of the recovered, taken from the newest backup. */
  from_backup: z.int(),
  /** By the numbers that rows and indexes speak of. */
  lost: z.int(),
  /** Legible, but what they belong to is lost: kept in `leftover`. */
  aside: z.int(),
};

export const recoverResultDefinition = z.object({
  /** OK when every row came back, WARNING when rows are lost, CRITICAL when the new store has problems of its own. */
  status: verdictDefinition,
  store: z.string(),
  /** Where the damaged file is kept. */
  damaged: z.string(),
  /** What SQLite said of it. */
  damage: z.array(z.string()),
  damaged_pages: z.int(),
  rows: z.object(rows),
  tables: z.array(
    z.object({
      name: z.string(),
      ...rows,
      /** False where more rows than `lost` may be missing, because what would tell of them is lost, too. */
      exact: z.boolean(),
    }),
  ),
  /** File with the rows that could be read and cannot stand in the store, a JSON object a line; null without any. */
  leftover: z.string().nullable(),
  audit: z.object({
    /** Numbers of the audit rows that could not be read, both ends included. */
    gaps: z.array(z.object({ from: z.int(), to: z.int() })),
    /** Number of the row that tells of the recovery. */
    recorded_as: z.int(),
  }),
  problems: z.array(z.string()),
  notes: z.array(z.string()),
  duration_ms: z.number(),
});

export type RecoverResult = z.infer<typeof recoverResultDefinition>;
