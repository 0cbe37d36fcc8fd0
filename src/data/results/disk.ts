import { z } from 'zod';
import { verdictDefinition } from './verdict.ts';

/** What of a workspace can be cleaned up. */
export const cleanKinds = ['reports', 'logs', 'exports', 'backups', 'artifacts', 'stores'] as const;
export type CleanKind = (typeof cleanKinds)[number];

export const diskResultDefinition = z.object({
  status: verdictDefinition,
  /** The file system of the workspace; shares are 0..1 of what this user can fill. */
  disk: z.object({ used: z.number(), free_bytes: z.int(), warning: z.number(), critical: z.number() }),
  /** Largest first. */
  parts: z.array(
    z.object({
      name: z.enum(['store', ...cleanKinds]),
      path: z.string(),
      files: z.int(),
      bytes: z.int(),
      /** Over the last days; null where it cannot be told. */
      bytes_per_day: z.number().nullable(),
    }),
  ),
  bytes: z.int(),
  bytes_per_day: z.number(),
  /** By the workspace's own growth; null where it does not grow. */
  days_until_full: z.number().nullable(),
  notes: z.array(z.string()),
});

export const cleanResultDefinition = z.object({
  /** False when it was only shown. */
  removed: z.boolean(),
  older_than: z.string(),
  keep: z.int(),
  items: z.array(
    z.object({ kind: z.enum(cleanKinds), path: z.string(), bytes: z.int(), modified_at: z.string() }),
  ),
  bytes: z.int(),
  /** What was removed, in one file; null where none was asked for. */
  archive: z.string().nullable(),
  notes: z.array(z.string()),
});

export type DiskResult = z.infer<typeof diskResultDefinition>;
export type CleanResult = z.infer<typeof cleanResultDefinition>;
