import type { ExplanationMethod, ExplanationScale } from '../../data/results/prediction-explanation.ts';
import { linearShap, type Shapley, sampledShapley, treeShap } from '../../explanation/index.ts';
import { type ModelVersion, readArtifact } from '../../registry/index.ts';
import { openScorer, readLinearModel, readTreeEnsemble } from '../../scoring/index.ts';
import { randomFrom } from '../../training/random.ts';
import type { Workspace } from '../../workspace/index.ts';

/** Tells what the answers of one version are made of. */
export interface Explainer {
  readonly method: ExplanationMethod;
  readonly scale: ExplanationScale;
  /** So many rows are explained in about a second, at least one. */
  readonly rowsASecond: number;
  /** @param row one value a feature, in the version's order; NaN is missing */
  explain(row: Float64Array): Promise<ExplainedRow>;
  close(): Promise<void>;
}

export interface ExplainedRow {
  readonly base: number;
  /** One a feature; base and parts add up to the answer on the explainer's scale. */
  readonly parts: Float64Array;
  /** Of outcome 1. */
  readonly probability: number;
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
/** Leaves that are looked at, and rows that are scored, in about a second. */
const speed = { leaves: 4e6, scored: 3e5 } as const;

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
  if (ensemble !== undefined) {
    const { base, scale = 'before_calibration' } = ensemble;
    const trees = ensemble.trees();
    const leaves = trees.reduce((sum, tree) => sum + (tree.length + 1) / 2, 0);
    const rowsASecond = Math.max(1, Math.floor(speed.leaves / leaves));
    const shapley = treeShap({ trees, base, width }, background);
    return { ...exact(shapley, ensemble.score), method: 'tree_shap', scale, rowsASecond };
  }
  const linear = readLinearModel(content, width);
  if (linear !== undefined) {
    const shapley = linearShap(linear, background, width);
    const rowsASecond = Math.floor(speed.scored / width) + 1;
    const answer = (row: Float64Array) => 1 / (1 + Math.exp(-sumOf(shapley, row)));
    if (answersAs(version, answer))
      return { ...exact(shapley, answer), method: 'linear_shap', scale: 'log_odds', rowsASecond };
  }
  const scorer = await openScorer(content, version.features);
  const score = (values: Float64Array, rows: number) => scorer.score(values, rows);
  const drawn = Math.min(draws, Math.max(fewestDraws, Math.floor(mostCells / (2 * width * width))));
  return {
    method: 'sampled_shapley',
    scale: 'probability',
    rowsASecond: Math.floor(speed.scored / (2 * width * drawn)) + 1,
    explain: async (row) => {
      const found = await sampledShapley({ row, background, draws: drawn, random: randomFrom(seed), score });
      return { ...found, probability: found.parts.reduce((total, part) => total + part, found.base) };
    },
    close: () => scorer.close(),
  };
}

function exact(
  shapley: Shapley,
  answer: (row: Float64Array) => number,
): Pick<Explainer, 'explain' | 'close'> {
  const { base, parts } = shapley;
  return {
    explain: async (row) => ({ base, parts: parts(row), errors: undefined, probability: answer(row) }),
    close: async () => {},
  };
}

function sumOf({ base, parts }: Shapley, row: Float64Array): number {
  return parts(row).reduce((total, part) => total + part, base);
}

/** Whether a graph of another program was read as it answers. */
function answersAs({ golden }: ModelVersion, answer: (row: Float64Array) => number): boolean {
  return golden.every(({ features, probability }) => {
    const row = Float64Array.from(features, (value) => value ?? Number.NaN);
    return Math.abs(answer(row) - probability) <= tolerance;
  });
}
