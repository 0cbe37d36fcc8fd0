import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  auditProblems,
  labelCoverageOfNewest,
  labelledPerformance,
  labelWriter,
  openStore,
  outlineProblems,
  predictionSpool,
  recordEvent,
  type Store,
} from '../../src/store/index.ts';

function emptyStore(): Store {
  return openStore(join(mkdtempSync(join(tmpdir(), 'mlops-test-')), 'store.db'), { create: true });
}

interface Row {
  readonly at: number;
  readonly version?: string;
  readonly probability: number | null;
  readonly outcome: number | null;
  readonly label?: readonly [label: number, at: number];
}

function storeWith(rows: readonly Row[]): Store {
  const store = emptyStore();
  const spool = predictionSpool(store, []);
  for (const [index, { at, version = '1', probability, outcome }] of rows.entries()) {
    spool.add({
      prediction_id: `p${index}`,
      predicted_at: at,
      model_version: version,
      probability,
      outcome,
      features: [],
    });
  }
  store.change(() => spool.record());
  const { put } = labelWriter(store);
  for (const [index, { label }] of rows.entries()) {
    if (label === undefined) continue;
    put(
      { prediction_id: `p${index}`, true_label: label[0], label_timestamp: label[1], label_source: 'test' },
      0,
    );
  }
  return store;
}

describe('performance of the labelled rows', () => {
  const question = { version: '1', after: 100, until: 200, most: 10 };

  test('is Brier score and F1 by their definitions', () => {
    const store = storeWith([
      { at: 1, probability: 0.9, outcome: 1, label: [1, 150] },
      { at: 2, probability: 0.6, outcome: 1, label: [0, 150] },
      { at: 3, probability: 0.3, outcome: 0, label: [1, 150] },
      { at: 4, probability: 0.2, outcome: 0, label: [0, 150] },
    ]);
    const performance = labelledPerformance(store, question);
    expect(performance).toMatchObject({ rows: 4, positives: 2, f1: 0.5 });
    // (0.1² + 0.6² + 0.7² + 0.2²) / 4
    expect(performance.brier).toBeCloseTo(0.225, 12);
  });

  test('leaves out other versions, unscored rows and labels outside the window', () => {
    const well = { at: 1, probability: 1, outcome: 1 } as const;
    const store = storeWith([
      { ...well, label: [1, 100] },
      { ...well, label: [1, 101] },
      { ...well, label: [1, 200] },
      { ...well, label: [1, 201] },
      { ...well, version: '2', label: [0, 150] },
      { at: 1, probability: null, outcome: null, label: [0, 150] },
      { at: 1, probability: 0.5, outcome: null, label: [0, 150] },
      well,
    ]);
    expect(labelledPerformance(store, question)).toEqual({ rows: 2, positives: 2, brier: 0, f1: 1 });
  });

  test('looks at the labels recorded last when there are many', () => {
    const store = storeWith([
      { at: 1, probability: 0, outcome: 0, label: [1, 150] },
      { at: 2, probability: 1, outcome: 1, label: [1, 150] },
    ]);
    expect(labelledPerformance(store, { ...question, most: 1 })).toMatchObject({ rows: 1, brier: 0 });
  });

  test('is null where it is not defined', () => {
    expect(labelledPerformance(emptyStore(), question)).toEqual({
      rows: 0,
      positives: 0,
      brier: null,
      f1: null,
    });
    const store = storeWith([{ at: 1, probability: 0, outcome: 0, label: [0, 150] }]);
    expect(labelledPerformance(store, question)).toEqual({ rows: 1, positives: 0, brier: 0, f1: null });
  });
});

test('coverage of the newest predictions counts the labels known at a time', () => {
  const row = { probability: null, outcome: null };
  const store = storeWith([
    { ...row, at: 9, label: [1, 50] },
    { ...row, at: 10, label: [1, 50] },
    { ...row, at: 11, label: [1, 51] },
    { ...row, at: 12 },
    { ...row, at: 13, label: [1, 50] },
  ]);
  const window = { from: 10, until: 12, knownAt: 50, most: 10 };
  expect(labelCoverageOfNewest(store, window)).toEqual({ predictions: 3, labelled: 1, share: 1 / 3 });
  expect(labelCoverageOfNewest(store, { ...window, most: 2 })).toMatchObject({ predictions: 2, labelled: 0 });
});

describe('the end of the audit chain', () => {
  function storeWithEvents(): Store {
    const store = emptyStore();
    for (let at = 1; at <= 5; at++) {
      store.change(() =>
        recordEvent(store, { at, who: 'test', command: 'test', reason: `${at}`, before: null, after: null }),
      );
    }
    store.connection.exec('DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_removed');
    return store;
  }

  test('is looked at as far as asked, and no further', () => {
    const store = storeWithEvents();
    expect(auditProblems(store, 2)).toEqual({ events: 2, problems: [], gaps: [] });
    expect(auditProblems(store, 9)).toEqual({ events: 5, problems: [], gaps: [] });
    store.connection.exec("UPDATE event SET reason = 'other' WHERE seq = 2");
    expect(auditProblems(store, 3).problems).toEqual([]);
    expect(auditProblems(store, 4).problems).toEqual(['audit row 2 was altered']);
  });

  test('must follow the row before it', () => {
    const store = storeWithEvents();
    store.connection.exec('DELETE FROM event WHERE seq = 3');
    expect(auditProblems(store, 2).problems).toEqual([
      'audit row 4 does not follow row 3: moved or replaced',
    ]);
    expect(auditProblems(store, 3).problems).toEqual(['audit rows 3 to 3 are missing']);
  });
});

test('the outline names a table that is missing', () => {
  const store = emptyStore();
  expect(outlineProblems(store)).toEqual([]);
  store.connection.exec('DROP TABLE label_correction; DROP TABLE label');
  expect(outlineProblems(store)).toEqual(['the table label is missing']);
});
