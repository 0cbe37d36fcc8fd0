import { existsSync, readdirSync, statSync } from 'node:fs';
import { MlopsError, messageWithCause } from '../platform/errors.ts';
import { outlineProblems } from '../store/index.ts';
import type { WorkspacePaths } from '../workspace/index.ts';
import { type Check, type Finding, unmeasured } from './check.ts';
import { counted, sizeInWords } from './in-words.ts';

/** The store opens, is of this program's version, has its tables, and the small ones are whole; `mlops verify` reads all of it. */
export const checkStore: Check = {
  name: 'store',
  contact: 'infrastructure',
  needs: 'files',
  examine: ({ workspace, opened }) => {
    const { paths } = workspace;
    if (opened.kind === 'failed') return isFresh(paths) ? nothingRecorded : cannotOpen(opened.error);
    const { store } = opened;
    const problems = store.read(() => outlineProblems(store));
    const found = { observed: problems.length, threshold: 0, unit: 'problems' } as const;
    const [first] = problems;
    if (first === undefined) {
      const summary = `opens, its tables are there, ${sizeInWords(statSync(paths.store).size)}`;
      return { ...found, status: 'OK', summary, remedy: null };
    }
    return {
      ...found,
      status: 'CRITICAL',
      summary: `${counted(problems.length, 'problem')}: ${first}`,
      remedy: 'see all of it with mlops verify, then bring back what is readable: mlops store recover',
    };
  },
};

/** A store comes with the first thing recorded; where no artifact was kept either, none is lost. */
function isFresh({ store, artifacts }: WorkspacePaths): boolean {
  return !existsSync(store) && (!existsSync(artifacts) || readdirSync(artifacts).length === 0);
}

const nothingRecorded: Finding = {
  ...unmeasured,
  status: 'UNKNOWN',
  summary: 'nothing is recorded in this workspace yet',
  remedy: 'register a model: mlops model register FILE.onnx, or train one: mlops train --data FILE',
};

function cannotOpen(error: unknown): Finding {
  const known = error instanceof MlopsError ? error : undefined;
  return {
    ...unmeasured,
    status: 'CRITICAL',
    summary: known === undefined ? String(error) : messageWithCause(known),
    remedy: known?.remedy ?? 'bring back what is readable: mlops store recover',
  };
}
