import { z } from 'zod';
import { parseDuration } from '../platform/clock.ts';
import { comparisonBases, driftConventionNames, driftTestNames } from '../platform/drift-test-names.ts';
import { ConfigurationError } from '../platform/errors.ts';
import { nearest } from '../platform/nearest.ts';
import { alertsDefinition } from './alerts.ts';
import {
  calibrations,
  contactDefaults,
  diskDefaults,
  driftDefaults,
  estimators,
  externalTrainerDefaults,
  healDefaults,
  hostDefaults,
  lookback,
  minimumSample,
  performanceDefaults,
  retentionDefaults,
  runbookDefaults,
  trainerDefaults,
  volumeDefaults,
} from './defaults.ts';
import { checkEscalationChannels, escalationDefinition } from './escalation.ts';
import { gateSettings } from './gate-settings.ts';
import { parseResponse, responseForms } from './response-time.ts';
import { scheduledTimePattern } from './scheduled-time.ts';
import { serveDefinition } from './serve.ts';
import { serviceDefinition } from './services.ts';
import { duration, name } from './value-kinds.ts';

// Each process reads one configuration: a parser compiled for it would cost more than it saves.
z.config({ jitless: true });

const share = z.number().min(0).max(1);
const positive = z.number().positive();

const model = z.strictObject({
  name,
  schema: name,
  target: name.optional(),
  /** For the model card: what it decides, for whom; and what it must not be used for. */
  purpose: name.optional(),
  not_for: z.array(name).default([]),
});

const driftTest = z.enum(driftTestNames, {
  error: ({ input }) => `expected the name of a drift test${near(input)}; mlops help drift-tests lists them`,
});

/** The name that may have been meant. */
function near(input: unknown): string {
  const names = typeof input === 'string' ? nearest(input, driftTestNames) : [];
  return names.length === 0 ? '' : `, perhaps ${names.join(' or ')}`;
}

const drift = z
  .strictObject({
    against: z.enum(comparisonBases).default('reference'),
    warning_share: share.default(driftDefaults.warningShare),
    critical_share: share.default(driftDefaults.criticalShare),
    false_alarms: z.number().gt(0).lt(1).default(driftDefaults.falseAlarms),
    convention: z.enum(driftConventionNames).optional(),
    numerical: driftTest.optional(),
    categorical: driftTest.optional(),
    tests: z.record(name, driftTest).default({}),
    threshold: positive.optional(),
    thresholds: z.record(name, positive).default({}),
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

const weekMs = 7 * 86_400_000;

const monitoring = z
  .strictObject({
    lookback: duration.default(lookback),
    minimum_sample: z.int().positive().default(minimumSample),
    reference: name.optional(),
    drift: drift.prefault({}),
    volume: volume.prefault({}),
  })
  .refine((each) => each.drift.against !== 'week_before' || (parseDuration(each.lookback) ?? 0) <= weekMs, {
    path: ['lookback'],
    error: 'expected at most 7d, because drift.against is week_before: longer windows would overlap',
  });

const performance = z.strictObject({
  lookback: duration.default(performanceDefaults.lookback),
  brier_maximum: share.default(performanceDefaults.brierMaximum),
  f1_warning_drop: share.default(performanceDefaults.f1WarningDrop),
  f1_critical_drop: share.default(performanceDefaults.f1CriticalDrop),
});

const positiveShare = share.positive();
const bins = z.int().min(2).max(255);

const logistic = z.strictObject({ l2: positive.optional() });

const forest = z.strictObject({
  trees: z.int().positive().optional(),
  depth: z.int().min(1).max(24).optional(),
  minimum_rows_per_leaf: z.int().positive().optional(),
});

const chance = z.number().gt(0).lt(1);
const cost = z.number().nonnegative();
const thresholdForms =
  'expected f1, a number between 0 and 1, or one of { cost: { false_positive: 1, false_negative: 5 } }, { minimum_precision: 0.3 }, { minimum_recall: 0.6 }, { approval_rate: 0.8 }';

const threshold = z.union(
  [
    z.literal('f1'),
    chance,
    z.strictObject({
      cost: z
        .strictObject({ false_positive: cost, false_negative: cost })
        .refine((each) => each.false_positive + each.false_negative > 0, {
          error: 'expected one of the two to be above 0',
        }),
    }),
    z.strictObject({ minimum_precision: chance }),
    z.strictObject({ minimum_recall: chance }),
    z.strictObject({ approval_rate: chance }),
  ],
  { error: thresholdForms },
);

/** Of `trainer.command`. */
const trainerLimits = z.strictObject({
  time: duration.default(externalTrainerDefaults.time),
  /** Of data, for each process. */
  memory_gigabytes: positive.default(externalTrainerDefaults.memoryGigabytes),
  output_megabytes: positive.default(externalTrainerDefaults.outputMegabytes),
});

const trainer = z.strictObject({
  estimator: z.enum(estimators).default(estimators[0]),
  seed: z.int().nonnegative().default(trainerDefaults.seed),
  train_share: z.number().min(0.1).max(0.9).default(trainerDefaults.trainShare),
  learning_rate: positive.max(1).default(trainerDefaults.learningRate),
  trees: z.int().positive().default(trainerDefaults.trees),
  leaves: z.int().min(2).default(trainerDefaults.leaves),
  l2: z.number().nonnegative().default(trainerDefaults.l2),
  minimum_rows_per_leaf: z.int().positive().default(trainerDefaults.minimumRowsPerLeaf),
  early_stopping_rounds: z.int().positive().default(trainerDefaults.earlyStoppingRounds),
  depth: z.int().positive().optional(),
  l1: z.number().nonnegative().optional(),
  minimum_gain: z.number().nonnegative().optional(),
  minimum_hessian_per_leaf: z.number().nonnegative().optional(),
  row_share: positiveShare.optional(),
  feature_share: positiveShare.optional(),
  bins: bins.optional(),
  bins_of: z.record(name, bins).optional(),
  categories: z.array(name).optional(),
  leave_out: z.array(name).optional(),
  allow_leaks: z.array(name).optional(),
  importance_weights: z.boolean().default(false),
  monotone: z.record(name, z.enum(['increasing', 'decreasing'])).optional(),
  positive_weight: z.union([z.literal('balanced'), positive]).optional(),
  logistic: logistic.prefault({}),
  forest: forest.prefault({}),
  calibrate: z.enum(calibrations).default(trainerDefaults.calibrate),
  /** A program that trains in place of ours; the path of its job is its last word. */
  command: name.optional(),
  options: z.record(name, z.unknown()).default({}),
  limits: trainerLimits.prefault({}),
  threshold: threshold.default('f1'),
});

const gateOverrides = z.strictObject({
  minimum_rows: z.int().nonnegative().optional(),
  minimum_coverage: share.optional(),
  minimum_days: z.number().nonnegative().optional(),
  minimum_f1_improvement: z.number().optional(),
  maximum_brier_degradation: z.number().nonnegative().optional(),
  maximum_segment_loss: share.nullable().optional(),
  maximum_false_promotion: share.nullable().optional(),
  maximum_cost_increase: z.number().optional(),
  maximum_demographic_parity_difference: share.nullable().optional(),
  maximum_equal_opportunity_difference: share.nullable().optional(),
});

/** `gate` in mlops.yaml, and a file of criteria by itself. */
export const gateDefinition = z.strictObject({
  preset: z.enum(['production', 'conservative', 'aggressive']).default('production'),
  overrides: gateOverrides.prefault({}),
  ...gateSettings,
});

/** What `mlops gate set` may set: each key with its path in mlops.yaml. */
export const gateKeys: ReadonlyMap<string, readonly string[]> = new Map([
  ['preset', ['gate', 'preset']],
  ...Object.keys(gateOverrides.shape).map((key): [string, string[]] => [key, ['gate', 'overrides', key]]),
]);

const heal = z.strictObject({
  mode: z.enum(['observe', 'suggest', 'act']).default(healDefaults.mode),
  minimum_labelled_rows: z.int().positive().default(healDefaults.minimumLabelledRows),
  retrain_after: duration.default(healDefaults.retrainAfter),
});

const response = name.refine((text) => parseResponse(text) !== undefined, {
  error: `expected ${responseForms}`,
});
const contact = z.strictObject({ issue: name, contact: name, response });

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
    /** Further folders, relative to the workspace or absolute, whose disk is looked at. */
    folders: z.array(name).default([]),
  })
  .refine((each) => each.warning <= each.critical, {
    path: ['warning'],
    error: 'expected at most critical',
  });

