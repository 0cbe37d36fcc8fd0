import { existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { percent } from '../report/figures.ts';
import type { Configuration } from '../workspace/index.ts';
import { type Check, type Finding, unmeasured } from './check.ts';
import { sizeInWords } from './in-words.ts';

/** The fuller of the file systems that the workspace and its store lie on. */
export const checkDisk: Check = {
  name: 'disk',
  contact: 'infrastructure',
  needs: 'files',
  examine: ({ workspace }) => {
    const folders = [workspace.root, dirname(workspace.paths.store)].filter((folder) => existsSync(folder));
    const uses = folders.map(diskUse).toSorted((a, b) => b.share - a.share);
    return judgeDisk(uses[0] ?? diskUse(workspace.root), workspace.config.disk);
  },
};

/** The disk that a folder of `disk.folders` lies on. */
export function checkFolderDisk(folder: string): Check {
  return {
    name: `disk:${folder}`,
    contact: 'infrastructure',
    needs: 'files',
    examine: ({ workspace }) => {
      const path = resolve(workspace.root, folder);
      return existsSync(path) ? judgeDisk(diskUse(path), workspace.config.disk) : missing(path);
    },
  };
}

function missing(path: string): Finding {
  return {
    ...unmeasured,
    status: 'UNKNOWN',
    summary: `there is no folder ${path}`,
    remedy: 'mount or make it, or take it out of disk.folders in mlops.yaml',
  };
}

export interface DiskUse {
  /** 0..1 of what this user can fill, as `df` counts it. */
  readonly share: number;
  readonly freeBytes: number;
}

export function diskUse(folder: string): DiskUse {
  const { blocks, bfree, bavail, bsize } = statfsSync(folder);
  const used = blocks - bfree;
  return { share: used + bavail === 0 ? 0 : used / (used + bavail), freeBytes: bavail * bsize };
}

export function judgeDisk(
  { share, freeBytes }: DiskUse,
  limits: Pick<Configuration['disk'], 'warning' | 'critical'>,
): Finding {
  const status = share > limits.critical ? 'CRITICAL' : share > limits.warning ? 'WARNING' : 'OK';
  return {
    status,
    summary: `${percent(share)} in use, ${sizeInWords(freeBytes)} free`,
    observed: share,
    threshold: status === 'CRITICAL' ? limits.critical : limits.warning,
    limits: { alarms: 'above', warning: limits.warning, critical: limits.critical },
    unit: 'share',
    remedy: status === 'OK' ? null : 'see what is large: mlops disk; then: mlops clean',
  };
}
