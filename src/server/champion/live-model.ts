import { defaultMissingValues } from '../../data/index.ts';
import { requireGoldenAnswers } from '../../health/golden-rows.ts';
import { workspaceSchema } from '../../loop/workspace-schema.ts';
import type { ModelVersion } from '../../registry/index.ts';
import { readArtifact } from '../../registry/index.ts';
import { openScorer, type Scorer } from '../../scoring/index.ts';
import type { LoggedFeatures } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { type FeatureRule, featureRules } from '../predicting/feature-rule.ts';
import { type RowReader, rowReader } from '../predicting/row-reader.ts';

/** The model version that answers, ready for the next row. */
export interface LiveModel {
  readonly version: ModelVersion;
  readonly rules: readonly FeatureRule[];
  /** Texts of a CSV body that stand for a missing value. */
  readonly missing: ReadonlySet<string>;
  readonly reader: RowReader;
  readonly features: LoggedFeatures;
  /** Of rows as they are logged, row-major. @returns probability of outcome 1, one a row */
  score(numbers: Float64Array, rows: number): Promise<Float64Array>;
  /** Keeps it open for rows that wait, until the function that this gives is called. */
  hold(): () => void;
  /** Gives its memory back once nobody holds it. */
  retire(): void;
}

/** One thread: a few rows at once are scored faster than threads are woken, and the others are needed for what comes in. */
const threads = 1;

/**
 * Loads a version, warms it, and checks its artifact and golden rows.
 * @throws DataError or NoInputError when it is not what was registered, or does not fit the workspace's schema
 */
export async function loadModel(workspace: Workspace, version: ModelVersion): Promise<LiveModel> {
  const { artifacts } = workspace.paths;
  const content = readArtifact(artifacts, version.sha256, 'onnx');
  const schema = workspaceSchema(workspace);
  const rules = featureRules(schema, version.features);
  const reader = rowReader(rules, workspace.config.serve.out_of_range);
  const scorer = await openScorer(content, version.features, threads);
  try {
    await warmAndCheck(scorer, version);
  } catch (error) {
    await scorer.close();
    throw error;
  }
  const { numeric } = reader.features;
  const places = version.features.map((name) => numeric.indexOf(name));
  const inOrder = places.length === numeric.length && places.every((place, index) => place === index);
  let holders = 0;
  let retired = false;
  const closeIfDone = () => {
    if (retired && holders === 0) void scorer.close();
  };
  return {
    version,
    rules,
    missing: new Set(schema?.missingValues ?? defaultMissingValues),
    reader,
    features: reader.features,
    score: (numbers, rows) =>
      scorer.score(inOrder ? numbers : pick(numbers, rows, numeric.length, places), rows),
    hold: () => {
      holders++;
      return () => {
        holders--;
        closeIfDone();
      };
    },
    retire: () => {
      retired = true;
      closeIfDone();
    },
  };
}

/** The first runs of a session are slow: it plans its memory then, one number of rows after the other. */
async function warmAndCheck(scorer: Scorer, version: ModelVersion): Promise<void> {
  const { golden } = version;
  for (const rows of [1, golden.length]) {
    const some = golden.slice(0, rows);
    const values = some.flatMap(({ features }) => features.map((value) => value ?? Number.NaN));
    requireGoldenAnswers(
      { ...version, golden: some },
      await scorer.score(Float64Array.from(values), some.length),
    );
  }
}

function pick(numbers: Float64Array, rows: number, stride: number, places: readonly number[]): Float64Array {
  const picked = new Float64Array(rows * places.length);
  let cell = 0;
  for (let row = 0; row < rows; row++)
    for (const place of places) picked[cell++] = numbers[row * stride + place] ?? Number.NaN;
  return picked;
}
