import { resolve } from 'node:path';
import { writeFileAtomic } from '../../data/index.ts';
import type { DriftResult } from '../../data/results/drift.ts';
import { UsageError } from '../../platform/errors.ts';
import { driftText, reportExtensions, reportFormat } from '../../report/drift-formats.ts';
import type { DriftSubject } from '../../report/drift-subject.ts';

/** A drift result and what it is about. */
export interface ComparedDrift {
  readonly result: DriftResult;
  readonly subject: DriftSubject;
}

/** @throws UsageError when the extension of one of the files says no format */
export function checkReportFiles(files: readonly string[]): void {
  const unknown = files.find((file) => reportFormat(file) === undefined);
  if (unknown === undefined) return;
  throw new UsageError(`--report '${unknown}' names no format`, {
    why: `the extension says it: ${reportExtensions.join(', ')}`,
    remedy: 'write it like --report drift.md, or --html for an HTML file of any name',
  });
}

export interface ReportFiles {
  readonly html?: string | undefined;
  /** In the format that the extension of each says. */
  readonly report?: readonly string[] | undefined;
}

/** Writes the files that were asked for. @returns the result with the path of its HTML report */
export async function writeDriftReports(
  { result, subject }: ComparedDrift,
  { html, report = [] }: ReportFiles,
): Promise<ComparedDrift> {
  const files = [
    ...(html === undefined ? [] : [{ path: resolve(html), format: 'html' as const }]),
    ...report.map((path) => ({ path: resolve(path), format: reportFormat(path) ?? ('json' as const) })),
  ];
  const page = files.find(({ format }) => format === 'html');
  const written = page === undefined ? result : { ...result, report: page.path };
  for (const { path, format } of files) writeFileAtomic(path, await driftText(format, written, subject));
  return { result: written, subject };
}
