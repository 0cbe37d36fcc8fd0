import { resolve } from 'node:path';
import { readSchema, readTable, textFields, writeFileAtomic } from '../../data/index.ts';
import type { DriftResult } from '../../data/results/drift.ts';
import { featureTypes, inferLikeEvidently, measureDrift, schemaFeatureTypes } from '../../drift/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { UsageError } from '../../platform/errors.ts';
import { driftDefaults } from '../../workspace/defaults.ts';

export interface FilesToCompare {
  readonly reference: string;
  readonly current: string;
  readonly html?: string;
  readonly schema?: string;
  readonly types: 'schema' | 'evidently';
  readonly format?: string;
  readonly minimumRows: string;
}

/** Drift between two bare files, with the report when `html` names one. */
export async function compareFiles(
  files: FilesToCompare,
  clock: Clock,
  signal: AbortSignal,
): Promise<DriftResult> {
  const minimumRows = Number(files.minimumRows);
  if (!Number.isInteger(minimumRows) || minimumRows < 0) {
    throw new UsageError(`--minimum-rows '${files.minimumRows}' is no whole number`, {
      remedy: 'write it like --minimum-rows 200',
    });
  }
  const schema = files.schema === undefined ? undefined : readSchema(files.schema);
  const options = { format: files.format, text: schema === undefined ? [] : textFields(schema), signal };
  const reference = await readTable(files.reference, options);
  const current = await readTable(files.current, options);
  const features =
    files.types === 'evidently'
      ? inferLikeEvidently(reference, current)
      : schema === undefined
        ? featureTypes(reference, current)
        : schemaFeatureTypes(schema);
  const measured = measureDrift({ reference, current, features, ...driftDefaults, minimumRows });
  if (files.html === undefined) return measured;
  const { renderDriftPage } = await import('../../report/drift-page.tsx');
  const subject = { referenceName: files.reference, currentName: files.current, generatedAt: clock.now() };
  const result = { ...measured, report: resolve(files.html) };
  writeFileAtomic(result.report, renderDriftPage(result, subject));
  return result;
}
