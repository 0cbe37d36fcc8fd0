import { z } from 'zod';

export const contactsResultDefinition = z.object({
  at: z.string(),
  contacts: z.array(
    z.object({
      /** As `mlops escalate` takes it. */
      key: z.string(),
      issue: z.string(),
      contact: z.string(),
      response: z.string(),
      /** Who of the rota has this week; null without a rota. */
      on_call: z.string().nullable(),
      channels: z.array(z.string()),
      /** Until when an escalation of this moment would have to be acknowledged. */
      deadline: z.string(),
      /** Whom it goes to then; null: to nobody. */
      next: z.string().nullable(),
    }),
  ),
});

export const escalationResultDefinition = z.object({
  issue: z.string(),
  contact: z.string(),
  on_call: z.string().nullable(),
  response: z.string(),
  channels: z.array(z.string()),
  deadline: z.string(),
  escalation: z.int(),
  /** To acknowledge: mlops alerts ack NUMBER. */
  alert: z.int(),
  incident: z.int(),
  /** False when this issue was escalated already: it was noted there and sent again. */
  opened: z.boolean(),
});

export type ContactsResult = z.infer<typeof contactsResultDefinition>;
export type EscalationResult = z.infer<typeof escalationResultDefinition>;
