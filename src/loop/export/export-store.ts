import { join } from 'node:path';
import { type FileDigest, hashFile } from '../../data/hash-file.ts';
import type { FileFormat } from '../../data/index.ts';
import type { ExportManifest, ExportResult, ExportSubject } from '../../data/results/export.ts';
import { writeFileAtomic } from '../../data/write-file-atomic.ts';
import { writeFolderAtomic } from '../../data/write-folder-atomic.ts';
import { writeRows } from '../../data/write-rows.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { InternalError, MlopsError, UsageError } from '../../platform/errors.ts';
import { nearest } from '../../platform/nearest.ts';
import { sha256 } from '../../platform/sha256.ts';
import { version } from '../../platform/version.ts';
import { requireVersion } from '../../registry/index.ts';
import {
  auditHead,
  type ExportFilter,
  type ExportWindow,
  exportTables,
  featureColumns,
  hasPredictionsOf,
  noFilter,
  openForReading,
  recordEvent,
  type Store,
} from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { type Anonymisation, anonymised, keyId } from './anonymise.ts';
import { writeExportArchive } from './export-archive.ts';
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
  /** `version` may be a number, or champion or challenger. */
  readonly filter?: ExportFilter;
  /** By default every value stays as it is. */
  readonly anonymisation?: Anonymisation | null;
  /** One tar.zst in place of a folder. */
  readonly archive?: boolean;
  readonly who: string;
}

/**
 * Writes what the store holds, as of one moment, into a folder or an archive with a manifest; an export that was there is
 * replaced whole or stays. The audit then says who exported what.
 * @throws UsageError when the request contradicts itself or the folder holds something else, InputOutputError when it cannot be written
 */
export async function exportStore(
  workspace: Workspace,
  request: ExportRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<ExportResult> {
  requireSense(request);
  using store = openForReading(workspace.paths.store);
  const filter = knownFilter(store, request.filter ?? noFilter);
  const write = async (fresh: string) => {
    const asked = { ...request, filter };
    const manifest = await store.snapshot(() => fill(fresh, store, workspace, asked, clock, signal));
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    writeFileAtomic(join(fresh, manifestName), text);
    signal.throwIfAborted();
    const names = manifest.files.map(({ name }) => name);
    return { manifest, manifestSha256: sha256(Buffer.from(text)), names, generatedAt: clock.now() };
  };
  const { to, subject } = request;
  if (request.archive === true) {
    const written = await writeExportArchive(to, subject, write, signal);
    const notes = notesOf(store, request, written.path, written, clock);
    return archiveResultOf(written.path, written.manifest, await hashFile(written.path), notes);
  }
  const folder = exportFolder(to, subject);
  const written = await writeFolderAtomic(folder, write);
  const notes = notesOf(store, request, folder, written, clock);
  return resultOf(folder, written.manifest, written.manifestSha256, notes);
}

/** @throws NoInputError when there is no such version, UsageError for a feature that the predictions do not have */
function knownFilter(store: Store, filter: ExportFilter): ExportFilter {
  const known = featureColumns(store).map(({ name }) => name);
  for (const feature of filter.features ?? []) {
    if (known.includes(feature)) continue;
    const [guess] = nearest(feature, known);
    throw new UsageError(`the predictions have no feature '${feature}'`, {
      why: `they have ${known.join(', ')}`,
      remedy: guess === undefined ? 'name one of these' : `write --features ${guess}`,
    });
  }
  const { version } = filter;
  if (version === null || hasPredictionsOf(store, version)) return filter;
  return { ...filter, version: requireVersion(store, version).version.toString() };
}

interface Written {
  readonly manifest: ExportManifest;
  readonly manifestSha256: string;
}

function notesOf(
  store: Store,
  request: ExportRequest,
  path: string,
  { manifest, manifestSha256 }: Written,
  clock: Clock,
): readonly string[] {
  const notes = enterInAudit(store, request, path, manifest, manifestSha256, clock);
  const quoting = manifest.files.filter(({ name }) => /^(?:monitoring|audit)\./.test(name));
  if (!request.anonymisation || quoting.length === 0) return notes;
  return [
    ...notes,
    `tokens stand in the columns named; texts of ${quoting.map(({ name }) => name).join(' and ')} may still quote values`,
  ];
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
  { subject, window, format, spreadsheetSafe, filter = noFilter, anonymisation = null }: ExportRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<ExportManifest> {
  const audit = auditHead(store);
  const files: ExportManifest['files'] = [];
  const stored = exportTables(store, subject, filter);
  for (const table of anonymisation === null ? stored : anonymised(stored, anonymisation)) {
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
    filter: { ...filter, features: filter.features === null ? null : [...filter.features] },
    anonymised:
      anonymisation === null
        ? null
        : { columns: [...anonymisation.columns], key_id: keyId(anonymisation.key) },
    audit: { events: audit.seq, head: audit.hash },
    files,
  };
}

/** The export stands already: a store that cannot be written to does not undo it. @returns what to tell the reader */
function enterInAudit(
  store: Store,
  request: ExportRequest,
  folder: string,
  { window, files, filter, anonymised: hidden }: ExportManifest,
  manifestSha256: string,
  clock: Clock,
): readonly string[] {
  const { subject, who } = request;
  const exported = files.map(({ name, rows, sha256 }) => ({ name, rows, sha256 }));
  const narrowed = filter !== undefined && Object.values(filter).some((each) => each !== null);
  const after = {
    subject,
    window,
    ...(narrowed ? { filter } : {}),
    ...(hidden ? { anonymised: hidden } : {}),
    manifest_sha256: manifestSha256,
    files: exported,
  };
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

function archiveResultOf(
  path: string,
  { subject, format, files }: ExportManifest,
  { bytes, sha256 }: FileDigest,
  notes: readonly string[],
): ExportResult {
  return {
    path,
    rows: files.reduce((total, each) => total + each.rows, 0),
    bytes,
    sha256,
    format,
    subject,
    manifest: manifestName,
    files: files.map(({ name, ...rest }) => ({ path: name, ...rest })),
    notes: [...notes],
  };
}
