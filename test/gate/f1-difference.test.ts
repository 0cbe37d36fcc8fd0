import { describe, expect, it, test } from 'vitest';
import { f1Difference } from '../../src/gate/f1-difference.ts';
import type { ScoredModel } from '../../src/gate/index.ts';
import { everyRow, uniform } from './models.ts';

interface Decisions {
  readonly labels: Uint8Array;
  readonly champion: readonly boolean[];
  readonly challenger: readonly boolean[];
}

function model(version: string, flags: readonly boolean[]): ScoredModel {
  return { version, threshold: 0.5, probabilities: Float64Array.from(flags, (flag) => (flag ? 1 : 0)) };
}

function difference({ labels, champion, challenger }: Decisions) {
  return f1Difference(model('1', champion), model('2', challenger), labels, everyRow(labels.length));
}

function drawn(rows: number, seed: number): Decisions {
  const random = uniform(seed);
  const labels = Uint8Array.from({ length: rows }, (_, row) => (row < 2 || random() < 0.4 ? 1 : 0));
  const flags = () => Array.from(labels, (label) => random() < (label === 1 ? 0.6 : 0.3));
  return { labels, champion: flags(), challenger: flags() };
}

function f1(labels: Uint8Array, flags: readonly boolean[]): number {
  const found = flags.filter((flag, row) => flag && labels[row] === 1).length;
  const flagged = flags.filter((flag) => flag).length;
  const positives = labels.filter((label) => label === 1).length;
  return (2 * found) / (flagged + positives);
}

/** By the definition: every one of the 2^rows ways to exchange the two decisions of a row. */
function enumerated({ labels, champion, challenger }: Decisions, allowed: number): number {
  const before = f1(labels, champion);
  const observed = f1(labels, challenger) - (1 - allowed) * before;
  const ways = 2 ** labels.length;
  let atMost = 0;
  for (let way = 0; way < ways; way++) {
    const exchanged = (row: number) => ((way >> row) & 1) === 1;
    const first = champion.map((flag, row) => (exchanged(row) ? challenger[row] === true : flag));
    const second = challenger.map((flag, row) => (exchanged(row) ? champion[row] === true : flag));
    if (f1(labels, second) - f1(labels, first) <= observed + 1e-9) atMost++;
  }
  return atMost / ways;
}

describe('the paired randomisation test of F1', () => {
  test.each([1, 2, 3, 4, 5, 6])('counts every exchange of decisions, drawn rows %#', (seed) => {
    const decisions = drawn(12, seed * 7919);
    const found = difference(decisions);
    expect(found.before).toBeCloseTo(f1(decisions.labels, decisions.champion), 12);
    expect(found.after).toBeCloseTo(f1(decisions.labels, decisions.challenger), 12);
    for (const allowed of [0, 0.05, 0.3, 1])
      expect(found.pValue(allowed)).toBeCloseTo(enumerated(decisions, allowed), 12);
  });

  it('is a sign test where one model finds what the other misses, and nothing else differs', () => {
    const labels = new Uint8Array(20).fill(1, 0, 10);
    const found = difference({
      labels,
      champion: Array.from(labels, (_, row) => row < 10),
      challenger: Array.from(labels, (_, row) => row < 2),
    });
    expect(found.discordant).toBe(8);
    expect(found.pValue(0)).toBeCloseTo(2 ** -8, 12);
  });

  it('has an interval of the differences that it does not reject, which the exchange of the models mirrors', () => {
    const decisions = drawn(400, 104729);
    const found = difference(decisions);
    const mirrored = difference({
      ...decisions,
      champion: decisions.challenger,
      challenger: decisions.champion,
    });
    const { low, high } = found.interval(0.025);
    expect(low).toBeLessThan(found.after - found.before);
    expect(high).toBeGreaterThan(found.after - found.before);
    expect(mirrored.interval(0.025).low).toBeCloseTo(-high, 9);
    // A loss of the share that the lower end stands for is the greatest that 2.5 % do not reject.
    const share = -high / found.before;
    expect(found.pValue(share + 1e-6)).toBeGreaterThan(0.025);
    expect(found.pValue(share - 1e-6)).toBeLessThanOrEqual(0.025);
  });

  it('says nothing against models that decide alike', () => {
    const decisions = drawn(50, 15485863);
    const found = difference({ ...decisions, challenger: decisions.champion });
    expect(found).toMatchObject({ discordant: 0 });
    expect(found.pValue(0)).toBe(1);
  });

  it('takes many thousands of rows decided differently', () => {
    const labels = Uint8Array.from({ length: 60_000 }, (_, row) => row % 2);
    const champion = Array.from(labels, (_, row) => row % 4 < 2);
    const challenger = Array.from(labels, (_, row) => row % 4 >= 2);
    const found = difference({ labels, champion, challenger });
    expect(found.discordant).toBe(60_000);
    expect(found.pValue(0)).toBeCloseTo(0.5, 1);
    // Two binomials of 15,000 found positives and false alarms a model: half of 95 % is 1.96 deviations.
    const { low, high } = found.interval(0.025);
    expect(high - low).toBeGreaterThan(0.01);
    expect(high - low).toBeLessThan(0.02);
  });
});
