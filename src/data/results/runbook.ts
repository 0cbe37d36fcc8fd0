import { z } from 'zod';

/** A word of a command line; an asked one stands for what the operator gives: `<labels file>`. */
export const commandWordDefinition = z.object({ text: z.string(), asked: z.boolean() });

export const pageCommandDefinition = z.object({
  /** `mlops`: this program, without a shell; `sh`: a script for /bin/sh. */
  kind: z.enum(['mlops', 'sh']),
  /** As it stands in the page. */
  text: z.string(),
  /** Of an mlops command, without the leading `mlops`; empty for a script. */
  words: z.array(commandWordDefinition),
  /** Exit codes that are expected; null where any is. */
  expected: z.array(z.int()).nullable(),
  /** It changes nothing, so that a run that was cut off in it may repeat it unasked. */
  reads: z.boolean(),
  /** Milliseconds after which it is ended; null for the workspace's limit. */
  limit_ms: z.number().nullable(),
  line: z.int(),
});

export const branchTargetDefinition = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step'), id: z.string() }),
  z.object({ kind: z.literal('page'), name: z.string() }),
  z.object({ kind: z.literal('go_on') }),
  z.object({ kind: z.literal('done') }),
]);

export const branchDefinition = z.object({
  when: z.string(),
  /** Exit codes of the last command that choose it; null where a person does, or for any other exit. */
  exits: z.array(z.int()).nullable(),
  /** What the page says to do. */
  text: z.string(),
  target: branchTargetDefinition,
});

export const pageStepDefinition = z.object({
  id: z.string(),
  title: z.string(),
  /** Where its heading stands in the page. */
  line: z.int(),
  /** Markdown without its blocks and decision table. */
  prose: z.string(),
  /** What will be lost; null for a step that destroys nothing. */
  destroys: z.string().nullable(),
  commands: z.array(pageCommandDefinition),
  /** What only a person can answer, after the commands. */
  question: z.string().nullable(),
  decision: z.object({ by: z.enum(['exit', 'person']), branches: z.array(branchDefinition) }).nullable(),
});

export const pageDefinition = z.object({
  name: z.string(),
  title: z.string(),
  /** Its first paragraph. */
  summary: z.string(),
  /** Key of the contact in mlops.yaml whom the incident concerns; null where the page names none. */
  contact: z.string().nullable(),
  introduction: z.string(),
  steps: z.array(pageStepDefinition),
});

export const runbookListDefinition = z.object({
  pages: z.array(
    z.object({
      name: z.string(),
      origin: z.enum(['mlops', 'workspace']),
      title: z.string(),
      /** Steps with something to do; 0 for a page that is only read. */
      steps: z.int(),
      /** Whether its shell may run; null where it has none. */
      trusted: z.boolean().nullable(),
      /** Why it cannot be walked; null for a sound page. */
      fault: z.string().nullable(),
    }),
  ),
});

export const runbookPlanDefinition = z.object({
  page: z.string(),
  title: z.string(),
  steps: z.array(
    z.object({
      step: z.string(),
      title: z.string(),
      destroys: z.string().nullable(),
      /** Command lines exactly as they would run. */
      commands: z.array(z.object({ line: z.string(), expected: z.array(z.int()).nullable() })),
      question: z.string().nullable(),
      branches: z.array(z.object({ when: z.string(), action: z.string() })),
    }),
  ),
});

export const stepOutcomeDefinition = z.enum([
  'expected',
  'unexpected',
  'timed_out',
  'cut_off',
  'skipped',
  'answered',
]);

export const runbookRunDefinition = z.object({
  run_id: z.string(),
  incident_id: z.string(),
  page: z.string(),
  state: z.enum(['stopped', 'done', 'handed_over']),
  /** Why it stopped, or how it ended. */
  summary: z.string(),
  /** The command that goes on; null when nothing is left. */
  next: z.string().nullable(),
  steps: z.array(
    z.object({
      step: z.string(),
      /** The command, or what was asked. */
      command: z.string(),
      started_at: z.string(),
      duration_ms: z.number().nullable(),
      exit: z.int().nullable(),
      outcome: stepOutcomeDefinition.nullable(),
      who: z.string(),
    }),
  ),
});

export const runbookTrustDefinition = z.object({
  page: z.string(),
  path: z.string(),
  sha256: z.string(),
  /** False when that very text was trusted already. */
  changed: z.boolean(),
});

export type CommandWord = z.infer<typeof commandWordDefinition>;
export type PageCommand = z.infer<typeof pageCommandDefinition>;
export type Branch = z.infer<typeof branchDefinition>;
export type PageStep = z.infer<typeof pageStepDefinition>;
export type Page = z.infer<typeof pageDefinition>;
export type RunbookList = z.infer<typeof runbookListDefinition>;
export type RunbookPlan = z.infer<typeof runbookPlanDefinition>;
export type StepOutcome = z.infer<typeof stepOutcomeDefinition>;
export type RunbookRun = z.infer<typeof runbookRunDefinition>;
export type RunbookTrust = z.infer<typeof runbookTrustDefinition>;
