import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Bytes of memory that this process can still get: what the machine could give without swapping, and no more than its control
 * groups allow (v2 or v1, those around it too). Pages of files that a group would give back count as free.
 * @param root where /proc and /sys are
 */
export function availableMemory(root = '/'): number {
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(read(root, 'proc/meminfo') ?? '')?.[1];
  const machine = kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
  return Math.max(0, Math.min(machine, ...groupsOf(root).map((group) => leftIn(root, group))));
}

/** A folder of a control group, and how its version calls what is asked of it. */
interface ControlGroup {
  readonly folder: string;
  readonly limit: string;
  readonly usage: string;
  readonly reclaimable: RegExp;
}

const versions = {
  v2: { limit: 'memory.max', usage: 'memory.current', reclaimable: /^inactive_file (\d+)$/m },
  v1: {
    limit: 'memory.limit_in_bytes',
    usage: 'memory.usage_in_bytes',
    reclaimable: /^total_inactive_file (\d+)$/m,
  },
};

/** The groups of this process, up to the root. Inside a container the own path may lie outside of what is mounted. */
function groupsOf(root: string): readonly ControlGroup[] {
  const lines = read(root, 'proc/self/cgroup')?.trim().split('\n') ?? [];
  return lines.flatMap((line) => {
    const [, controllers = '', path = '/'] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers === '')
      return upwards('sys/fs/cgroup', path).map((folder) => ({ folder, ...versions.v2 }));
    if (!controllers.split(',').includes('memory')) return [];
    return upwards('sys/fs/cgroup/memory', path).map((folder) => ({ folder, ...versions.v1 }));
  });
}

function upwards(top: string, path: string): readonly string[] {
  const folders = [join(top, path)];
  for (let folder = join(top, path); folder !== top && folder.startsWith(top); folder = dirname(folder))
    folders.push(dirname(folder));
  return folders;
}

function leftIn(root: string, { folder, limit, usage, reclaimable }: ControlGroup): number {
  const most = Number(read(root, join(folder, limit)));
  const used = Number(read(root, join(folder, usage)));
  if (!Number.isFinite(most) || !Number.isFinite(used)) return Number.POSITIVE_INFINITY;
  const inactive = reclaimable.exec(read(root, join(folder, 'memory.stat')) ?? '')?.[1];
  return most - used + Number(inactive ?? 0);
}

/** Undefined where there is no such file, or it may not be read. */
function read(root: string, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}
