import { checkVersion } from '../../health/golden-rows.ts';
import { DataError, NoInputError } from '../../platform/errors.ts';
import { alternatives, type ModelVersion } from '../../registry/index.ts';
import type { Store } from '../../store/index.ts';

/**
 * Checks a version; where it fails, the error names the next one that passes the same check.
 * @param commandFor the line to type for another version
 * @returns how many golden rows were checked
 * @throws DataError or NoInputError when the artifact is damaged, gone, or answers otherwise than at registration
 */
export async function checkOrOfferAnother(
  store: Store,
  version: ModelVersion,
  artifactsFolder: string,
  commandFor: (version: number) => string,
): Promise<number> {
  try {
    return await checkVersion(version, artifactsFolder);
  } catch (error) {
    if (!isUnfit(error)) throw error;
    const good = await firstGood(alternatives(store, version), artifactsFolder);
    const remedy =
      good === undefined
        ? 'restore the artifact from a backup; no other version that was in use passes the check'
        : `${commandFor(good.version)} (its hash and ${good.golden.length} golden rows are as they were)`;
    const text = error.why === undefined ? { remedy } : { why: error.why, remedy };
    throw error instanceof DataError
      ? new DataError(error.message, text)
      : new NoInputError(error.message, text);
  }
}

async function firstGood(
  candidates: readonly ModelVersion[],
  artifactsFolder: string,
): Promise<ModelVersion | undefined> {
  for (const candidate of candidates) {
    try {
      await checkVersion(candidate, artifactsFolder);
      return candidate;
    } catch (error) {
      if (!isUnfit(error)) throw error;
    }
  }
  return undefined;
}

function isUnfit(error: unknown): error is DataError | NoInputError {
  return error instanceof DataError || error instanceof NoInputError;
}
