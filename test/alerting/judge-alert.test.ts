import { describe, expect, test } from 'vitest';
import { type AlertState, judgeAlert } from '../../src/alerting/judge-alert.ts';
import type { AlertRule } from '../../src/alerting/rules/rule.ts';
import { driftOf, driftRule, hour, start, storeRule } from './rules.ts';

/** What becomes of the alert at each of the values, one an hour. */
function changes(rule: AlertRule, values: readonly (number | null)[], every = hour) {
  let state: AlertState = { phase: 'ok' };
  return values.map((value, index) => {
    const judged = judgeAlert(rule, state, driftOf(value, start + index * every));
    state = judged.state;
    return judged.change === 'none' ? judged.state.phase : judged.change;
  });
}

describe('a threshold', () => {
  test.each([
    [0.3, 'ok'],
    [0.3001, 'fired'],
  ])('at the limit is well, above it fires: %d → %s', (value, change) => {
    expect(changes(driftRule, [value])).toEqual([change]);
  });

  test('closes only below the limit less the hysteresis', () => {
    expect(changes(driftRule, [0.4, 0.28, 0.26, 0.25])).toEqual(['fired', 'firing', 'firing', 'resolved']);
  });

  test('rises to CRITICAL at once, and falls back to WARNING only below that limit less the hysteresis', () => {
    expect(changes(driftRule, [0.4, 0.6, 0.46, 0.45, 0.31])).toEqual([
      'fired',
      'raised',
      'firing',
      'lowered',
      'firing',
    ]);
  });

  test('an open alert does not open again by hovering at the limit', () => {
    expect(changes(driftRule, [0.31, 0.29, 0.31, 0.29, 0.31])).toEqual([
      'fired',
      'firing',
      'firing',
      'firing',
      'firing',
    ]);
  });

  test('with `for: 3` fires at the third breach in a row', () => {
    expect(changes({ ...driftRule, for: 3 }, [0.4, 0.4, 0.2, 0.4, 0.4, 0.4])).toEqual([
      'pending',
      'pending',
      'ok',
      'pending',
      'pending',
      'fired',
    ]);
  });

  test('breaches further apart than the window are not in a row', () => {
    const rule = { ...driftRule, for: 2, windowMs: hour };
    expect(changes(rule, [0.4, 0.4], hour)).toEqual(['pending', 'fired']);
    expect(changes(rule, [0.4, 0.4], hour + 1)).toEqual(['pending', 'pending']);
  });

  test('a clock that was set back stops no alert', () => {
    expect(changes({ ...driftRule, for: 2 }, [0.4, 0.4], -hour)).toEqual(['pending', 'fired']);
    expect(changes(driftRule, [0.4, 0.1], -30 * 24 * hour)).toEqual(['fired', 'resolved']);
  });

  test('nothing measured changes nothing, and breaks no row', () => {
    expect(changes(driftRule, [0.4, null])).toEqual(['fired', 'firing']);
    expect(changes({ ...driftRule, for: 2 }, [0.4, null, 0.4])).toEqual(['pending', 'pending', 'fired']);
  });

  test('too small a sample neither opens nor closes', () => {
    const firing: AlertState = { phase: 'firing', severity: 'WARNING' };
    expect(judgeAlert(driftRule, { phase: 'ok' }, driftOf(0.9, start, 199)).change).toBe('none');
    expect(judgeAlert(driftRule, firing, driftOf(0, start, 199)).state).toEqual(firing);
    expect(judgeAlert(driftRule, firing, driftOf(0, start, 200)).change).toBe('resolved');
  });

  test('without a critical limit it stays WARNING', () => {
    expect(changes({ ...driftRule, critical: null }, [0.99])).toEqual(['fired']);
    const { state } = judgeAlert({ ...driftRule, critical: null }, { phase: 'ok' }, driftOf(0.99));
    expect(state).toEqual({ phase: 'firing', severity: 'WARNING' });
  });

  test('limits that an observation brings hold where the rule has none', () => {
    const rule = { ...driftRule, warning: undefined, critical: undefined };
    const observation = { ...driftOf(0.4), limits: { warning: 0.45, critical: null } };
    expect(judgeAlert(rule, { phase: 'ok' }, observation).change).toBe('none');
    expect(judgeAlert(rule, { phase: 'ok' }, driftOf(0.9)).change).toBe('none');
  });
});

describe('a verdict', () => {
  const judge = (status: 'OK' | 'WARNING' | 'CRITICAL' | 'UNKNOWN', rule = storeRule) =>
    judgeAlert(
      rule,
      { phase: 'firing', severity: 'WARNING' },
      { kind: 'verdict', rule: 'store', at: start, status, summary: '' },
    );

  test('is taken over', () => {
    expect(judge('OK').change).toBe('resolved');
    expect(judge('CRITICAL').change).toBe('raised');
  });

  test('UNKNOWN is no all-clear', () => {
    expect(judge('UNKNOWN').state).toEqual({ phase: 'firing', severity: 'WARNING' });
  });

  test('does not become worse than the rule lets it', () => {
    expect(judge('CRITICAL', { ...storeRule, severity: 'WARNING' }).change).toBe('none');
  });
});
