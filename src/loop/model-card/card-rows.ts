import { resolve } from 'node:path';
import { findColumn, readTable, type Table, takeRows, textFields } from '../../data/index.ts';
import type { ModelCard } from '../../data/results/model-card.ts';
import { toIso } from '../../platform/clock.ts';
import type { ModelVersion } from '../../registry/index.ts';
import { firstPredictionAt, readWindow, type Store } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { gateRows } from '../gating/gate-rows.ts';
import { keptRows } from '../training/kept-rows.ts';
import { storeSource } from '../training/training-data.ts';
import { workspaceSchema } from '../workspace-schema.ts';

/** The rows that a card is made from, each with what it is; undefined where there are none. */
export interface CardRows {
  /** Describe the features, and are the background of explanations. */
  readonly data: { readonly what: string; readonly features: Table } | undefined;
  /** Labelled, and not learned from. */
  readonly evaluated: LabelledRows | undefined;
  readonly target: string | null;
  readonly outcomes: ModelCard['data']['outcomes'];
  readonly period: ModelCard['data']['period'];
}

interface LabelledRows {
  readonly what: string;
  readonly features: Table;
  /** 0 or 1, one a row. */
  readonly labels: Float64Array;
}

/** So many tell every figure well enough; the newest of more. */
const mostEvaluated = 100_000;
const mostPredictions = 10_000;

/** @param now epoch milliseconds; neither predictions nor labels from later are seen */
export async function cardRows(
  workspace: Workspace,
  store: Store,
  version: ModelVersion,
  now: number,
): Promise<CardRows> {
  const kept = await keptRows(workspace, store, version);
  if (kept === undefined) return rowsOfForeign(workspace, store, version, now);
  const { rows, run, train, validation } = kept;
  const shown = validation.slice(-mostEvaluated);
  const counts = (part: Uint32Array) => ({
    rows: part.length,
    positives: part.reduce((count, row) => count + (rows.target[row] === 1 ? 1 : 0), 0),
  });
  const first = run.data === storeSource ? firstPredictionAt(store) : earliest(rows.times);
  const until = version.validatedUntil ?? version.learnedUntil;
  return {
    data: { what: `training data of version ${version.version}`, features: rows.features },
    evaluated: {
      what: `the rows that validated version ${version.version}, which it did not learn from`,
      features: takeRows(rows.features, shown),
      labels: Float64Array.from(shown, (row) => rows.target[row] ?? Number.NaN),
    },
    target: run.target,
    outcomes: { earlier: counts(train), validation: counts(validation) },
    period: {
      from: until === null || first === undefined ? null : toIso(first),
      until: until === null ? null : toIso(until),
    },
  };
}

function earliest(times: Float64Array | undefined): number | undefined {
  return times?.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
}

/** Of a model that came without its rows: the reference that mlops.yaml names, the store's predictions and labels. */
async function rowsOfForeign(
  workspace: Workspace,
  store: Store,
  version: ModelVersion,
  now: number,
): Promise<CardRows> {
  const { features, labels } = await gateRows(workspace, store, undefined, version, now);
  const newest = Uint32Array.from(labels.keys()).slice(-mostEvaluated);
  const isWhole = hasAll(features, version) && newest.length > 0;
  return {
    data: await dataOfForeign(workspace, store, version, now),
    evaluated: isWhole
      ? {
          what:
            version.learnedUntil === null
              ? 'labelled predictions since its registration'
              : 'labelled predictions from after the rows it learned from',
          features: takeRows(features, newest),
          labels: labels.slice(-mostEvaluated),
        }
      : undefined,
    target: workspace.config.model.target ?? null,
    outcomes: null,
    period: { from: null, until: version.learnedUntil === null ? null : toIso(version.learnedUntil) },
  };
}

async function dataOfForeign(
  workspace: Workspace,
  store: Store,
  version: ModelVersion,
  now: number,
): Promise<CardRows['data']> {
  const named = workspace.config.monitoring.reference;
  if (named !== undefined) {
    const schema = workspaceSchema(workspace);
    const text = schema === undefined ? [] : textFields(schema);
    return { what: named, features: await readTable(resolve(workspace.root, named), { text }) };
  }
  const window = readWindow(store, { from: 0, until: now, newest: mostPredictions });
  if (window.rows === 0 || !hasAll(window.features, version)) return undefined;
  return { what: 'newest predictions of the store', features: window.features };
}

function hasAll(table: Table, { features }: ModelVersion): boolean {
  return features.every((name) => findColumn(table, name)?.kind === 'numeric');
}
