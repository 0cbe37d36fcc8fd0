import { z } from 'zod';

export const demoStageDefinition = z.object({
  /** When, as the replay has it: ISO 8601. */
  at: z.string(),
  /** Empty where a line adds to the one before. */
  stage: z.string(),
  found: z.string(),
});

export const demoOutcomeDefinition = z.object({
  /** The last monitoring report, an HTML file; null when the stream gave none. */
  report: z.string().nullable(),
  /** Folder with everything that the store holds, and its manifest. */
  export: z.string(),
});

export const demoResultDefinition = demoOutcomeDefinition.extend({
  workspace: z.string(),
  stages: z.array(demoStageDefinition),
  /** The command to try next. */
  next: z.string(),
});

export type DemoStage = Readonly<z.infer<typeof demoStageDefinition>>;
export type DemoOutcome = Readonly<z.infer<typeof demoOutcomeDefinition>>;
export type DemoResult = z.infer<typeof demoResultDefinition>;
