import type { CardFeature } from '../../data/results/model-card.ts';
import { rankColumn, spearman } from '../../drift/multivariate/spearman.ts';
import type { Explainer } from '../explaining/open-explainer.ts';

export interface ShapSummary {
  readonly base: number;
  /** Rows that were explained. */
  readonly rows: number;
  /** One a feature. */
  readonly features: readonly NonNullable<CardFeature['shap']>[];
}

const mostRows = 1_000;
/** Drawn in a picture; more would lie on each other. */
const mostPoints = 200;

/** What each feature adds to the answers to some of the rows, evenly spread. @param rows at least one */
export async function shapSummary(
  explainer: Explainer,
  rows: readonly Float64Array[],
  signal: AbortSignal,
): Promise<ShapSummary> {
  const explained = spread(rows, Math.min(mostRows, explainer.rowsASecond));
  const parts: Float64Array[] = [];
  let base = 0;
  for (const row of explained) {
    signal.throwIfAborted();
    const found = await explainer.explain(row);
    parts.push(found.parts);
    base = found.base;
  }
  const places = spread([...explained.keys()], mostPoints);
  const width = explained[0]?.length ?? 0;
  const features = Array.from({ length: width }, (_, feature) => {
    const own = Float64Array.from(parts, (each) => each[feature] ?? 0);
    const values = rankColumn(Float64Array.from(explained, (row) => row[feature] ?? Number.NaN));
    const most = Math.max(1, values.order.length - 1);
    return {
      mean_absolute: own.reduce((sum, part) => sum + Math.abs(part), 0) / own.length,
      direction: spearman(values, rankColumn(own))?.rho ?? null,
      points: places.map((place) => {
        const rank = values.ranks[place] ?? Number.NaN;
        return { rank: Number.isNaN(rank) ? null : (rank - 1) / most, part: own[place] ?? 0 };
      }),
    };
  });
  return { base, rows: explained.length, features };
}

/** At most so many, evenly spread over all. */
export function spread<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, index) => all[Math.floor((index * all.length) / most)]).filter(
    (each) => each !== undefined,
  );
}
