import { z } from 'zod';
import { verdictDefinition } from './verdict.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const audit = z.object({ events: z.int(), head: z.string() });

/** What manifest.json of a backup says. */
export const backupManifestDefinition = z.object({
  backup_version: z.literal(1),
  name: z.string(),
  model: z.string(),
  created_at: z.string(),
  mlops_version: z.string(),
  /** Version of the store's tables. */
  store_version: z.int(),
  /** The last audit row that is in it. */
  audit,
  production: z.string().nullable(),
  /** Paths inside the backup: `store.db`, `artifacts/…`, and what lies beside `.mlops` under `files/…`. */
  files: z.array(
    z.object({ path: z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$)).+$/), bytes: z.int(), sha256 }),
  ),
  /** What could not be taken along, a sentence each. */
  missing: z.array(z.string()),
});

export const backupResultDefinition = z.object({
  /** WARNING when an artifact is missing or damaged, and so not in the backup. */
  status: verdictDefinition,
  name: z.string(),
  path: z.string(),
  files: z.int(),
  bytes: z.int(),
  manifest_sha256: sha256,
  audit,
  problems: z.array(z.string()),
  notes: z.array(z.string()),
  duration_ms: z.number(),
});

const listed = z.object({
  name: z.string(),
  path: z.string(),
  /** Null, like the rest, where its manifest cannot be read. */
  created_at: z.string().nullable(),
  model: z.string().nullable(),
  production: z.string().nullable(),
  files: z.int().nullable(),
  bytes: z.int().nullable(),
  audit_events: z.int().nullable(),
  problem: z.string().nullable(),
});

/** Newest first. */
export const backupListDefinition = z.object({ folder: z.string(), backups: z.array(listed) });

export const backupVerificationDefinition = z.object({
  status: verdictDefinition,
  name: z.string(),
  path: z.string(),
  created_at: z.string(),
  files: z.int(),
  bytes: z.int(),
  /** Audit rows and artifacts of the restored copy that `verify` looked at. */
  audit_events: z.int(),
  artifacts: z.int(),
  problems: z.array(z.string()),
  notes: z.array(z.string()),
  duration_ms: z.number(),
});

export const restoreResultDefinition = z.object({
  /** What `verify` said after it. */
  status: verdictDefinition,
  backup: z.string(),
  created_at: z.string(),
  store: z.string(),
  /** Where the store that was there before is kept; null where there was none. */
  replaced: z.string().nullable(),
  artifacts_restored: z.int(),
  /** Files beside `.mlops` that were missing. */
  files_restored: z.array(z.string()),
  audit,
  problems: z.array(z.string()),
  notes: z.array(z.string()),
  duration_ms: z.number(),
});

export type BackupManifest = z.infer<typeof backupManifestDefinition>;
export type BackupResult = z.infer<typeof backupResultDefinition>;
export type ListedBackup = z.infer<typeof listed>;
export type BackupList = z.infer<typeof backupListDefinition>;
export type BackupVerification = z.infer<typeof backupVerificationDefinition>;
export type RestoreResult = z.infer<typeof restoreResultDefinition>;
