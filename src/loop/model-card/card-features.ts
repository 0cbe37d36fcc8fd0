import { findColumn, type Table, takeRows } from '../../data/index.ts';
import type { CardFeature, ModelCard } from '../../data/results/model-card.ts';
import type { ModelVersion } from '../../registry/index.ts';
import { readTreeEnsemble, type Scorer } from '../../scoring/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { rowsOf } from '../explaining/background-rows.ts';
import { openExplainer } from '../explaining/open-explainer.ts';
import type { CardRows } from './card-rows.ts';
import { describeValues } from './describe-values.ts';
import { typesOf } from './feature-types.ts';
import { dependenceOf, importanceOf, repeats } from './measure-features.ts';
import { shapSummary, spread } from './shap-summary.ts';

/** Rows that are counted through the trees, and that stand for the data. */
const mostBackground = 10_000;
/** So many of them tell the gains to a percent or so. */
const mostForGains = 2_000;
/** Draws a row where parts can only be estimated: many rows make up for few. */
const choices = { draws: 50, seed: 1 } as const;

export interface FeaturesQuestion {
  readonly workspace: Workspace;
  readonly version: ModelVersion;
  /** The version's ONNX file. */
  readonly content: Uint8Array;
  readonly scorer: Scorer;
  readonly rows: CardRows;
  readonly signal: AbortSignal;
}

/** What each feature looks like and what the model makes of it, most important first. */
export async function cardFeatures(
  question: FeaturesQuestion,
): Promise<Pick<ModelCard, 'features' | 'explanation' | 'permutation'>> {
  const { workspace, version, rows, scorer, signal } = question;
  const names = version.features;
  const types = new Map(
    typesOf(workspace, version, rows.data?.features).map(({ name, type }) => [name, type]),
  );
  if (rows.data === undefined) {
    const features = names.map((name) => ({ ...unknown, name, type: types.get(name) ?? 'numerical' }));
    return { features, explanation: null, permutation: null };
  }
  const table = rows.data.features;
  const background = rowsOf(evenly(table, mostBackground), names);
  const gains = gainsOf(question.content, spread(background, mostForGains), names.length);
  const { summary, explanation } = await explained(question, background);
  const order = [...names.keys()].toSorted(
    (a, b) => (summary?.features[b]?.mean_absolute ?? 0) - (summary?.features[a]?.mean_absolute ?? 0),
  );
  const ranked = order.flatMap((place) => names[place] ?? []);
  const score = (values: Float64Array, count: number) => scorer.score(values, count);
  const { evaluated } = rows;
  const importance =
    evaluated === undefined
      ? undefined
      : await importanceOf(names, ranked, rowsOf(evaluated.features, names), evaluated.labels, score, signal);
  const dependence = await dependenceOf(names, ranked, background, score, signal);
  return {
    features: order.flatMap((place): CardFeature[] => {
      const name = names[place];
      const column = name === undefined ? undefined : findColumn(table, name);
      if (name === undefined || column?.kind !== 'numeric') return [];
      return [
        {
          name,
          type: types.get(name) ?? 'numerical',
          values: describeValues(column.values),
          gain: gains?.[place] ?? null,
          permutation: importance?.features.get(name) ?? null,
          shap: summary?.features[place] ?? null,
          dependence: dependence.get(name) ?? null,
        },
      ];
    }),
    explanation,
    permutation: importance === undefined ? null : { rows: importance.rows, repeats },
  };
}

const unknown = { values: null, gain: null, permutation: null, shap: null, dependence: null } as const;

function evenly(table: Table, most: number): Table {
  if (table.rows <= most) return table;
  return takeRows(
    table,
    Uint32Array.from(
      spread(
        Array.from({ length: table.rows }, (_, row) => row),
        most,
      ),
    ),
  );
}

/** As shares of their sum; undefined where the model is no tree ensemble. */
function gainsOf(content: Uint8Array, rows: readonly Float64Array[], width: number) {
  const gains = readTreeEnsemble(content)?.gains(rows, width);
  const sum = gains?.reduce((total, gain) => total + gain, 0) ?? 0;
  return sum === 0 ? undefined : gains?.map((gain) => gain / sum);
}

async function explained(
  { workspace, version, signal }: FeaturesQuestion,
  background: readonly Float64Array[],
) {
  if (background.length === 0) return { summary: undefined, explanation: null };
  const explainer = await openExplainer(workspace, version, background, choices);
  try {
    const summary = await shapSummary(explainer, background, signal);
    const { method, scale } = explainer;
    const { base, rows } = summary;
    return { summary, explanation: { method, scale, base, rows, background_rows: background.length } };
  } finally {
    await explainer.close();
  }
}
