import { join } from 'node:path';
import type { FileFormat } from '../../data/index.ts';
import type { ExportManifest, ExportResult, ExportSubject } from '../../data/results/export.ts';
import { writeFileAtomic } from '../../data/write-file-atomic.ts';
import { writeFolderAtomic } from '../../data/write-folder-atomic.ts';
import { writeRows } from '../../data/write-rows.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { InternalError, MlopsError, UsageError } from '../../platform/errors.ts';
import { version } from '../../platform/version.ts';
import { sha256 } from '../../registry/index.ts';
import {
  auditHead,
  type ExportWindow,
  exportTables,
  openForReading,
  recordEvent,
  type Store,
} from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { exportFolder } from './export-folder.ts';
import { manifestName } from './manifest.ts';

export interface ExportRequest {
  readonly subject: ExportSubject;
  /** Folder that the export becomes. */
  readonly to: string;
  readonly window: ExportWindow;
  readonly format: FileFormat;
  /** Puts an apostrophe before texts that a spreadsheet would run as a formula; CSV only. */
  readonly spreadsheetSafe: boolean;
  readonly who: string;
}

/**
 * Writes what the store holds, as of one moment, into a folder with a manifest; an export that was there is replaced whole or
 * stays. The audit then says who exported what.
 * @throws UsageError when the request contradicts itself or the folder holds something else, InputOutputError when it cannot be written
 */
export async function exportStore(
  workspace: Workspace,
  request: ExportRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<ExportResult> {
  requireSense(request);
  const folder = exportFolder(request.to, request.subject);
  using store = openForReading(workspace.paths.store);
  const { manifest, text } = await writeFolderAtomic(folder, async (fresh) => {
    const manifest = await store.snapshot(() => fill(fresh, store, workspace, request, clock, signal));
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    writeFileAtomic(join(fresh, manifestName), text);
    signal.throwIfAborted();
    return { manifest, text };
  });
  const manifestSha256 = sha256(Buffer.from(text));
  const notes = enterInAudit(store, request, folder, manifest, manifestSha256, clock);
  return resultOf(folder, manifest, manifestSha256, notes);
}

function requireSense({ window, format, spreadsheetSafe }: ExportRequest): void {
  const { from, until } = window;
  if (from !== null && until !== null && from >= until) {
    throw new UsageError('--from must lie before --until', {
      why: `from ${toIso(from)} until ${toIso(until)} is no stretch of time`,
      remedy: 'exchange them',
    });
  }
  if (spreadsheetSafe && format !== 'csv') {
    throw new UsageError(`--spreadsheet-safe is for CSV, not for ${format}`, {
      remedy: 'leave it out, or add --format csv',
    });
  }
}

async function fill(
  fresh: string,
  store: Store,
  workspace: Workspace,
  { subject, window, format, spreadsheetSafe }: ExportRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<ExportManifest> {
  const audit = auditHead(store);
  const files: ExportManifest['files'] = [];
  for (const table of exportTables(store, subject)) {
    const name = `${table.name}.${format}`;
    const content = { columns: table.columns, rows: table.rows(window), spreadsheetSafe };
    files.push({ name, ...(await writeRows(join(fresh, name), format, content, signal)), format });
  }
  return {
    manifest_version: 1,
    subject,
    model: workspace.config.model.name,
    generated_at: toIso(clock.now()),
    mlops_version: version,
    window: {
      from: window.from === null ? null : toIso(window.from),
      until: window.until === null ? null : toIso(window.until),
    },
    format,
    spreadsheet_safe: spreadsheetSafe,
    audit: { events: audit.seq, head: audit.hash },
    files,
  };
}

/** The export stands already: a store that cannot be written to does not undo it. @returns what to tell the reader */
function enterInAudit(
  store: Store,
  request: ExportRequest,
  folder: string,
  { window, files }: ExportManifest,
  manifestSha256: string,
  clock: Clock,
): readonly string[] {
  const { subject, who } = request;
  const exported = files.map(({ name, rows, sha256 }) => ({ name, rows, sha256 }));
  const after = { subject, window, manifest_sha256: manifestSha256, files: exported };
  try {
    store.change(() =>
      recordEvent(store, { at: clock.now(), who, command: 'export', reason: folder, before: null, after }),
    );
    return [];
  } catch (error) {
    if (!(error instanceof MlopsError)) throw error;
    return [`the export is not in the audit: ${error.message}${error.why ? ` (${error.why})` : ''}`];
  }
}

function resultOf(
  folder: string,
  { subject, format, files }: ExportManifest,
  manifestSha256: string,
  notes: readonly string[],
): ExportResult {
  const written = files.map(({ name, ...rest }) => ({ path: join(folder, name), ...rest }));
  const [first] = written;
  if (first === undefined) throw new InternalError(`an export of ${subject} has no file`);
  const sum = (key: 'rows' | 'bytes') => written.reduce((total, each) => total + each[key], 0);
  const whole = { path: folder, rows: sum('rows'), bytes: sum('bytes'), sha256: manifestSha256, format };
  return {
    ...(subject === 'all' ? whole : first),
    subject,
    manifest: join(folder, manifestName),
    files: written,
    notes: [...notes],
  };
}
