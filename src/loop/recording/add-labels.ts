import { inspectFile } from '../../data/inspect-file.ts';
import { readRecords } from '../../data/read-records.ts';
import type { LabelsAddResult } from '../../data/results/labels-add.ts';
import type { Clock } from '../../platform/clock.ts';
import { DataError, UsageError } from '../../platform/errors.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import { labelCoverage, openStore, recordEvent } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { writeRejects } from './rejects-file.ts';
import { type LabelRow, labelTaker } from './take-labels.ts';

const columns = ['prediction_id', 'true_label', 'label_timestamp', 'label_source'] as const;
const rowsBetweenLooks = 5_000;

/**
 * Adds a CSV of labels in one transaction. A label that differs from the one known replaces it, and the old one is kept; rows
 * that cannot be labels are written to a file of rejects with line, value and reason.
 * @throws DataError when the file is no CSV or lacks a column; then nothing is added
 */
export async function addLabels(
  workspace: Workspace,
  path: string,
  who: string,
  dryRun: boolean,
  clock: Clock,
  signal: AbortSignal,
): Promise<LabelsAddResult> {
  const rows = readLabelRows(path);
  await nextTurn(signal);
  using store = openStore(workspace.paths.store, { create: false });
  const before = labelCoverage(store);
  const now = clock.now();
  const { take, counts, rejects } = labelTaker(store, now);
  let after = before;
  const work = async () => {
    for (const [index, row] of rows.entries()) {
      if (index % rowsBetweenLooks === 0) await nextTurn(signal);
      take(row);
    }
    await nextTurn(signal);
    after = labelCoverage(store);
    if (dryRun) throw new DryRun();
    if (counts.added + counts.corrected > 0) {
      recordEvent(store, {
        at: now,
        who,
        command: 'labels add',
        reason: path,
        before,
        after: { ...counts, ...after },
      });
    }
  };
  try {
    await store.changeInTurns(work);
  } catch (error) {
    if (!(error instanceof DryRun)) throw error;
  }
  const rejectsFile = rejects.length === 0 || dryRun ? null : writeRejects(workspace, path, 'line', rejects);
  const { unmatched, ...written } = counts;
  return {
    read: rows.length,
    ...written,
    rejected: rejects.length,
    unmatched,
    rejects_file: rejectsFile,
    coverage: { before, after },
    dry_run: dryRun,
  };
}

/** Leaves the transaction so that it is rolled back. */
class DryRun extends Error {}

function readLabelRows(path: string): readonly LabelRow[] {
  if (path === '-')
    throw new UsageError('labels add takes a file, not standard input', {
      remedy: 'write the labels to a file first',
    });
  const header = inspectFile(path, 'csv');
  const absent = columns.filter((name) => !header.includes(name));
  if (absent.length > 0) {
    throw new DataError(`${path} lacks ${absent.join(', ')}`, {
      why: `labels have the columns ${columns.join(', ')}`,
      remedy: 'add the columns',
    });
  }
  return readRecords(path).map(({ line, cells }) => ({
    place: line,
    prediction_id: cells.prediction_id ?? '',
    true_label: cells.true_label ?? '',
    label_timestamp: cells.label_timestamp ?? '',
    label_source: cells.label_source ?? '',
  }));
}
