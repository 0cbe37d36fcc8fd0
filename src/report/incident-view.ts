import chalk from 'chalk';
import type { Incident, IncidentReport, Incidents } from '../data/results/incidents.ts';
import { plainTable } from './plain-table.ts';

export function incidentsView({ incidents }: Incidents): string {
  if (incidents.length === 0) return 'no incidents';
  return plainTable(
    [
      { head: 'incident', align: 'right' },
      { head: 'opened' },
      { head: 'restored' },
      { head: 'contact' },
      { head: 'what' },
    ],
    incidents.map((each) => [each.incident_id, each.opened_at, restored(each), each.contact, each.title]),
  );
}

export function incidentView(report: IncidentReport): string {
  const lines = report.timeline.map(
    ({ at, source, who, text }) => `${at}  ${source.padEnd(10)} ${text}${who === null ? '' : `, ${who}`}`,
  );
  return [
    chalk.bold(`incident ${report.incident_id}: ${report.title}`),
    `contact   ${report.contact}`,
    `restored  ${restored(report)}`,
    ...report.evidence.map((each) => `evidence  ${each}`),
    ...report.versions_live.map(({ version, since }) => `live      version ${version} since ${since}`),
    ...lines,
  ].join('\n');
}

/** The draft of a post-mortem: what the store knows is filled in, what only people know is asked. */
export function incidentMarkdown(report: IncidentReport): string {
  const { title, incident_id, contact, opened_at, closed_at, closed_by, closed_reason } = report;
  const ended =
    closed_at === null ? 'open' : `${closed_at}, by ${closed_by ?? 'unknown'}: ${closed_reason ?? ''}`;
  return `# Post-mortem of incident ${incident_id}: ${inline(title)}

| | |
|---|---|
| Opened | ${opened_at} |
| Closed | ${cell(ended)} |
| Time to restore | ${restored(report)} |
| Contact | ${cell(contact)} |

## Evidence

${bullets(report.evidence.map(inline), 'none was written down')}

## Versions live

${bullets(
  report.versions_live.map(
    ({ version, since, reason }) =>
      `version ${version} since ${since}${reason === null ? '' : `: ${inline(reason)}`}`,
  ),
  'no version was in Production',
)}

## Timeline

| When | Source | What | Who |
|---|---|---|---|
${report.timeline.map(({ at, source, text, who }) => `| ${at} | ${source} | ${cell(text)} | ${cell(who ?? '')} |`).join('\n')}

## What was done

${done(report)}
## Cause

*To be written: what happened, and why it could.*

## What will be changed

*To be written: one line each, with who does it until when.*
`;
}

function done({ runs }: IncidentReport): string {
  if (runs.length === 0) return 'No procedure of the runbook was walked.\n';
  return runs
    .map(({ run_id, page, state, steps }) => {
      const said = steps.map(({ command, exit, outcome, output }) => {
        const ended = exit === null ? (outcome ?? 'under way') : `exit ${exit}, ${outcome}`;
        return `- \`${inline(command)}\` – ${ended}\n${output === '' ? '' : `\n${indented(output)}\n`}`;
      });
      return `### ${page}, run ${run_id}: ${state}\n\n${said.join('\n')}\n`;
    })
    .join('\n');
}

/** An indented block needs no fence that the text could close. */
function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `      ${line}`)
    .join('\n');
}

function bullets(lines: readonly string[], otherwise: string): string {
  return lines.length === 0 ? otherwise : lines.map((line) => `- ${line}`).join('\n');
}

function inline(text: string): string {
  return text.replaceAll('\n', ' ').replaceAll('`', "'");
}

function cell(text: string): string {
  return inline(text).replaceAll('|', '\\|');
}

function restored({ time_to_restore_ms }: Incident): string {
  if (time_to_restore_ms === null) return 'open';
  const minutes = time_to_restore_ms / 60_000;
  if (minutes < 1) return `after ${Math.round(time_to_restore_ms / 1000)} s`;
  return minutes < 120 ? `after ${Math.round(minutes)} min` : `after ${(minutes / 60).toFixed(1)} h`;
}
