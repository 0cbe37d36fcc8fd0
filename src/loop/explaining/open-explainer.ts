import type { ExplanationMethod, ExplanationScale } from '../../data/results/prediction-explanation.ts';
import {
  linearShap,
  probabilityOf,
  type Shapley,
  sampledShapley,
  treeShap,
} from '../../explanation/index.ts';
import { type ModelVersion, readArtifact } from '../../registry/index.ts';
import { openScorer, readLinearModel, readTreeEnsemble } from '../../scoring/index.ts';
import { randomFrom } from '../../training/random.ts';
import type { Workspace } from '../../workspace/index.ts';

/** Tells what the answers of one version are made of. */
export interface Explainer {
  readonly method: ExplanationMethod;
  readonly scale: ExplanationScale;
  /** @param row one value a feature, in the version's order; NaN is missing */
  explain(row: Float64Array): Promise<ExplainedRow>;
  close(): Promise<void>;
}

export interface ExplainedRow {
  readonly base: number;
  /** One a feature; base and parts add up to the answer. */
  readonly parts: Float64Array;
  /** Standard errors where the parts are estimated; undefined where they are exact. */
  readonly errors: Float64Array | undefined;
}

export interface ExplainerChoices {
  /** Draws a row where the parts can only be estimated; fewer of a model with hundreds of features. */
  readonly draws: number;
  readonly seed: number;
}

/** So many values, at most, are scored for one row. */
const mostCells = 2e8;
const fewestDraws = 10;

/** As far as float32 sums in another order differ. */
const tolerance = 1e-4;

/**
 * Exact for tree ensembles and logistic regression, by sampling for any other model.
 * @param background at least one row
 */
export async function openExplainer(
  workspace: Workspace,
  version: ModelVersion,
  background: readonly Float64Array[],
  { draws, seed }: ExplainerChoices,
): Promise<Explainer> {
  const content = readArtifact(workspace.paths.artifacts, version.sha256, 'onnx');
  const width = version.features.length;
  const ensemble = readTreeEnsemble(content);
  if (ensemble?.scale !== undefined) {
    const { base, scale } = ensemble;
    return exact('tree_shap', scale, treeShap({ trees: ensemble.trees(), base, width }, background));
  }
  const linear = readLinearModel(content, width);
  if (linear !== undefined) {
    const shapley = linearShap(linear, background, width);
    if (answersAs(version, shapley)) return exact('linear_shap', 'log_odds', shapley);
  }
  const scorer = await openScorer(content, version.features);
  const score = (values: Float64Array, rows: number) => scorer.score(values, rows);
  const affordable = Math.max(fewestDraws, Math.floor(mostCells / (2 * width * width)));
  return {
    method: 'sampled_shapley',
    scale: 'probability',
    explain: (row) =>
      sampledShapley({
        row,
        background,
        draws: Math.min(draws, affordable),
        random: randomFrom(seed),
        score,
      }),
    close: () => scorer.close(),
  };
}

function exact(method: ExplanationMethod, scale: ExplanationScale, shapley: Shapley): Explainer {
  const { base, parts } = shapley;
  return {
    method,
    scale,
    explain: async (row) => ({ base, parts: parts(row), errors: undefined }),
    close: async () => {},
  };
}

/** Whether a graph of another program was read as it answers. */
function answersAs({ golden }: ModelVersion, { base, parts }: Shapley): boolean {
  return golden.every(({ features, probability }) => {
    const row = Float64Array.from(features, (value) => value ?? Number.NaN);
    const sum = parts(row).reduce((total, part) => total + part, base);
    return Math.abs(probabilityOf(sum, 'log_odds') - probability) <= tolerance;
  });
}
