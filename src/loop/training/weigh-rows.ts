import { type NumericColumn, requireNumeric, type Table } from '../../data/index.ts';
import type { Importance } from '../../data/results/train.ts';
import type { LearningRows } from './learn.ts';

/** Rows that training rows are to look like. */
export interface CurrentRows {
  readonly features: Table;
  /** Where they come from, in words. */
  readonly name: string;
}

export interface WeighedRows {
  readonly rows: LearningRows;
  readonly older: LearningRows | undefined;
  /** Null where nothing was weighed. */
  readonly importance: Importance | null;
}

/** Fewer current rows than this do not say where the population has gone. */
const fewestCurrent = 200;

/**
 * Weighs the rows, and the older ones, by how like they are the current ones; what a row weighed before is a factor.
 * @throws DataError when the current rows lack a feature
 */
export async function weighRows(
  rows: LearningRows,
  older: LearningRows | undefined,
  current: CurrentRows | undefined,
  seed: number,
  signal: AbortSignal,
): Promise<WeighedRows> {
  if (current === undefined) return { rows, older, importance: null };
  const { features, name } = current;
  if (features.rows < fewestCurrent) {
    const note = `not weighted towards ${name}: ${features.rows} rows, at least ${fewestCurrent} are needed`;
    return { rows: { ...rows, notes: [...rows.notes, note] }, older, importance: null };
  }
  const names = rows.features.columns.map((column) => column.name);
  const parts = older === undefined ? [rows] : [older, rows];
  const learned = names.map((each) => joined(parts.map((part) => requireNumeric(part.features, each))));
  const { importanceWeights } = await import('../../drift/index.ts');
  const found = await importanceWeights(
    learned,
    names.map((each) => requireNumeric(features, each)),
    seed,
    signal,
  );
  if (found === null) return { rows, older, importance: null };
  const { weights, effectiveRows, clipped, rocAuc, drifted } = found;
  const before = older?.target.length ?? 0;
  const weighed = (part: LearningRows, first: number): LearningRows => ({
    ...part,
    weights: part.target.map((_, row) => (part.weights?.[row] ?? 1) * (weights[first + row] ?? 1)),
  });
  return {
    rows: drifted ? weighed(rows, before) : rows,
    older: drifted ? older && weighed(older, 0) : older,
    importance: {
      current: name,
      current_rows: features.rows,
      roc_auc: rocAuc,
      weighted: drifted,
      rows: weights.length,
      effective_rows: effectiveRows,
      clipped,
    },
  };
}

function joined(parts: readonly NumericColumn[]): NumericColumn {
  const [first] = parts;
  const values = new Float64Array(parts.reduce((sum, part) => sum + part.values.length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    at += part.values.length;
  }
  return { kind: 'numeric', name: first?.name ?? '', type: first?.type ?? 'number', values };
}
