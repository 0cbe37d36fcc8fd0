import { z } from 'zod';

export const logLevels = ['debug', 'info', 'warn', 'error', 'critical'] as const;

export const logLineDefinition = z.object({
  /** As the line says; null where it says none: it then follows the line before it. */
  at: z.string().nullable(),
  level: z.enum(logLevels).nullable(),
  /** `mlops` for this program's own log, else the name of the service. */
  source: z.string(),
  text: z.string(),
});

export const logsResultDefinition = z.object({
  /** In the order of time, the newest last. */
  lines: z.array(logLineDefinition),
  /** What could not be read. */
  unavailable: z.array(z.object({ source: z.string(), why: z.string() })),
});

export type LogLevelName = (typeof logLevels)[number];
export type LogsResult = z.infer<typeof logsResultDefinition>;
export type ShownLogLine = z.infer<typeof logLineDefinition>;
