import { met, type Requirement, type Row } from './benchmark.ts';

export const tableHead = [
  '| whole process | mlops | peak memory | beside it | its time | its peak | mlops is | required |',
  '|---|---|---|---|---|---|---|---|',
].join('\n');

/** A line of Markdown. */
export function tableLine({ what, ours, beside, required }: Row): string {
  const first = [what, duration(ours.milliseconds), memory(ours.peakBytes)];
  const rest =
    'missing' in beside
      ? [beside.missing, '', '', '', requirement(required, ours.milliseconds)]
      : [
          beside.name,
          duration(beside.measured.theirs.milliseconds),
          memory(beside.measured.theirs.peakBytes),
          ratio(beside.measured.timesFaster),
          requirement(required, ours.milliseconds, beside.measured.timesFaster),
        ];
  return `| ${[...first, ...rest].join(' | ')} |`;
}

/** Whether the row keeps what was promised; a row without promise breaks none. */
export function keepsPromise({ ours, beside, required }: Row): boolean {
  if (required === undefined) return true;
  return met(required, ours.milliseconds, 'missing' in beside ? undefined : beside.measured.timesFaster);
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

function requirement(required: Requirement | undefined, milliseconds: number, timesFaster?: number): string {
  if (required === undefined) return '';
  const text = inWords(required);
  return met(required, milliseconds, timesFaster) ? text : `${text}: **missed**`;
}

function inWords(required: Requirement): string {
  if ('millisecondsAtMost' in required) return `≤ ${duration(required.millisecondsAtMost)}`;
  return 'timesFaster' in required
    ? `≥ ${required.timesFaster} × faster`
    : `≤ ${required.timesSlowerAtMost} × slower`;
}
