import { beforeAll, expect, test } from 'vitest';
import { type KillPoint, runAndKill, seeded } from './kill.ts';
import { complete, copyOf, type SmallWorkspaces, shifted, smallWorkspaces } from './small-workspace.ts';
import { countOf, expectVerified, rowsOf, stagesOf } from './store-state.ts';

let small: SmallWorkspaces;
beforeAll(async () => {
  small = await smallWorkspaces();
});

const kills = 30;
const healed = ['monitor', 'triage', 'train', 'gate', 'promote'];

test('heal, killed again and again: every step once, in order', { timeout: 180_000 }, async ({
  annotate,
}) => {
  const random = seeded(5);
  const commandLine = ['--as-of', shifted, 'heal', '--mode', 'act'];
  const reached: Record<string, number> = {};
  let usual = await complete(copyOf(small.labelled), ...commandLine);
  for (let kill = 0; kill < kills; kill++) {
    const workspace = copyOf(small.labelled);
    const point: KillPoint =
      kill % 3 === 2 ? { afterWrite: random() * 0.7 * usual } : { afterStart: random() * 1.1 * usual };
    await runAndKill(workspace, commandLine, point);
    await expectVerified(workspace);
    const [left] = rowsOf(workspace, 'SELECT state FROM heal_run');
    const state = String(left?.state ?? 'not begun');
    reached[state] = (reached[state] ?? 0) + 1;
    const done = rowsOf(workspace, 'SELECT state FROM heal_step ORDER BY seq').map((step) => step.state);
    expect(done).toEqual(
      healed.slice(0, state === 'done' ? healed.length : Math.max(0, healed.indexOf(state))),
    );
    if (state !== 'done') {
      const took = await complete(workspace, ...commandLine);
      if (state === 'not begun') usual = took;
    }
    expectHealedOnce(workspace);
  }
  expect(reached.done ?? 0).toBeLessThanOrEqual(kills - 5);
  await annotate(
    Object.entries(reached)
      .map(([state, times]) => `${times} at ${state}`)
      .join(', '),
  );
});

function expectHealedOnce(workspace: string): void {
  expect(rowsOf(workspace, 'SELECT state, outcome FROM heal_run')).toEqual([
    { state: 'done', outcome: 'promoted' },
  ]);
  expect(rowsOf(workspace, 'SELECT state FROM heal_step ORDER BY seq').map((step) => step.state)).toEqual(
    healed,
  );
  expect(countOf(workspace, 'monitoring_run')).toBe(1);
  expect(countOf(workspace, 'training_run')).toBe(2);
  expect(countOf(workspace, 'gate_decision')).toBe(1);
  expect(countOf(workspace, 'stage_change', "to_stage = 'Production'")).toBe(2);
  expect(stagesOf(workspace)).toEqual(['Archived', 'Production']);
}
