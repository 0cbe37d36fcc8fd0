import { z } from 'zod';
import { parseDuration } from '../platform/clock.ts';
import { ConfigurationError } from '../platform/errors.ts';
import {
  contactDefaults,
  diskDefaults,
  driftDefaults,
  healDefaults,
  lookback,
  minimumSample,
  performanceDefaults,
  retentionDefaults,
  runbookDefaults,
  serviceDefaults,
  trainerDefaults,
  volumeDefaults,
} from './defaults.ts';

// Each process reads one configuration: a parser compiled for it would cost more than it saves.
z.config({ jitless: true });

const share = z.number().min(0).max(1);
const positive = z.number().positive();
const name = z.string().min(1);
const duration = z
  .string()
  .regex(/^\d+(?:\.\d+)?(?:s|m|h|d|w)$/, { error: 'expected a duration such as 30s, 15m, 24h, 7d or 2w' });

const model = z.strictObject({
  name,
  schema: name,
  target: name.optional(),
});

const drift = z
  .strictObject({
    warning_share: share.default(driftDefaults.warningShare),
    critical_share: share.default(driftDefaults.criticalShare),
  })
  .refine((each) => each.warning_share <= each.critical_share, {
    path: ['warning_share'],
    error: 'expected at most critical_share',
  });

const volume = z
  .strictObject({
    expected_per_day: z
      .tuple([z.number().nonnegative(), z.number().nonnegative()])
      .default([...volumeDefaults.expectedPerDay]),
    warning_per_hour: z.number().nonnegative().default(volumeDefaults.warningPerHour),
    critical_per_hour: z.number().nonnegative().default(volumeDefaults.criticalPerHour),
    unusual_per_hour: z.number().nonnegative().default(volumeDefaults.unusualPerHour),
  })
  .refine((each) => each.critical_per_hour <= each.warning_per_hour, {
    path: ['critical_per_hour'],
    error: 'expected at most warning_per_hour',
  });

const monitoring = z.strictObject({
  lookback: duration.default(lookback),
  minimum_sample: z.int().positive().default(minimumSample),
  reference: name.optional(),
  drift: drift.prefault({}),
  volume: volume.prefault({}),
});

const performance = z.strictObject({
  lookback: duration.default(performanceDefaults.lookback),
  brier_maximum: share.default(performanceDefaults.brierMaximum),
  f1_warning_drop: share.default(performanceDefaults.f1WarningDrop),
  f1_critical_drop: share.default(performanceDefaults.f1CriticalDrop),
});

const trainer = z.strictObject({
  seed: z.int().nonnegative().default(trainerDefaults.seed),
  train_share: share.default(trainerDefaults.trainShare),
  learning_rate: positive.max(1).default(trainerDefaults.learningRate),
  trees: z.int().positive().default(trainerDefaults.trees),
  leaves: z.int().min(2).default(trainerDefaults.leaves),
  l2: z.number().nonnegative().default(trainerDefaults.l2),
  minimum_rows_per_leaf: z.int().positive().default(trainerDefaults.minimumRowsPerLeaf),
  early_stopping_rounds: z.int().positive().default(trainerDefaults.earlyStoppingRounds),
});

const gate = z.strictObject({
  preset: z.enum(['production', 'conservative', 'aggressive']).default('production'),
  overrides: z
    .strictObject({
      minimum_rows: z.int().nonnegative().optional(),
      minimum_coverage: share.optional(),
      minimum_days: z.number().nonnegative().optional(),
      minimum_f1_improvement: z.number().optional(),
      maximum_brier_degradation: z.number().nonnegative().optional(),
      maximum_segment_loss: share.nullable().optional(),
    })
    .prefault({}),
});

const heal = z.strictObject({
  mode: z.enum(['observe', 'suggest', 'act']).default(healDefaults.mode),
  minimum_labelled_rows: z.int().positive().default(healDefaults.minimumLabelledRows),
  retrain_after: duration.default(healDefaults.retrainAfter),
});

const contactKeys = ['api_down', 'high_drift', 'model_performance', 'infrastructure'] as const;

const service = z.strictObject({
  name,
  url: z.url({ protocol: /^https?$/, error: 'expected an address that starts with http:// or https://' }),
  timeout_ms: z.int().positive().default(serviceDefaults.timeoutMs),
  warning_ms: positive.default(serviceDefaults.warningMs),
  critical_ms: positive.default(serviceDefaults.criticalMs),
  contact: z.enum(contactKeys).default('api_down'),
  restart: name.optional(),
  logs: name.optional(),
});

const contact = z.strictObject({ issue: name, contact: name, response: name });

const contacts = z.strictObject({
  api_down: contact.default(contactDefaults.api_down),
  high_drift: contact.default(contactDefaults.high_drift),
  model_performance: contact.default(contactDefaults.model_performance),
  infrastructure: contact.default(contactDefaults.infrastructure),
});

const disk = z
  .strictObject({
    warning: share.default(diskDefaults.warning),
    critical: share.default(diskDefaults.critical),
  })
  .refine((each) => each.warning <= each.critical, {
    path: ['warning'],
    error: 'expected at most critical',
  });

/** mlops.yaml. Unknown keys are errors, so that a misspelt threshold never silently keeps its default. */
export const configurationDefinition = z.strictObject({
  model,
  store: z.strictObject({ path: name.default('.mlops/store.db') }).prefault({}),
  monitoring: monitoring.prefault({}),
  performance: performance.prefault({}),
  trainer: trainer.prefault({}),
  gate: gate.prefault({}),
  heal: heal.prefault({}),
  services: z.array(service).default([]),
  contacts: contacts.prefault({}),
  disk: disk.prefault({}),
  retention: z
    .strictObject({ artifacts_gigabytes: positive.default(retentionDefaults.artifactsGigabytes) })
    .prefault({}),
  runbook: z.strictObject({ step_limit: duration.default(runbookDefaults.stepLimit) }).prefault({}),
});

export type Configuration = z.infer<typeof configurationDefinition>;
export type ServiceConfiguration = Configuration['services'][number];
export type Contacts = Configuration['contacts'];

/** Milliseconds of a duration of the configuration, such as `24h`. @throws ConfigurationError when it is none. */
export function durationMs(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new ConfigurationError(`'${text}' is no duration`, {
    remedy: 'write it like 30s, 15m, 24h, 7d or 2w',
  });
}
