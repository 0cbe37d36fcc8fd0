import { describe, expect, it, test } from 'vitest';
import { type GateCriterion, gateJudgementDefinition } from '../../src/data/results/gate.ts';
import { evaluateGate, type GateQuestion, gateCriteria, gatePresets } from '../../src/gate/index.ts';
import { constant, convincing, everyRow, flagging, labelsOf } from './models.ts';

function criterion(change: Partial<GateQuestion>, name: GateCriterion['name']): GateCriterion {
  const result = evaluateGate({ ...convincing(), ...change });
  expect(gateJudgementDefinition.parse(result)).toEqual(result);
  const found = result.criteria.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no criterion ${name}`);
  expect(found.detail).not.toMatch(/NaN|undefined|Infinity/);
  if (!found.passed) expect(result.decision).toBe('reject');
  return found;
}

describe('the presets', () => {
  it("are the runbook's numbers, and the error that the evidence may have", () => {
    expect(Object.values(gatePresets).map((preset) => Object.values(preset))).toEqual([
      [200, 0.3, 7, 0.02, 0.01, 0.05, 0.05],
      [500, 0.5, 14, 0.05, 0.005, 0.05, 0.01],
      [100, 0.1, 1, 0.01, 0.05, null, 0.1],
    ]);
  });

  it('give way to what the configuration sets, be it 0 or null', () => {
    expect(gateCriteria('production', { minimum_days: 0, maximum_segment_loss: null })).toEqual({
      ...gatePresets.production,
      minimumDays: 0,
      maximumSegmentLoss: null,
      costs: null,
      maximumCostIncrease: 0,
      maximumDemographicParityDifference: null,
      maximumEqualOpportunityDifference: null,
      floors: { minimumRocAuc: 0.6, maximumBrier: 0.2 },
    });
    expect(gateCriteria('aggressive', { maximum_segment_loss: 0.1 }).maximumSegmentLoss).toBe(0.1);
    expect(gateCriteria('production', {}, { maximumBrier: 0.15 }).floors).toEqual({
      minimumRocAuc: 0.6,
      maximumBrier: 0.15,
    });
  });
});

describe('the gate', () => {
  it('promotes a challenger that meets all seven criteria, each told in a sentence', () => {
    const result = evaluateGate(convincing());
    expect(result).toMatchObject({
      decision: 'promote',
      reason: null,
      champion: '2',
      challenger: '3',
      rows: 400,
    });
    expect(result.criteria.map(({ detail }) => detail)).toEqual([
      '400 labelled rows were scored, at least 200 are required.',
      '60.0 % of the predictions have a label, at least 30.0 % are required.',
      'Champion version 2 was promoted 9.2 days ago, at least 7.0 days are required.',
      'F1 rose from 0.500 to 0.600 (+20.0 %), at least +2.0 % is required.',
      'The Brier score fell from 0.210 to 0.170 (-0.040, better), at most +0.010 is allowed.',
      'No loss of F1 beyond the allowed 5.0 % is established in the one segment (false discovery rate 5.0 %); none loses on these rows.',
      'Version 3 is better beyond chance: were it no better than version 2, as much would ever be seen in up to 0.1 % of cases, and at most 5.0 % is allowed (challenger 1 of this champion).',
    ]);
  });

  it('rejects for a single criterion', () => {
    const result = evaluateGate({ ...convincing(), coverage: 0.29 });
    expect(result.decision).toBe('reject');
    expect(result.criteria.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual([
      'label_coverage',
    ]);
  });

  it('refuses arrays that do not belong together', () => {
    const longer = constant('3', 401, 0.5);
    expect(() => evaluateGate({ ...convincing(), challenger: longer })).toThrow(
      '401 probabilities for 400 labels',
    );
    const segments = [{ name: 'elsewhere', rows: Uint32Array.of(400) }];
    expect(() => evaluateGate({ ...convincing(), segments })).toThrow(
      "segment 'elsewhere' names a row beyond",
    );
  });
});

describe('at the boundary', () => {
  const on = (positives: number, negatives: number, champion: number, challenger: number) => {
    const labels = labelsOf(positives, negatives);
    return {
      labels,
      segments: [{ name: 'all', rows: everyRow(labels.length) }],
      champion: flagging('2', labels, champion, positives - champion),
      challenger: flagging('3', labels, challenger, positives - challenger),
    };
  };
  const rows = (count: number) => on(50, count - 50, 20, 30);

  test.each([
    ['labelled_rows', rows(200), true],
    ['labelled_rows', rows(199), false],
    ['label_coverage', { coverage: 0.3 }, true],
    ['label_coverage', { coverage: 0.2999 }, false],
    ['days_since_promotion', { daysSincePromotion: 7 }, true],
    ['days_since_promotion', { daysSincePromotion: 6.99 }, false],
    ['f1_improvement', on(100, 300, 50, 51), true],
    ['f1_improvement', on(1000, 1000, 400, 408), true],
    ['f1_improvement', on(1000, 1000, 400, 407), false],
  ] as const)('%s counts a figure that equals what is required (case %#)', (name, change, passed) => {
    expect(criterion(change, name).passed).toBe(passed);
  });

  it('brier_degradation lets a score of 0.25 become 0.26, and no more', () => {
    const labels = labelsOf(100, 100);
    const change = { labels, segments: [], champion: constant('2', 200, 0.5) };
    const equal = criterion({ ...change, challenger: constant('3', 200, 0.4) }, 'brier_degradation');
    expect(equal).toMatchObject({ passed: true, observed: 0.01, required: 0.01 });
    const beyond = criterion({ ...change, challenger: constant('3', 200, 0.3999) }, 'brier_degradation');
    expect(beyond.passed).toBe(false);
  });

  it('a near miss is written with the digits that show it', () => {
    expect(criterion({ coverage: 0.29996 }, 'label_coverage').detail).toBe(
      "29.996 % of the predictions have a label, at least 30.000 % are required: wait until more fall due, or add them with 'mlops labels add'.",
    );
    expect(criterion({ daysSincePromotion: 6.99 }, 'days_since_promotion').detail).toContain('6.99 days ago');
  });
});

describe('what cannot be known does not pass', () => {
  test.each([
    [{ coverage: Number.NaN }, 'label_coverage', 'is not known'],
    [{ coverage: 1.2 }, 'label_coverage', 'is not known'],
    [{ daysSincePromotion: null }, 'days_since_promotion', 'not known when champion version 2 was promoted'],
    [{ daysSincePromotion: Number.NaN }, 'days_since_promotion', 'not known when'],
    [{ daysSincePromotion: -1 }, 'days_since_promotion', 'still lies ahead'],
    [{ segments: [] }, 'segment_f1', 'No segment can be judged'],
  ] as const)('%o', (change, name, told) => {
    const found = criterion(change, name);
    expect(found).toMatchObject({ passed: false, observed: null });
    expect(found.detail).toContain(told);
  });

  const broken = (value: number) => {
    const { challenger } = convincing();
    return { challenger: { ...challenger, probabilities: challenger.probabilities.with(7, value) } };
  };
  const wrongLabel = { labels: labelsOf(100, 300).with(5, 2) };
  const empty = {
    labels: [],
    champion: constant('2', 0, 0.5),
    challenger: constant('3', 0, 0.5),
    segments: [],
  };

  test.each([
    ['no positive row', { labels: new Uint8Array(400) }, 'every one of the 400 labels is negative'],
    ['no negative row', { labels: new Uint8Array(400).fill(1) }, 'every one of the 400 labels is positive'],
    [
      'a probability that is not a number',
      broken(Number.NaN),
      'version 3 gave no probability between 0 and 1 on 1 of 400',
    ],
    ['a probability above 1', broken(1.5), 'version 3 gave no probability'],
    ['an infinite probability', broken(Number.POSITIVE_INFINITY), 'version 3 gave no probability'],
    ['a label 2', wrongLabel, 'label 2 of row 6 is neither 0 nor 1'],
    [
      'no threshold',
      { champion: { ...constant('2', 400, 0.5), threshold: Number.NaN } },
      'version 2 has no threshold',
    ],
    ['no row', empty, 'there is no labelled row'],
  ] as const)('%s: F1, Brier and segments say why', (_, change, told) => {
    for (const name of ['f1_improvement', 'brier_degradation', 'segment_f1'] as const) {
      const found = criterion(change, name);
      expect(found).toMatchObject({ passed: false, observed: null });
      expect(found.detail).toContain(told);
    }
    for (const { passed, detail } of evaluateGate({
      ...convincing(),
      ...change,
      champion: null,
    }).criteria.slice(1))
      if (told.includes('version 2')) expect(passed).toBe(true);
      else {
        expect(passed).toBe(false);
        expect(detail).toContain(told);
      }
  });

  it('no rows are too few even where none are required', () => {
    const criteria = gateCriteria('production', { minimum_rows: 0 });
    expect(criterion({ ...empty, criteria }, 'labelled_rows')).toMatchObject({ passed: false, observed: 0 });
  });

  it('a champion that finds no positive leaves the improvement undefined, for a person to look at', () => {
    const labels = labelsOf(100, 300);
    const found = criterion({ champion: flagging('2', labels, 0, 10) }, 'f1_improvement');
    expect(found).toMatchObject({ passed: false, observed: null, required: 0.02 });
    expect(found.detail).toContain('finds none of the positive rows (F1 0; the challenger has 0.600)');
  });
});

describe('segments', () => {
  const labels = labelsOf(100, 300);
  const rows = (from: number, until: number) => everyRow(until).slice(from);
  /** Better on the whole, and blind to the first forty positives. */
  const blind = {
    version: '3',
    threshold: 0.5,
    probabilities: Float64Array.from(labels, (_, row) => (row >= 40 && row < 100 ? 0.9 : 0.1)),
  };

  it('in which a loss is established are named, and reject while F1 rises on the whole', () => {
    const segments = [
      { name: 'age 21 to 40', rows: rows(30, 130) },
      { name: 'region north', rows: rows(0, 40) },
    ];
    const found = criterion({ challenger: blind, segments }, 'segment_f1');
    expect(criterion({ challenger: blind, segments }, 'f1_improvement').passed).toBe(true);
    expect(found).toMatchObject({ passed: false, required: 0.05 });
    expect(found.detail).toBe(
      "A loss of F1 beyond the allowed 5.0 % is established in 1 of 2 segments (false discovery rate 5.0 %): 'region north', F1 fell from 1.000 to 0.000 (-100.0 %, 95 % interval of the difference -1.000 to -0.731) on 40 rows, 40 positive.",
    );
  });

  it('show how much is lost beyond doubt: the limit at which the decision turns', () => {
    const segments = [{ name: 'region north', rows: rows(0, 40) }];
    const at = (maximumSegmentLoss: number) =>
      criterion(
        { challenger: blind, segments, criteria: { ...gateCriteria('production'), maximumSegmentLoss } },
        'segment_f1',
      );
    const { observed } = at(0.05);
    expect(observed).toBeGreaterThan(0.5);
    expect(observed).toBeLessThan(1);
    expect(at(observed ?? 0).passed).toBe(true);
    expect(at((observed ?? 0) - 1e-6).passed).toBe(false);
  });

  it('that lose on so few rows that chance explains it reject nobody, and are named', () => {
    const segments = [
      { name: 'everybody', rows: rows(0, 400) },
      { name: 'south', rows: Uint32Array.from([...rows(36, 40), ...rows(200, 260)]) },
      { name: 'few', rows: rows(0, 29) },
      { name: 'healthy', rows: rows(200, 300) },
    ];
    const found = criterion({ challenger: blind, segments }, 'segment_f1');
    expect(found).toMatchObject({ passed: true, observed: 0 });
    expect(found.detail).toBe(
      "No loss of F1 beyond the allowed 5.0 % is established in any of 4 segments (false discovery rate 5.0 %); greatest loss seen: 'south', F1 fell from 1.000 to 0.000 (-100.0 %) on 64 rows, 4 positive. Not enough evidence to tell in 3: 'south' (64 rows, 4 positive), 'few' (29 rows, 29 positive), 'healthy' (100 rows, 0 positive).",
    );
    const result = evaluateGate({ ...convincing(), challenger: blind, segments });
    expect(result.segments?.map(({ name, verdict, q_value }) => [name, verdict, q_value])).toEqual([
      ['everybody', 'within', expect.closeTo(1, 3)],
      ['south', 'not_enough_evidence', null],
      ['few', 'not_enough_evidence', null],
      ['healthy', 'not_enough_evidence', null],
    ]);
  });

  it('do not pass when every one is too small or without a positive row', () => {
    const segments = Array.from({ length: 7 }, (_, index) => ({ name: `part ${index}`, rows: rows(0, 29) }));
    const found = criterion({ segments }, 'segment_f1');
    expect(found).toMatchObject({ passed: false, observed: null });
    expect(found.detail).toContain('No segment can be judged: wait for more labels');
    expect(found.detail).toContain("'part 4' (29 rows, 29 positive) and 2 more");
  });

  it('have nothing to lose where the champion found nothing', () => {
    const segments = [{ name: 'missed', rows: rows(60, 130) }];
    const { champion } = convincing();
    const found = criterion({ champion, challenger: blind, segments }, 'segment_f1');
    expect(found).toMatchObject({ passed: true, observed: 0 });
  });

  it('are left out on request, which the criterion says', () => {
    const found = criterion({ criteria: gateCriteria('aggressive'), segments: [] }, 'segment_f1');
    expect(found).toMatchObject({ passed: true, observed: null, required: null });
    expect(found.detail).toBe('Segments are not compared: these criteria ask for none.');
  });
});

describe('without a champion', () => {
  const labels = labelsOf(100, 300);
  const first = (change: Partial<GateQuestion>) => ({ champion: null, daysSincePromotion: null, ...change });
  const passes = (change: Partial<GateQuestion>) =>
    evaluateGate({ ...convincing(), ...first(change) }).criteria.map(({ name, passed }) => [name, passed]);

  it('a useful model is promoted by its floors, and the result says that there is no champion', () => {
    const result = evaluateGate({ ...convincing(), ...first({ coverage: 0 }) });
    expect(result).toMatchObject({ decision: 'promote', champion: null, significance: null });
    expect(result.criteria.map(({ detail }) => detail)).toEqual([
      '400 labelled rows were scored, at least 200 are required.',
      'ROC AUC of version 3 is 0.733; without a champion at least 0.600 is required.',
      'The Brier score of version 3 is 0.170; without a champion at most 0.200 is allowed.',
      'The Brier score of version 3 is 0.170; without a champion at most 0.188 is allowed, which is what always answering the share of positives, 25.0 %, would have.',
      'F1 of version 3 is 0.600; without a champion at least 0.400 is required, which is what calling every row positive would have.',
    ]);
  });

  it('each floor holds by itself', () => {
    expect(passes({ challenger: constant('3', 400, 0.25) })).toEqual([
      ['labelled_rows', true],
      ['roc_auc_floor', false],
      ['brier_floor', true],
      ['brier_against_base_rate', true],
      ['f1_floor', false],
    ]);
    const flagsAll = { ...flagging('3', labels, 60, 40), threshold: 0 };
    expect(passes({ challenger: flagsAll }).at(-1)).toEqual(['f1_floor', true]);
    const shy = { ...flagging('3', labels, 60, 40), threshold: 0.95 };
    expect(passes({ challenger: shy }).at(-1)).toEqual(['f1_floor', false]);
    expect(passes({ criteria: gateCriteria('conservative') })[0]).toEqual(['labelled_rows', false]);
    expect(passes({ criteria: gateCriteria('production', {}, { maximumBrier: 0.15 }) })[2]).toEqual([
      'brier_floor',
      false,
    ]);
  });
});
