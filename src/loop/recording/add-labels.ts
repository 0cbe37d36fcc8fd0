import { inspectFile } from '../../data/inspect-file.ts';
import { readRecords } from '../../data/read-records.ts';
import type { LabelsAddResult } from '../../data/results/labels-add.ts';
import { type Clock, parseIso } from '../../platform/clock.ts';
import { DataError, UsageError } from '../../platform/errors.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import { type Label, labelCoverage, labelWriter, openStore, recordEvent } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { type Reject, writeRejects } from './rejects-file.ts';

const columns = ['prediction_id', 'true_label', 'label_timestamp', 'label_source'] as const;
const rowsBetweenLooks = 5_000;

type LabelRow = Readonly<Record<(typeof columns)[number], string>> & { readonly line: number };

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
  const rejects: Reject[] = [];
  const counts = { added: 0, corrected: 0, unchanged: 0, unmatched: 0 };
  const before = labelCoverage(store);
  const now = clock.now();
  let after = before;
  const work = async () => {
    const writer = labelWriter(store);
    for (const [index, row] of rows.entries()) {
      if (index % rowsBetweenLooks === 0) await nextTurn(signal);
      const predictedAt = writer.predictedAt(row.prediction_id);
      if (predictedAt === undefined) counts.unmatched++;
      const label = toLabel(row, predictedAt, now);
      if ('reason' in label) {
        rejects.push(label);
        continue;
      }
      const outcome = writer.put(label, now);
      if (outcome === 'older' || outcome === 'contradiction') rejects.push(refused(row, outcome));
      else counts[outcome]++;
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

const refusals = {
  older: 'a newer label of this prediction is known',
  contradiction: 'another label of the same time is known; give a correction a later label_timestamp',
} as const;

function refused(row: LabelRow, outcome: keyof typeof refusals): Reject {
  return { place: row.line, value: `${row.prediction_id}: ${row.true_label}`, reason: refusals[outcome] };
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
    line,
    prediction_id: cells.prediction_id ?? '',
    true_label: cells.true_label ?? '',
    label_timestamp: cells.label_timestamp ?? '',
    label_source: cells.label_source ?? '',
  }));
}

function toLabel(row: LabelRow, predictedAt: number | undefined, now: number): Label | Reject {
  const reject = (value: string, reason: string): Reject => ({ place: row.line, value, reason });
  const time = parseIso(row.label_timestamp);
  if (row.prediction_id === '') return reject('', 'prediction_id is missing');
  if (predictedAt === undefined) return reject(row.prediction_id, 'no prediction has this id');
  if (row.true_label !== '0' && row.true_label !== '1')
    return reject(row.true_label, 'true_label is not 0 or 1');
  if (time === undefined) return reject(row.label_timestamp, 'label_timestamp is not ISO 8601 with its zone');
  if (time > now) return reject(row.label_timestamp, 'label_timestamp lies in the future');
  if (time < predictedAt) return reject(row.label_timestamp, 'label_timestamp lies before the prediction');
  return {
    prediction_id: row.prediction_id,
    true_label: Number(row.true_label),
    label_timestamp: time,
    label_source: row.label_source,
  };
}
