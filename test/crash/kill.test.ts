import { beforeAll, expect, test } from 'vitest';
import { type KillPoint, runAndKill, seeded } from './kill.ts';
import {
  allLabelled,
  complete,
  copyOf,
  type SmallWorkspaces,
  shifted,
  smallWorkspaces,
} from './small-workspace.ts';
import { countOf, dumpOf, expectVerified, stagesOf } from './store-state.ts';

let small: SmallWorkspaces;
let withChallenger: string;
beforeAll(async () => {
  small = await smallWorkspaces();
  withChallenger = copyOf(small.labelled);
  await complete(withChallenger, '--as-of', shifted, 'train', '--from-store');
});

const kills = 30;

type State = 'old' | 'new';
interface Drill {
  /** Copied for each kill; undefined stores are made by the command. */
  readonly original: string;
  readonly commandLine: readonly string[];
  readonly seed: number;
  /** Which state the store is in; throws when it is neither. */
  readonly stateOf: (workspace: string) => State;
}

/**
 * Kills the command thirty times: two of three times anywhere between its start and a little past its usual end, else within
 * ten milliseconds of its first write to the store. Each time the store is the old or the new one, and the command, run again, completes.
 */
async function killThirtyTimes({ original, commandLine, seed, stateOf }: Drill): Promise<string> {
  const random = seeded(seed);
  let usual = await complete(copyOf(original), ...commandLine);
  const tally = { 'before it changed anything': 0, 'after the change': 0, 'after its end': 0 };
  for (let kill = 0; kill < kills; kill++) {
    const workspace = copyOf(original);
    const point: KillPoint =
      kill % 3 === 2 ? { afterWrite: random() * 10 } : { afterStart: random() * 1.1 * usual };
    const { killed } = await runAndKill(workspace, commandLine, point);
    const state = stateOf(workspace);
    if (!killed) {
      expect(state).toBe('new');
      tally['after its end']++;
    } else tally[state === 'old' ? 'before it changed anything' : 'after the change']++;
    if (dumpOf(workspace) !== 'no store') await expectVerified(workspace);
    if (state === 'old') {
      usual = await complete(workspace, ...commandLine);
      expect(stateOf(workspace)).toBe('new');
    }
  }
  expect(tally['before it changed anything']).toBeGreaterThanOrEqual(5);
  return Object.entries(tally)
    .map(([when, times]) => `${times} ${when}`)
    .join(', ');
}

/** None or all of the rows, and an audit row exactly when there are rows. */
function allOrNone(workspace: string, table: string, rows: number, command: string): State {
  if (dumpOf(workspace) === 'no store') return 'old';
  const count = countOf(workspace, table);
  expect([0, rows]).toContain(count);
  expect(countOf(workspace, 'event', `command = '${command}'`)).toBe(count === 0 ? 0 : 1);
  return count === 0 ? 'old' : 'new';
}

test('predictions import, killed: no row or every row', { timeout: 120_000 }, async ({ annotate }) => {
  const drill = {
    original: small.promoted,
    commandLine: ['--as-of', allLabelled, 'predictions', 'import', small.stream],
    seed: 1,
    stateOf: (workspace: string) => allOrNone(workspace, 'prediction', small.rows, 'predictions import'),
  };
  await annotate(await killThirtyTimes(drill));
});

test('predictions import that makes the store, killed: no store or a good one', { timeout: 120_000 }, async ({
  annotate,
}) => {
  const drill = {
    original: small.fresh,
    commandLine: ['--as-of', allLabelled, 'predictions', 'import', small.stream],
    seed: 2,
    stateOf: (workspace: string) => allOrNone(workspace, 'prediction', small.rows, 'predictions import'),
  };
  await annotate(await killThirtyTimes(drill));
});

test('labels add, killed: no label or every label', { timeout: 120_000 }, async ({ annotate }) => {
  const drill = {
    original: small.predicted,
    commandLine: ['--as-of', allLabelled, 'labels', 'add', small.labels],
    seed: 3,
    stateOf: (workspace: string) => allOrNone(workspace, 'label', small.labelRows, 'labels add'),
  };
  await annotate(await killThirtyTimes(drill));
});

test('promote, killed: the old champion or the new one, and history says the same', {
  timeout: 120_000,
}, async ({ annotate }) => {
  const drill = {
    original: withChallenger,
    commandLine: ['--as-of', allLabelled, 'promote', '2'],
    seed: 4,
    stateOf: (workspace: string): State => {
      const stages = stagesOf(workspace).join(' ');
      expect(['Production Staging', 'Archived Production']).toContain(stages);
      const promoted = stages === 'Archived Production';
      expect(countOf(workspace, 'event', "command = 'promote'")).toBe(promoted ? 2 : 1);
      return promoted ? 'new' : 'old';
    },
  };
  await annotate(await killThirtyTimes(drill));
});
