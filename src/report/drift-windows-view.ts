import type { DriftWindow, DriftWindows } from '../data/results/drift-windows.ts';
import { onsetInWords } from './feature-words.ts';
import { grouped } from './figures.ts';
import { plainTable } from './plain-table.ts';
import { sparkline } from './sparkline.ts';
import { colouredVerdict } from './verdict-colour.ts';
import { visibleText } from './visible-text.ts';

const comparedWith: Readonly<Record<DriftWindows['against'], string>> = {
  reference: 'the reference',
  previous: 'the window before it',
  week_before: 'the window a week before it',
};
/** Of more windows so many are shown one by one, the last. */
const mostLines = 40;
/** Twice the threshold and more fills the line. */
const full = 2;

/** Windows of a file or of the store for a terminal: the windows first, then each feature over them. */
export function driftWindowsView(result: DriftWindows): string {
  const { status, windows, features, against, reference, notes } = result;
  const drifted = windows.filter((window) => window.features_drifted > 0).length;
  const rows = reference === null ? '' : ` of ${grouped(reference.rows)} rows`;
  const head = `${colouredVerdict(status)} - ${drifted} of ${windows.length} windows have a drifted feature; each against ${comparedWith[against]}${rows}`;
  const shown = windows.slice(-mostLines);
  const left = windows.length - shown.length;
  return [
    head,
    ...(left === 0 ? [] : [`${left} earlier windows are in the JSON alone`]),
    '',
    windowTable(shown),
    '',
    plainTable(
      [{ head: 'feature' }, { head: 'drifted', align: 'right' }, { head: 'by window' }, { head: '' }],
      features.map(({ name, judged_windows, drifted_windows, levels, onset }) => [
        visibleText(name),
        `${drifted_windows} of ${judged_windows}`,
        sparkline(levels.slice(-mostLines), mostLines, full),
        onset === undefined ? '' : onsetInWords(onset),
      ]),
    ),
    ...notes.map(visibleText),
  ].join('\n');
}

function windowTable(windows: readonly DriftWindow[]): string {
  return plainTable(
    [
      { head: 'from' },
      { head: 'until' },
      { head: 'rows', align: 'right' },
      { head: 'drifted', align: 'right' },
      { head: 'verdict' },
      { head: '' },
    ],
    windows.map(({ from, until, rows, partial, status, note, features_drifted, features }) => [
      placeInWords(from),
      placeInWords(until),
      `${grouped(rows)}`,
      features.length === 0 ? '–' : `${features_drifted} of ${features.length}`,
      colouredVerdict(status),
      [...(partial ? ['partial'] : []), ...(note === undefined ? [] : [note])].join('; '),
    ]),
  );
}

/** A time without its seconds, and without midnight; the number of a row as it is. */
function placeInWords(place: string): string {
  return place.replace(/T00:00:00\.000Z$/, '').replace(/T(\d\d:\d\d):\d\d\.\d{3}Z$/, ' $1');
}
