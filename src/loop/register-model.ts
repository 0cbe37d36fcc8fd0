import { readFileSync } from 'node:fs';
import { readTable, requireNumeric, type Table } from '../data/index.ts';
import type { Clock } from '../platform/clock.ts';
import { DataError, fromSystemError } from '../platform/errors.ts';
import { type GoldenRow, registerVersion } from '../registry/index.ts';
import { openScorer } from '../scoring/index.ts';
import { openStore } from '../store/index.ts';
import type { Workspace } from '../workspace/index.ts';

export interface ModelToRegister {
  readonly file: string;
  readonly features?: readonly string[];
  readonly threshold?: number;
  /** File whose first rows become golden rows; without one, a few plain rows do. */
  readonly golden?: string;
  readonly who: string;
  readonly reason: string;
}

const mostGoldenRows = 20;
const evenOdds = 0.5;

/** Scores the golden rows with the model, so that one which cannot be scored is refused, then adds it in Staging. */
export async function registerModel(workspace: Workspace, model: ModelToRegister, clock: Clock) {
  const content = readWhole(model.file);
  const scorer = await openScorer(content, model.features);
  try {
    const rows =
      model.golden === undefined
        ? plainRows(scorer.features.length)
        : await firstRows(model.golden, scorer.features);
    const probabilities = await scorer.score(
      Float64Array.from(rows.flat(), (value) => value ?? Number.NaN),
      rows.length,
    );
    const golden: readonly GoldenRow[] = rows.map((features, index) => ({
      features: [...features],
      probability: probabilities[index] ?? Number.NaN,
    }));
    const threshold = model.threshold ?? scorer.metadata.threshold ?? evenOdds;
    const store = openStore(workspace.paths.store, { create: true });
    try {
      const change = { at: clock.now(), who: model.who, command: 'model register', reason: model.reason };
      const version = registerVersion(
        store,
        workspace.paths.artifacts,
        { content, features: scorer.features, threshold, golden },
        change,
      );
      return {
        version: version.toString(),
        stage: 'Staging',
        features: scorer.features,
        threshold,
        golden_rows: golden.length,
      };
    } finally {
      store.close();
    }
  } finally {
    await scorer.close();
  }
}

function readWhole(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw fromSystemError(error, `model ${path} cannot be read`);
  }
}

type Row = readonly (number | null)[];

/** Whole numbers, because some models take nothing else. */
function plainRows(width: number): readonly Row[] {
  return [0, 1, 10, 100, 1000].map((value) => new Array<number>(width).fill(value));
}

async function firstRows(path: string, features: readonly string[]): Promise<readonly Row[]> {
  const table: Table = await readTable(path);
  if (table.rows === 0)
    throw new DataError(`${path} has no rows`, {
      remedy: 'give a file with the rows to keep as golden rows',
    });
  const columns = features.map((name) => requireNumeric(table, name).values);
  return Array.from({ length: Math.min(mostGoldenRows, table.rows) }, (_, row) =>
    columns.map((values) => {
      const value = values[row] ?? Number.NaN;
      return Number.isNaN(value) ? null : value;
    }),
  );
}
