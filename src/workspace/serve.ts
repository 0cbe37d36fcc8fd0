import { z } from 'zod';
import { duration, name } from './value-kinds.ts';

/** What a key may be used for; `admin` includes the others. */
export const serveScopes = ['read', 'predict', 'label', 'admin'] as const;

/** Numbers of `mlops serve` that the runbook does not name, but for the port. */
export const serveDefaults = {
  host: '127.0.0.1',
  port: 8000,
  durability: 'commit',
  onStoreFailure: 'refuse',
  outOfRange: 'flag',
  bufferRows: 10_000,
  batchRows: 1000,
  queueRows: 20_000,
  bodyMegabytes: 4,
  storeWait: '2s',
  requestLimit: '30s',
  drainLimit: '10s',
} as const;

const apiKey = z.strictObject({
  name,
  sha256: z.string().regex(/^[0-9a-f]{64}$/, {
    error: 'expected 64 hexadecimal digits; mlops serve key NAME makes a key and its line',
  }),
  scopes: z.array(z.enum(serveScopes)).min(1).default(['read', 'predict']),
});

export const serveDefinition = z.strictObject({
  host: name.default(serveDefaults.host),
  /** 0 takes one that is free. */
  port: z.int().min(0).max(65_535).default(serveDefaults.port),
  /** `commit`: answered once the row is in the store and on the disk; `async`: answered before. */
  durability: z.enum(['commit', 'async']).default(serveDefaults.durability),
  /** Most rows that were answered and are not in the store yet, under `async`. */
  buffer_rows: z.int().positive().default(serveDefaults.bufferRows),
  on_store_failure: z.enum(['refuse', 'spill']).default(serveDefaults.onStoreFailure),
  /** How long a commit waits for a lock that another process holds. */
  store_wait: duration.default(serveDefaults.storeWait),
  /** What becomes of a value outside of the schema's constraints. */
  out_of_range: z.enum(['reject', 'flag', 'clamp']).default(serveDefaults.outOfRange),
  /** Most rows in one request, and most rows that wait to be scored. */
  batch_rows: z.int().positive().default(serveDefaults.batchRows),
  queue_rows: z.int().positive().default(serveDefaults.queueRows),
  body_megabytes: z.number().positive().max(1024).default(serveDefaults.bodyMegabytes),
  /** Within which a request must have come whole, and been answered. */
  request_limit: duration.default(serveDefaults.requestLimit),
  /** How long open requests may take to finish after SIGTERM. */
  drain_limit: duration.default(serveDefaults.drainLimit),
  keys: z.array(apiKey).default([]),
});

export type ServeConfiguration = z.infer<typeof serveDefinition>;
export type ApiKey = ServeConfiguration['keys'][number];
export type ServeScope = (typeof serveScopes)[number];
