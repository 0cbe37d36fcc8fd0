import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { executable } from '../executable/run-mlops.ts';
import { seeded } from './kill.ts';
import {
  allLabelled,
  complete,
  copyOf,
  newFolder,
  type SmallWorkspaces,
  shifted,
  smallWorkspaces,
  writeRepeated,
} from './small-workspace.ts';
import { countOf, dumpOf, expectVerified, filesIn } from './store-state.ts';

interface Large {
  readonly small: SmallWorkspaces;
  readonly stream: string;
  readonly labels: string;
  readonly reference: string;
  readonly predicted: string;
  readonly labelled: string;
  readonly withChallenger: string;
}

let large: Large;
beforeAll(async () => {
  const small = await smallWorkspaces();
  const folder = newFolder();
  const file = (name: string) => join(folder, `${name}.csv`);
  writeRepeated(file('stream'), small.stream, 10);
  writeRepeated(file('labels'), small.labels, 10);
  writeRepeated(file('reference'), small.reference, 10, '');
  const predicted = copyOf(small.promoted);
  await complete(predicted, '--as-of', allLabelled, 'predictions', 'import', file('stream'));
  const labelled = copyOf(predicted);
  await complete(labelled, '--as-of', allLabelled, 'labels', 'add', file('labels'));
  const withChallenger = copyOf(labelled);
  await complete(withChallenger, '--as-of', allLabelled, 'train', '--from-store');
  const files = { stream: file('stream'), labels: file('labels'), reference: file('reference') };
  large = { small, ...files, predicted, labelled, withChallenger };
});

interface Place {
  readonly workspace: string;
  /** Where the command writes files. */
  readonly out: string;
  readonly temporary: string;
}

interface Long {
  readonly name: string;
  readonly original: (made: Large) => string;
  readonly commandLine: (made: Large, place: Place) => readonly string[];
  /** Of what a command leaves when it is stopped: what belongs to steps that were done. */
  readonly keeps?: RegExp;
  /** By default two. */
  readonly interruptions?: number;
  /** Steps that were done stay in the store. */
  readonly keepsSteps?: true;
}

const promoted = (made: Large) => made.small.promoted;
const labelled = (made: Large) => made.labelled;
const at = (time: string, { workspace }: Place, ...commandLine: readonly string[]) => [
  ...['-C', workspace, '--as-of', time],
  ...commandLine,
];

const commands: readonly Long[] = [
  {
    name: 'train',
    original: promoted,
    commandLine: (made, place) => at(allLabelled, place, 'train', '--data', made.reference),
  },
  {
    name: 'train on bare files',
    original: promoted,
    commandLine: (made, { out }) => [
      ...['train', '--data', made.small.reference, '--target', 'defaulted'],
      ...['--output', join(out, 'model.onnx')],
    ],
  },
  {
    name: 'train --from-store',
    original: labelled,
    commandLine: (_, place) => at(allLabelled, place, 'train', '--from-store'),
  },
  {
    name: 'score',
    original: promoted,
    commandLine: (made, place) =>
      at(
        allLabelled,
        place,
        ...['score', '--stage', 'production', '--input', made.stream],
        ...['--output', join(place.out, 'scores.parquet')],
      ),
  },
  {
    name: 'score --log',
    original: promoted,
    commandLine: (made, place) =>
      at(
        allLabelled,
        place,
        ...['score', '--log', '--stage', 'production', '--input', made.stream],
        ...['--output', join(place.out, 'scores.csv')],
      ),
    // The scores are in place, whole, before they are recorded.
    keeps: /scores\.csv$/,
  },
  {
    name: 'predictions import',
    original: promoted,
    commandLine: (made, place) => at(allLabelled, place, 'predictions', 'import', made.stream),
  },
  {
    name: 'labels add',
    original: (made) => made.predicted,
    commandLine: (made, place) => at(allLabelled, place, 'labels', 'add', made.labels),
  },
  {
    name: 'drift',
    original: promoted,
    commandLine: (made, { out }) => [
      ...['drift', '--reference', made.reference, '--current', made.stream],
      ...['--html', join(out, 'drift.html')],
    ],
  },
  {
    name: 'drift of the store',
    original: labelled,
    commandLine: (_, place) =>
      at(shifted, place, 'drift', '--last', '60d', '--html', join(place.out, 'drift.html')),
  },
  {
    name: 'validate',
    original: promoted,
    commandLine: (made, { workspace }) => [
      ...['validate', made.stream, '--schema', join(workspace, 'schema.json')],
    ],
  },
  {
    name: 'schema infer',
    original: promoted,
    commandLine: (made, { out }) => ['schema', 'infer', made.stream, '--output', join(out, 'schema.json')],
  },
  {
    name: 'monitor',
    original: labelled,
    commandLine: (_, place) => at(shifted, place, 'monitor'),
  },
  {
    name: 'gate',
    original: (made) => made.withChallenger,
    commandLine: (_, place) => at(allLabelled, place, 'gate'),
  },
  {
    name: 'heal',
    original: labelled,
    commandLine: (_, place) => at(shifted, place, 'heal', '--mode', 'act'),
    keeps: /monitor-\w+\.html$|[0-9a-f]{64}\.(onnx|parquet)$/,
    keepsSteps: true,
  },
  {
    name: 'export',
    original: labelled,
    commandLine: (_, place) =>
      at(allLabelled, place, 'export', 'all', '--to', join(place.out, 'export'), '--format', 'parquet'),
  },
  { name: 'demo', original: promoted, commandLine: () => ['demo'], interruptions: 1 },
];

