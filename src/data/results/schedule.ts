import { z } from 'zod';

export const schedulers = ['cron', 'systemd', 'kubernetes', 'airflow'] as const;

const job = z.object({
  name: z.enum(['monitor', 'heal', 'alerts', 'backup']),
  /** As mlops.yaml writes it: `daily 06:00`. */
  when: z.string(),
  command: z.string(),
});

export const schedulePrintDefinition = z.object({
  scheduler: z.enum(schedulers),
  jobs: z.array(job),
  files: z.array(z.object({ name: z.string(), text: z.string() })),
  notes: z.array(z.string()),
});

export const scheduleInstallDefinition = z.object({
  scheduler: z.enum(['cron', 'systemd']),
  jobs: z.array(job),
  /** False when everything was there already. */
  changed: z.boolean(),
  /** Whether the scheduler runs it from now on. */
  active: z.boolean(),
  files: z.array(z.string()),
  notes: z.array(z.string()),
});

export type Scheduler = (typeof schedulers)[number];
export type SchedulePrint = z.infer<typeof schedulePrintDefinition>;
export type ScheduleInstall = z.infer<typeof scheduleInstallDefinition>;
