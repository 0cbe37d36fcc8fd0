import { z } from 'zod';

export const severityDefinition = z.enum(['WARNING', 'CRITICAL']);

export const alertDefinition = z.object({
  id: z.int(),
  /** The rule, and after a colon what it is about where there are several: `api_latency:API`. */
  name: z.string(),
  rule: z.string(),
  state: z.enum(['firing', 'acknowledged', 'silenced', 'resolved']),
  severity: severityDefinition,
  summary: z.string(),
  observed: z.number().nullable(),
  threshold: z.number().nullable(),
  unit: z.string().nullable(),
  contact: z.string(),
  opened_at: z.string(),
  last_seen_at: z.string(),
  closed_at: z.string().nullable(),
  /** When somebody was last told of it. */
  notified_at: z.string().nullable(),
  acknowledged: z.object({ at: z.string(), by: z.string(), reason: z.string().nullable() }).nullable(),
});

export const waitingMessageDefinition = z.object({
  id: z.int(),
  key: z.string(),
  channel: z.string(),
  subject: z.string(),
  state: z.enum(['waiting', 'sent', 'refused']),
  attempts: z.int(),
  created_at: z.string(),
  next_try_at: z.string().nullable(),
  sent_at: z.string().nullable(),
  last_error: z.string().nullable(),
});

export const silenceDefinition = z.object({
  name: z.string(),
  from: z.string(),
  until: z.string(),
  reason: z.string(),
  by: z.string(),
});

export const alertsResultDefinition = z.object({
  /** That of the worst open alert that is neither acknowledged nor silenced. */
  status: z.enum(['OK', 'WARNING', 'CRITICAL']),
  at: z.string(),
  /** Open ones, oldest first; with --all closed ones too, newest first. */
  alerts: z.array(alertDefinition),
  silences: z.array(silenceDefinition),
  /** Messages that no channel has taken yet. */
  undelivered: z.array(waitingMessageDefinition),
});

export const alertDetailDefinition = alertDefinition.extend({
  watches: z.string(),
  advice: z.string(),
  page: z.string(),
  messages: z.array(waitingMessageDefinition),
  escalation: z
    .object({
      id: z.int(),
      incident: z.int(),
      state: z.enum(['open', 'acknowledged', 'exhausted', 'ended']),
      steps: z.array(
        z.object({
          at: z.string(),
          contact: z.string(),
          person: z.string().nullable(),
          channels: z.array(z.string()),
          deadline: z.string(),
        }),
      ),
    })
    .nullable(),
});

export const alertRuleDefinition = z.object({
  name: z.string(),
  kind: z.enum(['threshold', 'verdict']),
  enabled: z.boolean(),
  watches: z.string(),
  unit: z.string().nullable(),
  warning: z.number().nullable(),
  critical: z.number().nullable(),
  /** Where the limits come from unless alerts.rules sets them; null for a verdict. */
  limits: z.string().nullable(),
  hysteresis: z.number().nullable(),
  minimum_sample: z.int().nullable(),
  /** The worst that a verdict becomes. */
  severity: severityDefinition.nullable(),
  for: z.int(),
  window: z.string(),
  repeat: z.string(),
  contact: z.string(),
  channels: z.array(z.string()),
  advice: z.string(),
  page: z.string(),
});

export const alertRulesDefinition = z.object({ rules: z.array(alertRuleDefinition) });

export const deliveryReportDefinition = z.object({
  sent: z.array(z.object({ id: z.int(), channel: z.string(), subject: z.string() })),
  failed: z.array(
    z.object({
      id: z.int(),
      channel: z.string(),
      subject: z.string(),
      error: z.string(),
      /** Null when the receiver will not have it: it is not sent again by itself. */
      next_try_at: z.string().nullable(),
    }),
  ),
  /** Messages that still wait, those of `failed` among them. */
  waiting: z.int(),
  refused: z.int(),
});

const alertChangeDefinition = z.object({ id: z.int(), name: z.string(), severity: severityDefinition });

export const alertsEvaluationDefinition = z.object({
  /** That of the worst open alert. */
  status: z.enum(['OK', 'WARNING', 'CRITICAL']),
  at: z.string(),
  observations: z.int(),
  fired: z.array(alertChangeDefinition),
  changed: z.array(alertChangeDefinition),
  resolved: z.array(alertChangeDefinition),
  open: z.array(alertChangeDefinition),
  /** Messages put into the outbox. */
  messages: z.int(),
  escalated: z.array(z.object({ id: z.int(), to: z.string() })),
  delivery: deliveryReportDefinition,
});

export const silenceResultDefinition = z.object({
  name: z.string(),
  /** Null when it was ended. */
  until: z.string().nullable(),
});

export const channelTestDefinition = z.object({
  channel: z.string(),
  kind: z.string(),
  duration_ms: z.int(),
});

export type SilenceResult = z.infer<typeof silenceResultDefinition>;
export type ChannelTest = z.infer<typeof channelTestDefinition>;
export type Alert = z.infer<typeof alertDefinition>;
export type AlertsResult = z.infer<typeof alertsResultDefinition>;
export type AlertDetail = z.infer<typeof alertDetailDefinition>;
export type AlertRuleResult = z.infer<typeof alertRuleDefinition>;
export type AlertMessage = z.infer<typeof waitingMessageDefinition>;
export type DeliveryReport = z.infer<typeof deliveryReportDefinition>;
export type AlertsEvaluation = z.infer<typeof alertsEvaluationDefinition>;
