import { z } from 'zod';

export const incidentDefinition = z.object({
  incident_id: z.string(),
  title: z.string(),
  contact: z.string(),
  opened_at: z.string(),
  closed_at: z.string().nullable(),
  closed_by: z.string().nullable(),
  closed_reason: z.string().nullable(),
  /** Milliseconds from opening to closing; null while it is open. */
  time_to_restore_ms: z.number().nullable(),
});

export const incidentsDefinition = z.object({ incidents: z.array(incidentDefinition) });

export const incidentReportDefinition = incidentDefinition.extend({
  evidence: z.array(z.string()),
  /** What happened from its opening to its closing, or until now, in order of time. */
  timeline: z.array(
    z.object({
      at: z.string(),
      source: z.enum(['incident', 'audit', 'alert', 'monitoring', 'runbook', 'heal']),
      who: z.string().nullable(),
      text: z.string(),
    }),
  ),
  /** The version in Production at the opening, and each that came later. */
  versions_live: z.array(z.object({ version: z.string(), since: z.string(), reason: z.string().nullable() })),
  /** Procedures that were walked for it. */
  runs: z.array(
    z.object({
      run_id: z.string(),
      page: z.string(),
      state: z.string(),
      steps: z.array(
        z.object({
          step: z.string(),
          command: z.string(),
          at: z.string(),
          who: z.string(),
          exit: z.int().nullable(),
          outcome: z.string().nullable(),
          output: z.string(),
        }),
      ),
    }),
  ),
});

export type Incident = z.infer<typeof incidentDefinition>;
export type Incidents = z.infer<typeof incidentsDefinition>;
export type IncidentReport = z.infer<typeof incidentReportDefinition>;
