import type { Incident, IncidentReport, Incidents } from '../data/results/incidents.ts';
import { type Clock, toIso } from '../platform/clock.ts';
import { NoInputError, UsageError } from '../platform/errors.ts';
import {
  abandonRunbookRuns,
  closeIncident,
  type IncidentRow,
  incidentRow,
  incidentRows,
  momentsBetween,
  openForReading,
  openStore,
  promotionBefore,
  promotionsBetween,
  type RunbookRunRow,
  recordEvent,
  runbookRunsOf,
  runbookSteps,
  type Store,
} from '../store/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { readableJournal } from './journal.ts';

export function listIncidents(workspace: Workspace, which: { readonly openOnly: boolean }): Incidents {
  using store = openForReading(readableJournal(workspace));
  return { incidents: store.read(() => incidentRows(store, which)).map(incidentOf) };
}

/**
 * What happened from an incident's opening to its closing, or until now: audit, alerts, monitoring, heal and runbook steps in
 * order of time, with the versions that were live.
 * @throws NoInputError when there is no such incident
 */
export function reportIncident(workspace: Workspace, id: string, clock: Clock): IncidentReport {
  using store = openForReading(readableJournal(workspace));
  return store.read(() => {
    const row = requireIncident(store, id);
    const until = row.closed_at ?? clock.now();
    const runs = runbookRunsOf(store, row.incident_id);
    return {
      ...incidentOf(row),
      evidence: evidenceOf(row),
      timeline: timelineOf(store, row, runs, until),
      versions_live: versionsLive(store, row.opened_at, until),
      runs: runs.map(({ run_id, page, state }) => ({
        run_id: run_id.toString(),
        page,
        state,
        steps: runbookSteps(store, run_id).map(
          ({ step, command, started_at, who, exit_code, outcome, output }) => ({
            step,
            command,
            at: toIso(started_at),
            who,
            exit: exit_code,
            outcome,
            output,
          }),
        ),
      })),
    };
  });
}

/** Closes an open incident; its unfinished runs are given up. @throws NoInputError for no such one, UsageError for a closed one */
export function endIncident(
  workspace: Workspace,
  id: string,
  { who, reason }: { readonly who: string; readonly reason: string },
  clock: Clock,
): Incident {
  using store = openStore(readableJournal(workspace), { create: false });
  return store.change(() => {
    const row = requireIncident(store, id);
    if (row.closed_at !== null) {
      throw new UsageError(`incident ${id} is closed`, {
        why: `${row.closed_by ?? 'somebody'} closed it at ${toIso(row.closed_at)}: ${row.closed_reason ?? 'no reason given'}`,
        remedy: `mlops incidents show ${id} tells what was done`,
      });
    }
    const at = clock.now();
    closeIncident(store, row.incident_id, { at, who, reason });
    abandonRunbookRuns(store, row.incident_id, at);
    const after = { incident_id: row.incident_id, state: 'closed' };
    recordEvent(store, { at, who, command: 'incidents close', reason, before: null, after });
    return incidentOf(requireIncident(store, id));
  });
}

function requireIncident(store: Store, id: string): IncidentRow {
  const row = /^\d+$/.test(id) ? incidentRow(store, Number(id)) : undefined;
  if (row !== undefined) return row;
  throw new NoInputError(`there is no incident '${id}'`, { remedy: 'mlops incidents lists them' });
}

function incidentOf(row: IncidentRow): Incident {
  const { incident_id, title, contact, opened_at, closed_at, closed_by, closed_reason } = row;
  return {
    incident_id: incident_id.toString(),
    title,
    contact,
    opened_at: toIso(opened_at),
    closed_at: closed_at === null ? null : toIso(closed_at),
    closed_by,
    closed_reason,
    time_to_restore_ms: closed_at === null ? null : Math.max(0, closed_at - opened_at),
  };
}

function evidenceOf({ evidence }: IncidentRow): string[] {
  const parsed: unknown = JSON.parse(evidence);
  return Array.isArray(parsed) ? parsed.map(String) : [];
}

function timelineOf(
  store: Store,
  { title, opened_at, closed_at, closed_by, closed_reason }: IncidentRow,
  runs: readonly RunbookRunRow[],
  until: number,
): IncidentReport['timeline'] {
  const opened = { at: opened_at, source: 'incident' as const, who: null, text: `opened: ${title}` };
  const closed =
    closed_at === null
      ? []
      : [
          {
            at: closed_at,
            source: 'incident' as const,
            who: closed_by,
            text: `closed: ${closed_reason ?? ''}`,
          },
        ];
  const walked = runs.flatMap(({ run_id, page }) =>
    runbookSteps(store, run_id).map(({ started_at, who, step, command, exit_code, outcome }) => {
      const ended = exit_code === null ? (outcome ?? 'under way') : `exit ${exit_code}, ${outcome}`;
      return {
        at: started_at,
        source: 'runbook' as const,
        who,
        text: `${page}/${step}: ${command} (${ended})`,
      };
    }),
  );
  const between = [...momentsBetween(store, opened_at, until), ...walked].sort(
    (one, other) => one.at - other.at,
  );
  return [opened, ...between, ...closed].map((moment) => ({ ...moment, at: toIso(moment.at) }));
}

function versionsLive(store: Store, from: number, until: number): IncidentReport['versions_live'] {
  const before = promotionBefore(store, from);
  return [...(before === undefined ? [] : [before]), ...promotionsBetween(store, from + 1, until)].map(
    ({ version, at, reason }) => ({ version: version.toString(), since: toIso(at), reason }),
  );
}
