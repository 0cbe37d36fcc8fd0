import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { GateJudgement } from '../../src/data/results/gate.ts';
import { gateView } from '../../src/report/gate-view.ts';

const rejected: GateJudgement = {
  decision: 'reject',
  reason: 'criteria_not_met',
  champion: '2',
  challenger: '3',
  rows: 1412,
  criteria: [
    { name: 'labelled_rows', passed: true, observed: 1412, required: 200, detail: 'Enough rows.' },
    { name: 'f1_improvement', passed: false, observed: -0.046, required: 0.02, detail: 'F1 fell.' },
    { name: 'brier_degradation', passed: false, observed: null, required: 0.01, detail: 'Brier unknown.' },
  ],
  segments: null,
  costs: null,
  groups: null,
  selection: null,
  evidence: null,
  significance: {
    f1_difference: -0.02,
    f1_interval: { low: -0.06, high: 0.015 },
    brier_difference: 0.001,
    brier_p: 0.3,
    log_loss_difference: 0.002,
    log_loss_p: 0.2,
    only_champion_right: 30,
    only_challenger_right: 12,
    mcnemar_p: 0.0123,
    roc_auc_difference: -0.02,
    delong_p: null,
  },
};

function lines(result: GateJudgement): readonly string[] {
  return stripVTControlCharacters(gateView(result)).split('\n');
}

describe('the gate on a terminal', () => {
  it('reads a rejection as a good outcome: the champion stays, and what to do next, once', () => {
    const [first, ...rest] = lines(rejected);
    expect(first).toBe(
      'REJECT - the champion, version 2, stays, and nothing changed: version 3 did not earn its place; 1 of 3 criteria met on 1,412 labelled rows',
    );
    expect(rest.join('\n')).toMatch(/F1 improvement +│ -4\.6 % +│ ≥ \+2\.0 % +│ ✗/);
    expect(rest.join('\n')).toMatch(/Brier degradation +│ – +│ ≤ 0\.01 +│ ✗/);
    expect(rest.slice(-7)).toEqual([
      '✓ Enough rows.',
      '✗ F1 fell.',
      '✗ Brier unknown.',
      'evidence: F1 differs by -0.02 (95 % interval -0.06 to 0.015), the log loss by 0.002 (p 0.2), the Brier score by 0.001 (p 0.3)',
      'evidence: ROC AUC differs by -0.02 (DeLong p –)',
      'evidence: the champion alone is right on 30 rows, the challenger alone on 12 (McNemar p 0.0123)',
      "next: another challenger: 'mlops train' on newer labels, then 'mlops gate' again",
    ]);
  });

  it('names the command after a promotion', () => {
    const result: GateJudgement = {
      ...rejected,
      decision: 'promote',
      criteria: rejected.criteria.slice(0, 1),
    };
    expect(lines(result)[0]).toBe(
      'PROMOTE - version 3 may take the place of version 2; 1 of 1 criteria met on 1,412 labelled rows',
    );
    expect(lines(result).at(-1)).toBe('next: mlops promote 3');
  });

  it('says when there is no champion', () => {
    const result: GateJudgement = { ...rejected, champion: null, significance: null };
    expect(lines(result)[0]).toContain(
      'REJECT - there is no champion yet, and version 3 does not become the first',
    );
    expect(lines({ ...result, decision: 'promote' })[0]).toContain('PROMOTE - there is no champion yet');
  });
});
