import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gmscFile, gmscPresent, gmscStart, gmscTitle } from '../drift/gmsc.ts';
import { runAt } from './loop-workspace.ts';
import { runMlops } from './run-mlops.ts';

const utilization = 'RevolvingUtilizationOfUnsecuredLines';
const day = 86_400_000;
const endOf = (week: number) => new Date(gmscStart + week * 7 * day).toISOString();
let workspace: string;

/** Reads the stream of eight weeks, whose population gets younger in the fifth, as it would have come. */
beforeAll(async () => {
  if (!gmscPresent) return;
  workspace = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  const must = async (asOf: string, ...commandLine: string[]) => {
    const outcome = await runMlops(['-C', workspace, '--as-of', asOf, ...commandLine]);
    if (outcome.code !== 0) throw new Error(`${commandLine.join(' ')}: ${outcome.stderr}`);
  };
  const [reference, target] = [gmscFile('reference.csv'), 'SeriousDlqin2yrs'];
  const schema = join(workspace, 'schema.json');
  await must(endOf(0), 'schema', 'infer', reference, '--target', target, '--output', schema);
  await must(endOf(0), 'init', '--model', 'credit', '--schema', 'schema.json', '--target', target, '--yes');
  await must(endOf(0), 'train', '--data', reference);
  await must(endOf(0), 'promote', '1');
  await must(endOf(9), 'predictions', 'import', gmscFile('stream.csv'));
  const file = join(workspace, 'mlops.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('lookback: 24h', 'lookback: 7d'));
});

describe.skipIf(!gmscPresent)('monitor on eight weeks of real credit rows', () => {
  const drift = (json: { checks: readonly { name: string }[] }) =>
    json.checks.find(({ name }) => name === 'drift');

  test.each([1, 2, 3, 4])(gmscTitle('names no feature in calm week %d'), async (week) => {
    const { json } = await runAt(workspace, endOf(week), 'monitor');
    expect(drift(json)).toMatchObject({ status: 'OK', summary: '0 of 10 features drifted' });
  });

  test.each([5, 6, 7, 8])(
    gmscTitle('names age and the utilization in week %d, and what of it the model depends on'),
    async (week) => {
      const { json } = await runAt(workspace, endOf(week), 'monitor');
      expect(drift(json)).toMatchObject({
        summary: expect.stringMatching(new RegExp(`drifted: ${utilization}.*, age`)),
      });
      expect(drift(json)).toMatchObject({
        summary: expect.stringMatching(/; the model depends on Rev.* \(\d+ %\)/),
      });
      expect(json.drift.share_drifted_by_importance).toBeGreaterThan(0.3);
      const parts = json.drift.features.map(({ importance }: { importance: number }) => importance);
      expect(parts.reduce((sum: number, part: number) => sum + part, 0)).toBeCloseTo(1, 9);
    },
  );

  test(
    gmscTitle('says of a single day that it is too few rows, and what they would have shown'),
    async () => {
      const file = join(workspace, 'mlops.yaml');
      const weekly = readFileSync(file, 'utf8');
      writeFileSync(file, weekly.replace('lookback: 7d', 'lookback: 24h'));
      const { json } = await runAt(workspace, endOf(2), 'monitor');
      writeFileSync(file, weekly);
      expect(drift(json)).toMatchObject({
        status: 'UNKNOWN',
        summary: expect.stringMatching(
          /^1\d\d predictions in the window.*; a shift of 0\.5 deviations would have been seen in \d+ % of cases$/,
        ),
      });
    },
  );
});
