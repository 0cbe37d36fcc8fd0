import { z } from 'zod';
import { verdictDefinition } from './verdict.ts';

export const checklistNames = ['morning', 'monday', 'wednesday', 'friday'] as const;

export const checklistDefinition = z.object({
  checklist: z.enum(checklistNames),
  /** That of the worst section. */
  status: verdictDefinition,
  generated_at: z.string(),
  sections: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      status: verdictDefinition,
      lines: z.array(z.string()),
      /** What to do next; null when nothing is to be done. */
      remedy: z.string().nullable(),
    }),
  ),
});

export type ChecklistName = (typeof checklistNames)[number];
export type Checklist = z.infer<typeof checklistDefinition>;
