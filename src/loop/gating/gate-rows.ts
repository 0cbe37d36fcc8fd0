import { readTable, type Table, takeRows } from '../../data/index.ts';
import { toIso } from '../../platform/clock.ts';
import { artifactPath, type ModelVersion } from '../../registry/index.ts';
import { labelCoverageBetween, readWindow, type Store, trainingRunRow } from '../../store/index.ts';
import { temporalSplit } from '../../training/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { learningRows } from '../training/learn.ts';

/** Rows that both models are scored on, with their true outcomes. */
export interface GateRows {
  readonly features: Table;
  /** 0 or 1, one a row. */
  readonly labels: Float64Array;
  /** Share of the predictions of that time that have a label, 0..1. */
  readonly coverage: number;
  /** Which rows these are, and what to know of them. */
  readonly notes: readonly string[];
}

/**
 * The labelled predictions that neither model learned from. Without a champion and without such predictions, the rows that
 * validated the challenger.
 */
export async function gateRows(
  workspace: Workspace,
  store: Store,
  champion: ModelVersion | undefined,
  challenger: ModelVersion,
  now: number,
): Promise<GateRows> {
  const learnedUntil = Math.max(challenger.learnedUntil ?? -1, champion?.learnedUntil ?? -1);
  const window = readWindow(store, { from: learnedUntil + 1, until: now, labelledOnly: true });
  if (window.rows === 0 && champion === undefined) {
    const validation = await validationRows(workspace, store, challenger);
    if (validation !== undefined) return validation;
  }
  const since = learnedUntil < 0 ? '' : ` after ${toIso(learnedUntil)}, which neither model learned from`;
  const notes = [`scored on the ${window.rows} labelled predictions${since}`];
  const chose = window.times.filter((time) => time <= (challenger.validatedUntil ?? -1)).length;
  if (chose > 0)
    notes.push(`the challenger's threshold was chosen on ${chose} of these rows, which favours it`);
  return {
    features: window.features,
    labels: window.labels,
    coverage: labelCoverageBetween(store, learnedUntil + 1, now).share,
    notes,
  };
}

/** The later rows of the challenger's own training data; undefined for a model that was made elsewhere. */
async function validationRows(
  workspace: Workspace,
  store: Store,
  challenger: ModelVersion,
): Promise<GateRows | undefined> {
  const run = challenger.runId === null ? undefined : trainingRunRow(store, challenger.runId);
  if (run === undefined || challenger.referenceSha256 === null) return undefined;
  const path = artifactPath(workspace.paths.artifacts, challenger.referenceSha256, 'parquet');
  const { features, target, times } = learningRows(await readTable(path), run.target);
  const { validation } = temporalSplit(times, target.length, target.length - run.rows_validation);
  return {
    features: takeRows(features, validation),
    labels: Float64Array.from(validation, (row) => target[row] ?? Number.NaN),
    coverage: 1,
    notes: [
      `no labelled prediction yet: scored on the ${validation.length} rows that validated version ${challenger.version}`,
    ],
  };
}
