import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runMlops } from '../executable/run-mlops.ts';
import { type Disk, mountDisk } from './disk.ts';
import {
  allLabelled,
  newFolder,
  type SmallWorkspaces,
  shifted,
  smallWorkspaces,
  writeRepeated,
} from './small-workspace.ts';
import { dumpOf, expectVerified, filesIn } from './store-state.ts';

let small: SmallWorkspaces;
beforeAll(async () => {
  small = await smallWorkspaces();
});

const mebibyte = 1 << 20;

/** Gives `work` a workspace on a small disk of its own; skipped where this user may not mount one. */
function onDisk(
  name: string,
  original: (made: SmallWorkspaces) => string,
  work: (disk: Disk, workspace: string) => Promise<void>,
): void {
  test(name, async ({ skip }) => {
    const disk = mountDisk(16 * mebibyte);
    if (disk === undefined) return skip('skipped: needs root');
    try {
      const workspace = join(disk.root, 'workspace');
      cpSync(original(small), workspace, { recursive: true });
      await work(disk, workspace);
    } finally {
      disk.remove();
    }
  });
}

interface Write {
  readonly name: string;
  readonly original: (made: SmallWorkspaces) => string;
  readonly commandLine: (made: SmallWorkspaces, disk: Disk) => readonly string[];
  /** Bytes left on the disk: enough to begin, too little to end. */
  readonly free: number;
  readonly asOf?: string;
}

const writes: readonly Write[] = [
  {
    name: 'predictions import',
    original: (made) => made.promoted,
    commandLine: (made) => ['predictions', 'import', made.stream],
    free: 100_000,
  },
  {
    name: 'predictions import that makes the store',
    original: (made) => made.fresh,
    commandLine: (made) => ['predictions', 'import', made.stream],
    free: 100_000,
  },
  {
    name: 'labels add',
    original: (made) => made.predicted,
    commandLine: (made) => ['labels', 'add', made.labels],
    free: 100_000,
  },
  {
    name: 'train',
    original: (made) => made.promoted,
    commandLine: (made) => ['train', '--data', made.reference],
    free: 20_000,
  },
  {
    name: 'train --from-store',
    original: (made) => made.labelled,
    commandLine: () => ['train', '--from-store'],
    free: 60_000,
  },
  {
    name: 'export',
    original: (made) => made.labelled,
    commandLine: (_, { root }) => ['export', 'all', '--to', join(root, 'export')],
    free: 100_000,
  },
  {
    name: 'export as Parquet',
    original: (made) => made.labelled,
    commandLine: (_, { root }) => ['export', 'all', '--to', join(root, 'export'), '--format', 'parquet'],
    free: 100_000,
  },
  {
    name: 'score',
    original: (made) => made.promoted,
    commandLine: (made, { root }) => [
      ...['score', '--stage', 'production', '--input', made.stream],
      ...['--output', join(root, 'scores.csv')],
    ],
    free: 60_000,
  },
  {
    name: 'score to Parquet',
    original: (made) => made.promoted,
    commandLine: (made, { root }) => [
      ...['score', '--stage', 'production', '--input', made.stream],
      ...['--output', join(root, 'scores.parquet')],
    ],
    free: 60_000,
  },
  {
    name: 'score --log',
    original: (made) => made.promoted,
    commandLine: (made, { root }) => [
      ...['score', '--log', '--stage', 'production', '--input', made.stream],
      ...['--output', join(root, 'scores.csv')],
    ],
    free: 100_000,
  },
  {
    name: 'monitor',
    original: (made) => made.labelled,
    commandLine: () => ['monitor'],
    asOf: shifted,
    free: 40_000,
  },
];

