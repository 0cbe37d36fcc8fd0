import { type Figures, figuresOf, met, type Requirement, type Row } from './benchmark.ts';

export const tableHead = [
  '| whole process | mlops | peak memory | beside it | its time | its peak | mlops is | required |',
  '|---|---|---|---|---|---|---|---|',
].join('\n');

/** A line of Markdown. */
export function tableLine(row: Row): string {
  const { what, ours, beside, required } = row;
  const first = [what, duration(ours.milliseconds), memory(ours.peakBytes)];
  const told = requirement(required, figuresOf(row));
  const rest =
    'missing' in beside
      ? [beside.missing, '', '', '', told]
      : [
          beside.name,
          duration(beside.measured.theirs.milliseconds),
          memory(beside.measured.theirs.peakBytes),
          ratio(beside.measured.timesFaster),
          told,
        ];
  return `| ${[...first, ...rest].join(' | ')} |`;
}

/** Whether the row keeps what was promised; a row without promise breaks none. */
export function keepsPromise(row: Row): boolean {
  return row.required === undefined || met(row.required, figuresOf(row));
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}

function memory(bytes: number | undefined): string {
  return bytes === undefined ? '?' : `${Math.round(bytes / 2 ** 20)} MiB`;
}

function ratio(timesFaster: number): string {
  return timesFaster >= 1 ? `${timesFaster.toFixed(1)} × faster` : `${(1 / timesFaster).toFixed(2)} × slower`;
}

function requirement(required: Requirement | undefined, figures: Figures): string {
  if (required === undefined) return '';
  const text = inWords(required);
  return met(required, figures) ? text : `${text}: **missed**`;
}

function inWords(required: Requirement): string {
  if ('millisecondsAtMost' in required) return `≤ ${duration(required.millisecondsAtMost)}`;
  if ('bytesAtMost' in required) return `< ${memory(required.bytesAtMost)}`;
  const time =
    'timesFaster' in required
      ? `≥ ${required.timesFaster} × faster`
      : `≤ ${required.timesSlowerAtMost} × slower`;
  const share = required.memoryShareAtMost;
  return share === undefined ? time : `${time}, ≤ ${share} × its memory`;
}
