import { orderByTime, readTable, type Table, textFields } from '../../data/index.ts';
import type { DriftWindows } from '../../data/results/drift-windows.ts';
import {
  type Against,
  cutWindows,
  measureWindows,
  requireWeekApart,
  type WindowRule,
  type WindowsQuestion,
} from '../../drift/index.ts';
import { UsageError } from '../../platform/errors.ts';
import { driftDefaults } from '../../workspace/defaults.ts';
import { comparisonRules, requireRulesFit } from './asked-rules.ts';
import { withCalibrationNotes } from './calibration-file.ts';
import {
  type FilesToCompare,
  fileCalibration,
  requireComparable,
  schemaWithFeatures,
  typingOf,
} from './compare-files.ts';

export interface FilesInWindows
  extends Pick<
    FilesToCompare,
    'current' | 'schema' | 'types' | 'format' | 'minimumRows' | 'rules' | 'calibration'
  > {
  /** Needed where the windows are compared with it. */
  readonly reference: string | undefined;
  /** Column of times of the current file; without it its rows are taken as they come. */
  readonly time: string | undefined;
  readonly rule: WindowRule;
  readonly against: Against;
}

/** Drift of each window of a file, against another file or against each other. @throws DataError, ConfigurationError as compareFiles */
export async function compareFileWindows(files: FilesInWindows, signal: AbortSignal): Promise<DriftWindows> {
  if (files.against === 'week_before') requireWeekApart(files.rule);
  const schema = schemaWithFeatures(files.schema);
  const options = { format: files.format, text: schema === undefined ? [] : textFields(schema), signal };
  const read = async (path: string): Promise<Table> => {
    const table = await readTable(path, options);
    requireComparable(table, path, schema);
    return table;
  };
  const { table: current, times, notes } = ordered(await read(files.current), files.time);
  const against = await compareWith(files, read);
  const reference = against.kind === 'reference' ? against.reference : current;
  const features = typingOf(files, schema)(reference, current).filter(({ name }) => name !== files.time);
  requireRulesFit(files.rules, features);
  const rules = comparisonRules(files.rules);
  const calibration =
    files.reference === undefined
      ? undefined
      : await fileCalibration({ ...files, reference: files.reference }, rules, signal);
  const measured = measureWindows({
    current,
    times,
    windows: cutWindows(files.rule, { rows: current.rows, times }),
    against,
    features,
    ...driftDefaults,
    minimumRows: files.minimumRows,
    rules: { ...rules, calibration: calibration?.limits },
  });
  return withCalibrationNotes({ ...measured, notes: [...notes] }, calibration);
}

function ordered(table: Table, time: string | undefined) {
  return time === undefined ? { table, times: undefined, notes: [] } : orderByTime(table, time);
}

async function compareWith(
  { against, reference }: FilesInWindows,
  read: (path: string) => Promise<Table>,
): Promise<WindowsQuestion['against']> {
  if (against !== 'reference') return { kind: against };
  if (reference !== undefined) return { kind: against, reference: await read(reference) };
  throw new UsageError('there is nothing to compare the windows with', {
    remedy: 'give --reference FILE, or --against previous',
  });
}
