import type { DiskResult } from '../../data/results/disk.ts';
import { diskUse, judgeDisk } from '../../health/check-disk.ts';
import { dayMs } from '../../platform/durations.ts';
import { MlopsError } from '../../platform/errors.ts';
import { openForReading, predictionShareSince } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { type DiskPart, diskParts } from './disk-parts.ts';

/** Growth is that of so many days. */
const growthDays = 30;

/**
 * What takes space in a workspace, how fast it grows, and for how long the disk will do.
 * @param now epoch milliseconds
 */
export function measureDisk(workspace: Workspace, now: number): DiskResult {
  const { disk: limits, retention } = workspace.config;
  const use = diskUse(workspace.root);
  const since = now - growthDays * dayMs;
  const parts = diskParts(workspace)
    .map((part) => ({
      name: part.name,
      path: part.path,
      files: part.entries.reduce((sum, each) => sum + each.files, 0),
      bytes: bytesOf(part),
      bytes_per_day:
        part.name === 'store' ? storeGrowth(workspace, part, since, now) : fileGrowth(part, since),
    }))
    .toSorted((a, b) => b.bytes - a.bytes);
  const growth = parts.reduce((sum, each) => sum + (each.bytes_per_day ?? 0), 0);
  const artifacts = parts.find(({ name }) => name === 'artifacts')?.bytes ?? 0;
  const largest = retention.artifacts_gigabytes * 1e9;
  return {
    status: judgeDisk(use, limits).status,
    disk: { used: use.share, free_bytes: use.freeBytes, warning: limits.warning, critical: limits.critical },
    parts,
    bytes: parts.reduce((sum, each) => sum + each.bytes, 0),
    bytes_per_day: growth,
    days_until_full: growth === 0 ? null : use.freeBytes / growth,
    notes:
      artifacts > largest
        ? [
            `artifacts are larger than ${retention.artifacts_gigabytes} GB together: review them, then mlops clean --what artifacts`,
          ]
        : [],
  };
}

function bytesOf({ entries }: DiskPart): number {
  return entries.reduce((sum, each) => sum + each.bytes, 0);
}

function fileGrowth({ entries }: DiskPart, since: number): number {
  const fresh = entries.filter(({ modifiedAt }) => modifiedAt > since);
  return fresh.reduce((sum, each) => sum + each.bytes, 0) / growthDays;
}

/** Its size by the share of the predictions that are of the last days. */
function storeGrowth({ paths }: Workspace, part: DiskPart, since: number, now: number): number | null {
  try {
    using store = openForReading(paths.store);
    return (bytesOf(part) * store.read(() => predictionShareSince(store, since, now))) / growthDays;
  } catch (error) {
    if (error instanceof MlopsError) return null;
    throw error;
  }
}
