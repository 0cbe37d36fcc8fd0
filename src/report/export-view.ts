import { basename } from 'node:path';
import type { ExportResult, ExportVerification } from '../data/results/export.ts';

/** What was exported, a line a file. */
export function exportView({ path, files, manifest, notes }: ExportResult): string {
  return [
    ...files.map(
      ({ path: file, rows, bytes, sha256 }) =>
        `${basename(file)}: ${rows} rows, ${bytes} bytes, sha256 ${sha256.slice(0, 12)}…`,
    ),
    manifest === basename(manifest) ? `archive: ${path}` : `manifest: ${manifest}`,
    ...notes.map((note) => `note: ${note}`),
  ].join('\n');
}

export function exportVerificationView(result: ExportVerification): string {
  return [
    `${result.status} - ${result.files} files, ${result.rows} rows, exported ${result.generated_at}, audit row ${result.audit.events}`,
    ...result.problems,
  ].join('\n');
}
