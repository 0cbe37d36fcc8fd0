import { z } from 'zod';
import { severityDefinition } from '../../data/results/alerts.ts';

/** One alert as a message tells it. */
const notedAlertDefinition = z.object({
  id: z.int(),
  /** The same for every message about this alert, in this store and no other. */
  key: z.string(),
  name: z.string(),
  rule: z.string(),
  event: z.enum(['firing', 'repeat', 'resolved']),
  severity: severityDefinition,
  summary: z.string(),
  observed: z.number().nullable(),
  threshold: z.number().nullable(),
  unit: z.string().nullable(),
  opened_at: z.string(),
  closed_at: z.string().nullable(),
  contact: z.string(),
  advice: z.string(),
  page: z.string(),
  muted: z.boolean(),
});

/** What a message says, as the outbox keeps it and a command channel reads it. It holds no secret. */
export const notificationDefinition = z.object({
  kind: z.enum(['alerts', 'escalation', 'test']),
  model: z.string(),
  at: z.string(),
  alerts: z.array(notedAlertDefinition),
  /** What a person wrote, or who is asked by an escalation; null where there is nothing more to say. */
  note: z.string().nullable(),
  /** Addresses for mail instead of the channel's own. */
  mail_to: z.array(z.string()).nullable(),
  attachment: z.object({ name: z.string(), text: z.string() }).nullable(),
});

export type NotedAlert = z.infer<typeof notedAlertDefinition>;
export type Notification = z.infer<typeof notificationDefinition>;

/** A notification on its way through a channel. */
export interface OutgoingMessage {
  /** The same at every attempt. */
  readonly key: string;
  readonly subject: string;
  readonly notification: Notification;
}
