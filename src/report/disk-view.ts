import type { CleanResult, DiskResult } from '../data/results/disk.ts';
import { bytesInWords, grouped, percent } from './figures.ts';
import { plainTable } from './plain-table.ts';

export function diskView({ status, disk, parts, days_until_full, bytes_per_day, notes }: DiskResult): string {
  const until =
    days_until_full === null
      ? 'the workspace does not grow'
      : `it grows ${bytesInWords(bytes_per_day)} a day: full in ${grouped(Math.floor(days_until_full))} days`;
  return [
    `${status} - ${percent(disk.used)} of the disk in use, ${bytesInWords(disk.free_bytes)} free; ${until}`,
    plainTable(
      [
        { head: 'what' },
        { head: 'size', align: 'right' },
        { head: 'files', align: 'right' },
        { head: 'a day', align: 'right' },
        { head: 'where' },
      ],
      parts.map((each) => [
        each.name,
        bytesInWords(each.bytes),
        grouped(each.files),
        each.bytes_per_day === null ? '–' : bytesInWords(each.bytes_per_day),
        each.path,
      ]),
    ),
    ...notes.map((note) => `note: ${note}`),
  ].join('\n');
}

export function cleanView({ removed, items, bytes, archive, older_than, keep, notes }: CleanResult): string {
  if (items.length === 0) return `nothing is older than ${older_than} beyond the newest ${keep} of each kind`;
  return [
    plainTable(
      [{ head: 'kind' }, { head: 'size', align: 'right' }, { head: 'last written' }, { head: 'path' }],
      items.map((each) => [each.kind, bytesInWords(each.bytes), each.modified_at, each.path]),
    ),
    `${grouped(items.length)} ${removed ? 'removed' : 'would be removed'}, ${bytesInWords(bytes)}`,
    ...(archive === null ? [] : [`archive: ${archive}`]),
    ...notes.map((note) => `note: ${note}`),
  ].join('\n');
}
