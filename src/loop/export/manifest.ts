import { readFileSync } from 'node:fs';
import { definitionFaults } from '../../data/definition-faults.ts';
import { type ExportManifest, exportManifestDefinition } from '../../data/results/export.ts';
import { DataError, fromSystemError } from '../../platform/errors.ts';

export const manifestName = 'manifest.json';

/** @throws NoInputError when it is missing, DataError when it is no manifest of an export */
export function readManifest(path: string): ExportManifest {
  try {
    const parsed = exportManifestDefinition.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (parsed.success) return parsed.data;
    throw noManifest(path, definitionFaults(parsed.error).join('; '));
  } catch (error) {
    throw error instanceof SyntaxError
      ? noManifest(path, error.message)
      : fromSystemError(error, `the manifest ${path} cannot be read`);
  }
}

function noManifest(path: string, why: string): DataError {
  return new DataError(`${path} is no manifest of an export`, {
    why,
    remedy: 'name the folder that mlops export wrote',
  });
}
