import { z } from 'zod';
import { verdictDefinition } from './verdict.ts';

export const exportSubjects = ['predictions', 'labels', 'monitoring', 'drift', 'audit', 'all'] as const;
export type ExportSubject = (typeof exportSubjects)[number];

const subject = z.enum(exportSubjects);
const format = z.enum(['csv', 'parquet', 'jsonl']);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const manifestFile = z.object({
  /** Name of the file in the folder of the manifest. */
  name: z.string().regex(/^[a-z_]+\.(csv|parquet|jsonl)$/),
  rows: z.int(),
  bytes: z.int(),
  sha256,
  format,
});

/** What manifest.json of an export says: enough to show later that no byte of it was altered. */
export const exportManifestDefinition = z.object({
  manifest_version: z.literal(1),
  subject,
  model: z.string(),
  generated_at: z.string(),
  mlops_version: z.string(),
  /** From this time on, up to and without that one; null is no limit. */
  window: z.object({ from: z.string().nullable(), until: z.string().nullable() }),
  format,
  spreadsheet_safe: z.boolean(),
  /** What was left out beside the window; null is nothing. Exports of before 0.3 do not say. */
  filter: z
    .object({
      version: z.string().nullable(),
      labels: z.enum(['labelled', 'unlabelled']).nullable(),
      features: z.array(z.string()).nullable(),
    })
    .optional(),
  /** Columns whose values are tokens; `key_id` is the same for exports whose tokens can be joined. */
  anonymised: z
    .object({ columns: z.array(z.string()), key_id: z.string() })
    .nullable()
    .optional(),
  /** The last audit row at the moment of the export: `verify` shows that this row and all before it are unaltered. */
  audit: z.object({ events: z.int(), head: z.string() }),
  files: z.array(manifestFile),
});

const exportedFile = z.object({
  path: z.string(),
  rows: z.int(),
  bytes: z.int(),
  sha256,
  format,
});

/**
 * `path`, `rows`, `bytes` and `sha256` are those of the file asked for; of `all`, path is the folder, rows and bytes are
 * sums, and sha256 is that of the manifest, which holds the others. With --archive they are those of the archive, and the
 * paths of `files` and `manifest` are the names in it.
 */
export const exportResultDefinition = exportedFile.extend({
  subject,
  manifest: z.string(),
  files: z.array(exportedFile),
  /** What the reader should know, such as that the export could not be entered in the audit. */
  notes: z.array(z.string()),
});

export const exportVerificationDefinition = z.object({
  status: verdictDefinition,
  manifest: z.string(),
  generated_at: z.string(),
  audit: z.object({ events: z.int(), head: z.string() }),
  files: z.int(),
  rows: z.int(),
  problems: z.array(z.string()),
});

export type ExportManifest = z.infer<typeof exportManifestDefinition>;
export type ExportResult = z.infer<typeof exportResultDefinition>;
export type ExportVerification = z.infer<typeof exportVerificationDefinition>;