describe('a full disk: 74 with words, everything as before, and all is well once there is space', () => {
  for (const { name, original, commandLine, free, asOf = allLabelled } of writes) {
    onDisk(name, original, async (disk, workspace) => {
      const command = ['-C', workspace, '--as-of', asOf, ...commandLine(small, disk)];
      const store = dumpOf(workspace);
      disk.fillUpTo(free);
      const before = filesIn(disk.root);
      const full = await runMlops(command);
      expect(full).toMatchObject({
        code: 74,
        stderr: expect.stringMatching(/^error: .*\ncause: .*\ntry: /m),
      });
      expect(filesIn(disk.root)).toEqual(before);
      disk.free();
      expect(dumpOf(workspace)).toBe(store);
      const again = await runMlops(command);
      expect(again.stderr).not.toContain('error:');
      expect([0, 2]).toContain(again.code);
      await expectVerified(workspace);
    });
  }

  onDisk(
    'init',
    (made) => made.fresh,
    async (disk) => {
      const folder = join(disk.root, 'new');
      mkdirSync(folder);
      disk.fillUpTo(0);
      const command = ['-C', folder, 'init', '--model', 'm', '--schema', 'schema.json', '--yes'];
      expect(await runMlops(command)).toMatchObject({
        code: 74,
        stderr: expect.stringContaining('no space left'),
      });
      expect(readdirSync(folder)).not.toContain('mlops.yaml');
      expect(filesIn(folder).filter((path) => path.endsWith('.tmp'))).toEqual([]);
      disk.free();
      expect(await runMlops(command)).toMatchObject({ code: 0 });
    },
  );

  onDisk(
    'heal ends as failed, promotes nothing, and goes its whole way afterwards',
    (made) => made.labelled,
    async (disk, workspace) => {
      disk.fillUpTo(150_000);
      const command = ['-C', workspace, '--as-of', shifted, 'heal', '--mode', 'act'];
      expect(await runMlops(command)).toMatchObject({
        code: 74,
        stderr: expect.stringMatching(/^error: .*\ncause: /m),
      });
      disk.free();
      await expectVerified(workspace);
      expect(await runMlops(command)).toMatchObject({ code: 0, stdout: expect.stringContaining('promoted') });
      await expectVerified(workspace);
    },
  );

  test('temporary files that do not fit end an import with 74, and nothing is recorded', async ({ skip }) => {
    const disk = mountDisk(2 * mebibyte);
    if (disk === undefined) return skip('skipped: needs root');
    try {
      const workspace = join(newFolder(), 'workspace');
      cpSync(small.promoted, workspace, { recursive: true });
      const before = dumpOf(workspace);
      const stream = join(newFolder(), 'stream.csv');
      writeRepeated(stream, small.stream, 20);
      disk.fillUpTo(50_000);
      const command = ['-C', workspace, '--as-of', allLabelled, 'predictions', 'import', stream];
      const env = { TMPDIR: disk.root, SQLITE_TMPDIR: disk.root };
      const outcome = await runMlops(command, { env });
      expect(outcome).toMatchObject({ code: 74, stderr: expect.stringContaining('TMPDIR') });
      expect(dumpOf(workspace)).toBe(before);
    } finally {
      disk.remove();
    }
  });
});

describe('a read-only file system', () => {
  const reads: readonly (readonly string[])[] = [
    ['models'],
    ['models', 'show', '1'],
    ['models', 'at', shifted],
    ['labels', 'coverage'],
    ['verify'],
    ['drift', '--last', '120d'],
  ];
  const refused: readonly (readonly string[])[] = [
    ['labels', 'add'],
    ['predictions', 'import'],
    ['promote', '1'],
    ['rollback'],
    ['train', '--from-store'],
    ['gate', '--challenger', '1'],
    ['monitor'],
    ['heal'],
  ];

  onDisk(
    'reading commands work, writing ones end with 74',
    (made) => made.labelled,
    async (disk, workspace) => {
      disk.makeReadOnly();
      const at = (...commandLine: readonly string[]) =>
        runMlops(['-C', workspace, '--as-of', allLabelled, ...commandLine]);
      for (const command of reads) {
        const { code, stderr } = await at(...command);
        expect({ command, code, stderr }).toEqual({ command, code: expect.toBeOneOf([0, 1, 2]), stderr: '' });
      }
      const out = newFolder();
      expect(await at('export', 'all', '--to', join(out, 'export'))).toMatchObject({ code: 0 });
      const score = ['score', '--stage', 'production', '--input', small.stream];
      expect(await at(...score, '--output', join(out, 'scores.csv'))).toMatchObject({ code: 0 });
      const health = await at('health', '--json');
      expect(JSON.parse(health.stdout).checks[0]).toMatchObject({ name: 'store', status: 'CRITICAL' });
      const files = { add: [small.labels], import: [small.stream] };
      for (const command of refused) {
        const file = command[1] === 'add' ? files.add : command[1] === 'import' ? files.import : [];
        const { code, stderr } = await at(...command, ...file);
        expect({ command, code, stderr }).toEqual({
          command,
          code: 74,
          stderr: expect.stringMatching(/^error: .*\ncause: .*\ntry: /),
        });
      }
    },
  );
});

describe('a cache folder that cannot be written', () => {
  const nowhere = { MLOPS_CACHE: '', XDG_CACHE_HOME: '' };

  onDisk(
    'a read-only home: the libraries go among the temporary files, which is said',
    (made) => made.promoted,
    async (disk, workspace) => {
      disk.makeReadOnly();
      const temporary = newFolder();
      const env = { ...nowhere, HOME: disk.root, TMPDIR: temporary };
      const first = await runMlops(['-C', workspace, 'verify'], { env });
      expect(first.stderr).toContain(`the cache folder ${join(disk.root, '.cache', 'mlops')} cannot be used`);
      expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^OK/) });
    },
  );

  onDisk(
    'MLOPS_CACHE on a full disk: they are unpacked for one run, which is said, and leave nothing',
    (made) => made.promoted,
    async (disk, workspace) => {
      disk.fillUpTo(0);
      const temporary = newFolder();
      const copy = join(newFolder(), 'workspace');
      cpSync(workspace, copy, { recursive: true });
      const env = { ...nowhere, MLOPS_CACHE: join(disk.root, 'cache'), TMPDIR: temporary };
      const outcome = await runMlops(['-C', copy, 'models'], { env });
      expect(outcome).toMatchObject({ code: 0, stderr: expect.stringContaining('for this run only') });
      expect(readdirSync(temporary)).toEqual([]);
      expect(filesIn(join(disk.root, 'cache'))).toEqual([]);
    },
  );
});
