import { z } from 'zod';
import { channelDefinition, unknownChannels } from './alert-channels.ts';
import type { ruleDefaults } from './alert-rules.ts';
import { duration, name, wallTime, zone } from './value-kinds.ts';

export const contactKeys = ['api_down', 'high_drift', 'model_performance', 'infrastructure'] as const;

const everyRule = {
  enabled: z.boolean().default(true),
  for: z.int().positive().optional(),
  window: duration.optional(),
  contact: z.enum(contactKeys).optional(),
  channels: z.array(name).optional(),
  repeat: duration.optional(),
} as const;

const thresholdRule = z.strictObject({
  ...everyRule,
  warning: z.number().nullable().optional(),
  critical: z.number().nullable().optional(),
  hysteresis: z.number().nonnegative().optional(),
  minimum_sample: z.int().nonnegative().optional(),
});

const verdictRule = z.strictObject({ ...everyRule, severity: z.enum(['WARNING', 'CRITICAL']).optional() });

const threshold = thresholdRule.prefault({});
const verdict = verdictRule.prefault({});

const rules = z.strictObject({
  api_latency: threshold,
  service: verdict,
  serving: verdict,
  volume: verdict,
  volume_high: threshold,
  drift: threshold,
  data_issues: verdict,
  missing_values: verdict,
  outliers: verdict,
  f1: threshold,
  brier: threshold,
  disk: threshold,
  artifact: verdict,
  store: verdict,
  audit: verdict,
  predictions: verdict,
  label_coverage: verdict,
  artifacts_size: verdict,
  monitoring_age: threshold,
  export_age: threshold,
  backup_age: threshold,
} satisfies Record<keyof typeof ruleDefaults, z.ZodType>);

export const alertDefaults = {
  repeat: '4h',
  zone: 'UTC',
  firstRetry: '30s',
  longestRetry: '1h',
  seed: 42,
} as const;

export const alertsDefinition = z
  .strictObject({
    rules: rules.prefault({}),
    channels: z.array(channelDefinition).default([]),
    /** An alert that stays open and unacknowledged is told again after this. */
    repeat: duration.default(alertDefaults.repeat),
    quiet_hours: z
      .strictObject({ from: wallTime, until: wallTime, zone: zone.default(alertDefaults.zone) })
      .optional(),
    delivery: z
      .strictObject({
        first_retry: duration.default(alertDefaults.firstRetry),
        longest_retry: duration.default(alertDefaults.longestRetry),
        seed: z.int().nonnegative().default(alertDefaults.seed),
      })
      .prefault({}),
  })
  .superRefine(({ rules, channels }, context) => {
    const names = channels.map((each) => each.name);
    for (const [index, each] of names.entries()) {
      if (names.indexOf(each) < index)
        context.addIssue({
          code: 'custom',
          path: ['channels', index, 'name'],
          message: 'expected a name of its own',
        });
    }
    for (const [rule, each] of Object.entries(rules))
      unknownChannels(each.channels, names, ['rules', rule], context);
  });

export type AlertsConfiguration = z.infer<typeof alertsDefinition>;
export type ThresholdRuleConfiguration = z.infer<typeof thresholdRule>;
export type VerdictRuleConfiguration = z.infer<typeof verdictRule>;