function placeFor({ original }: Long): Place {
  return { workspace: copyOf(original(large)), out: newFolder(), temporary: newFolder() };
}

interface Signalled {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  readonly ms: number;
}

/** Runs a command and sends it the signals, each so many milliseconds after its start. */
function runAndSignal(
  { commandLine }: Long,
  place: Place,
  signals: readonly { readonly name: 'SIGINT' | 'SIGTERM'; readonly after: number }[],
): Promise<Signalled> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(executable, commandLine(large, place), {
      env: { ...process.env, TMPDIR: place.temporary, NO_COLOR: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const timers = signals.map(({ name, after }) => setTimeout(() => child.kill(name), after));
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      for (const timer of timers) clearTimeout(timer);
      resolve({ code, signal, stderr, ms: performance.now() - started });
    });
  });
}

const mostTries = 20;

describe('Ctrl-C and SIGTERM end it with 130, words, no file left and the store as before', () => {
  for (const [index, command] of commands.entries()) {
    test(command.name, async ({ annotate }) => {
      const random = seeded(100 + index);
      const usual = await runAndSignal(command, placeFor(command), []);
      const wanted = command.interruptions ?? 2;
      let interrupted = 0;
      let ended = 0;
      for (let tries = 0; interrupted < wanted && tries < mostTries; tries++) {
        const place = placeFor(command);
        const { workspace, out, temporary } = place;
        const store = dumpOf(workspace);
        const files = filesIn(workspace, out, temporary);
        const name = tries % 2 === 0 ? 'SIGINT' : 'SIGTERM';
        const after = usual.ms * (0.2 + 0.6 * random());
        const outcome = await runAndSignal(command, place, [{ name, after }]);
        if (outcome.code === usual.code) {
          ended++;
          continue;
        }
        // A signal may come before the program has begun to listen; the shell calls that 130, too.
        if (outcome.signal === null) {
          interrupted++;
          expect(outcome).toMatchObject({
            code: 130,
            stderr: expect.stringMatching(/^error: interrupted\ncause: .*/m),
          });
        } else expect(outcome.signal).toBe(name);
        const left = filesIn(workspace, out, temporary).filter((file) => !files.includes(file));
        expect(left.filter((file) => command.keeps?.test(file) !== true)).toEqual([]);
        if (command.keepsSteps === undefined) expect(dumpOf(workspace)).toBe(store);
        else await expectVerified(workspace);
      }
      expect(interrupted).toBe(wanted);
      await annotate(`${interrupted} interrupted, ${ended} had ended`);
    });
  }
});

test('a second Ctrl-C ends it at once, and the store is as before', async () => {
  const command = commands.find(({ name }) => name === 'predictions import');
  if (command === undefined) throw new Error('no such command');
  const usual = await runAndSignal(command, placeFor(command), []);
  const place = placeFor(command);
  const store = dumpOf(place.workspace);
  const first = usual.ms * 0.3;
  const outcome = await runAndSignal(command, place, [
    { name: 'SIGINT', after: first },
    { name: 'SIGINT', after: first + 5 },
  ]);
  expect(outcome.code ?? outcome.signal).toBeOneOf([130, 'SIGINT']);
  expect(dumpOf(place.workspace)).toBe(store);
  await expectVerified(place.workspace);
});

test('Ctrl-C once the change is made comes too late: the exit code is that of the change', async () => {
  for (let time = 0; time < 5; time++) {
    const workspace = copyOf(large.withChallenger);
    const child = spawn(executable, ['-C', workspace, '--as-of', allLabelled, 'gate'], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)));
    while (child.exitCode === null && countOf(workspace, 'gate_decision') === 0)
      await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  }
});
