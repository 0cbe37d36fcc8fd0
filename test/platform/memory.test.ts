import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { availableMemory } from '../../src/platform/memory.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function machine(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'mlops-memory-'));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const gib = 2 ** 30;
const meminfo = `MemTotal: 33554432 kB\nMemFree: 1000 kB\nMemAvailable: ${(16 * gib) / 1024} kB\n`;

describe('the memory that can be had is', () => {
  test('what the machine has available, where no control group says less', () => {
    expect(availableMemory(machine({ 'proc/meminfo': meminfo }))).toBe(16 * gib);
    const unlimited = machine({
      'proc/meminfo': meminfo,
      'proc/self/cgroup': '0::/user.slice\n',
      'sys/fs/cgroup/user.slice/memory.max': 'max\n',
      'sys/fs/cgroup/user.slice/memory.current': `${gib}\n`,
    });
    expect(availableMemory(unlimited)).toBe(16 * gib);
  });

  test('what a group around the own one leaves, with the file pages that it would give back', () => {
    const root = machine({
      'proc/meminfo': meminfo,
      'proc/self/cgroup': '0::/pod/container\n',
      'sys/fs/cgroup/pod/memory.max': `${4 * gib}\n`,
      'sys/fs/cgroup/pod/memory.current': `${3 * gib}\n`,
      'sys/fs/cgroup/pod/memory.stat': `anon ${gib}\ninactive_file ${2 * gib}\n`,
      'sys/fs/cgroup/pod/container/memory.max': 'max\n',
      'sys/fs/cgroup/pod/container/memory.current': `${gib}\n`,
    });
    expect(availableMemory(root)).toBe(3 * gib);
  });

  test('what version 1 leaves, also where the own path is not mounted', () => {
    const root = machine({
      'proc/meminfo': meminfo,
      'proc/self/cgroup': '5:cpu:/\n4:memory:/docker/abc\n',
      'sys/fs/cgroup/memory/memory.limit_in_bytes': `${2 * gib}\n`,
      'sys/fs/cgroup/memory/memory.usage_in_bytes': `${gib / 2}\n`,
      'sys/fs/cgroup/memory/memory.stat': 'total_inactive_file 0\n',
    });
    expect(availableMemory(root)).toBe(1.5 * gib);
  });

  test('here, above nothing and at most what is built in', () => {
    expect(availableMemory()).toBeGreaterThan(0);
    expect(availableMemory()).toBeLessThanOrEqual(totalmem());
  });
});