const scheduledTime = z.string().regex(scheduledTimePattern, {
  error: 'expected never, hourly, hourly at :15, daily 06:00 or a weekday such as friday 18:00',
});

const schedule = z.strictObject({
  monitor: scheduledTime.optional(),
  heal: scheduledTime.optional(),
  alerts: scheduledTime.optional(),
  backup: scheduledTime.optional(),
});

/** Limits on the machine; by default none on the CPU, for which the runbook has no number. */
const host = z.strictObject({
  /** Load of the last five minutes by core. */
  load_warning: positive.optional(),
  load_critical: positive.optional(),
  memory_warning: share.default(hostDefaults.memoryWarning),
  memory_critical: share.default(hostDefaults.memoryCritical),
});

/** mlops.yaml. Unknown keys are errors, so that a misspelt threshold never silently keeps its default. */
export const configurationDefinition = z
  .strictObject({
    model,
    store: z.strictObject({ path: name.default('.mlops/store.db') }).prefault({}),
    monitoring: monitoring.prefault({}),
    performance: performance.prefault({}),
    trainer: trainer.prefault({}),
    gate: gateDefinition.prefault({}),
    heal: heal.prefault({}),
    schedule: schedule.prefault({}),
    serve: serveDefinition.prefault({}),
    services: z.array(serviceDefinition).superRefine(distinctNames).default([]),
    contacts: contacts.prefault({}),
    disk: disk.prefault({}),
    host: host.prefault({}),
    retention: z
      .strictObject({
        artifacts_gigabytes: positive.default(retentionDefaults.artifactsGigabytes),
        older_than: duration.default(retentionDefaults.olderThan),
        keep: z.int().nonnegative().default(retentionDefaults.keep),
      })
      .prefault({}),
    alerts: alertsDefinition.prefault({}),
    escalation: escalationDefinition.prefault({}),
    runbook: z.strictObject({ step_limit: duration.default(runbookDefaults.stepLimit) }).prefault({}),
  })
  .superRefine(checkEscalationChannels);

export type Configuration = z.infer<typeof configurationDefinition>;
export type GateConfiguration = z.infer<typeof gateDefinition>;
export type Contacts = Configuration['contacts'];

function distinctNames(services: readonly { readonly name: string }[], context: z.RefinementCtx): void {
  for (const [index, { name }] of services.entries()) {
    if (services.findIndex((each) => each.name === name) < index)
      context.addIssue({
        code: 'custom',
        path: [index, 'name'],
        message: 'expected a name that no service before it has',
      });
  }
}

/** Milliseconds of a duration of the configuration, such as `24h`. @throws ConfigurationError when it is none. */
export function durationMs(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new ConfigurationError(`'${text}' is no duration`, {
    remedy: 'write it like 30s, 15m, 24h, 7d or 2w',
  });
}
