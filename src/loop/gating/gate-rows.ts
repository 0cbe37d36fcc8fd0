import { type Table, takeRows } from '../../data/index.ts';
import { toIso } from '../../platform/clock.ts';
import type { ModelVersion } from '../../registry/index.ts';
import { labelCoverageBetween, readWindow, type Store } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { keptRows } from '../training/kept-rows.ts';
import { delayedPositives, delayNote } from './delayed-positives.ts';
import { learnedRows } from './learned-rows.ts';
import { requireKnownFeatures } from './require-known-features.ts';

/** Rows that both models are scored on, with their true outcomes. */
export interface GateRows {
  readonly features: Table;
  /** 0 or 1, one a row. */
  readonly labels: Float64Array;
  /** Share of the predictions of that time that have a label, 0..1. */
  readonly coverage: number;
  /** Predictions of the same time without a label, at most the newest of them; none where there is nothing to compare with. */
  readonly unlabelled: Table;
  /** Of the predictions, one a row; null where the rows are none. */
  readonly ids: readonly string[] | null;
  /** Which rows these are, and what to know of them. */
  readonly notes: readonly string[];
}

/**
 * The labelled predictions that neither model learned from. Without a champion and without such predictions, the rows that
 * validated the challenger. Where positives come later than negatives, or sooner, weeks whose labels have
 * mostly not come yet are left out, if without them rows enough remain.
 * @param enoughRows how many rows have to remain without those weeks; by default they are never left out
 */
export async function gateRows(
  workspace: Workspace,
  store: Store,
  champion: ModelVersion | undefined,
  challenger: ModelVersion,
  now: number,
  enoughRows = Number.POSITIVE_INFINITY,
): Promise<GateRows> {
  const versions = champion === undefined ? [challenger] : [challenger, champion];
  const from = Math.max(...versions.map(newTo));
  const window = readWindow(store, { from, until: now, labelledOnly: true, ids: true });
  if (window.rows === 0 && champion === undefined) {
    const validation = await validationRows(workspace, store, challenger);
    if (validation !== undefined) return validation;
  }
  if (window.rows > 0) for (const version of versions) requireKnownFeatures(version, window.features);
  const notes = versions.filter(isForeign).map(({ version }) => foreignNote(version));
  const left = new Set<number>();
  for (const version of versions.filter(hasNoTimes)) {
    const learned = await learnedRows(workspace, version, window.features);
    for (const row of learned) left.add(row);
    if (learned.size > 0)
      notes.push(`${learned.size} rows that version ${version.version} learned from were left out`);
  }
  const unknown = Uint32Array.from(window.times.keys()).filter((row) => !left.has(row));
  const late = delayedPositives(store, now);
  const ripe = unknown.filter((row) => (window.times[row] ?? 0) < (late?.from ?? Number.POSITIVE_INFINITY));
  const leavesLate = ripe.length >= enoughRows;
  const kept = leavesLate ? ripe : unknown;
  if (late !== undefined && ripe.length < unknown.length) notes.push(delayNote(late, leavesLate));
  const labels = Float64Array.from(kept, (row) => window.labels[row] ?? Number.NaN);
  const since = from <= 0 ? '' : ` since ${toIso(from)}`;
  const chose = kept.filter((row) => (window.times[row] ?? 0) <= (challenger.validatedUntil ?? -1)).length;
  return {
    features: takeRows(window.features, kept),
    labels,
    unlabelled: unlabelledRows(store, from, leavesLate && late !== undefined ? late.from - 1 : now),
    ids: Array.from(kept, (row) => window.ids[row] ?? ''),
    coverage: labelCoverageBetween(store, from, now).share,
    notes: [
      `scored on ${kept.length} labelled predictions${since}, from which neither model learned`,
      ...notes,
      ...(chose === 0
        ? []
        : [`the challenger's threshold was chosen on ${chose} of these rows, which favours it`]),
    ],
  };
}

/** Enough to tell them from the labelled ones, and to read in a moment. */
const mostUnlabelled = 20_000;

function unlabelledRows(store: Store, from: number, until: number): Table {
  if (until < from) return { rows: 0, columns: [] };
  const { features, labels } = readWindow(store, { from, until, newest: mostUnlabelled });
  return takeRows(
    features,
    Uint32Array.from(labels.keys()).filter((row) => Number.isNaN(labels[row])),
  );
}

/** A version that was registered without word of what it learned from. */
function isForeign({ runId, learnedUntil }: ModelVersion): boolean {
  return runId === null && learnedUntil === null;
}

function foreignNote(version: number): string {
  return `version ${version} does not say what it learned from: only predictions after its registration are sure to be new to it (register with --learned-until to count earlier ones)`;
}

/** Trained here, on rows without times. */
function hasNoTimes({ runId, learnedUntil }: ModelVersion): boolean {
  return runId !== null && learnedUntil === null;
}

/** From when on every prediction is new to the version, epoch milliseconds; 0 where its rows have to be compared. */
function newTo(version: ModelVersion): number {
  if (version.learnedUntil !== null) return version.learnedUntil + 1;
  return isForeign(version) ? version.createdAt : 0;
}

/** The later rows of the challenger's own training data; undefined for a model that was made elsewhere. */
async function validationRows(
  workspace: Workspace,
  store: Store,
  challenger: ModelVersion,
): Promise<GateRows | undefined> {
  const kept = await keptRows(workspace, store, challenger);
  if (kept === undefined) return undefined;
  const { validation, rows } = kept;
  return {
    features: takeRows(rows.features, validation),
    labels: Float64Array.from(validation, (row) => rows.target[row] ?? Number.NaN),
    unlabelled: { rows: 0, columns: [] },
    ids: null,
    coverage: 1,
    notes: [
      `no labelled prediction yet: scored on the ${validation.length} rows that validated version ${challenger.version}`,
    ],
  };
}
