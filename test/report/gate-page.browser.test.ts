import { stripVTControlCharacters } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GateDecision } from '../../src/data/results/gate.ts';
import { evaluateGate, gateCriteria } from '../../src/gate/index.ts';
import { renderGatePage } from '../../src/report/gate-page.tsx';
import { gateDecisionView } from '../../src/report/gate-view.ts';
import { sample } from '../gate/credit-like.ts';
import { chromiumPresent, chromiumTitle, launchChromium } from './chromium.ts';
import { axeViolations, openPage, overflow } from './opened-page.ts';

let browser: Browser | undefined;
beforeAll(async () => {
  if (chromiumPresent) browser = await launchChromium();
});
afterAll(() => browser?.close());

const { champion, challenger, labels, groups } = sample();
const weights = Float64Array.from(labels, (_, row) => 1 + (row % 3));
const found = {
  ...{ labelled_rows: 600, unlabelled_rows: 400, roc_auc: 0.71, interval: { low: 0.68, high: 0.74 } },
  ...{ differ: true, columns: [{ name: 'age', share: 0.8 }] },
};

function decision(change: Partial<GateDecision> = {}): GateDecision {
  const costs = { falsePositive: 1, falseNegative: 5 };
  const judgement = evaluateGate({
    ...{ champion, challenger, labels, coverage: 0.6, daysSincePromotion: 30, earlierChallengers: 0 },
    segments: groups,
    protectedColumns: [{ column: 'region', groups }],
    selection: { found, weights },
    commanded: [
      { name: 'command:stability', passed: false, observed: 0.3, required: 0.1, detail: 'Too unstable.' },
    ],
    criteria: gateCriteria('production', { maximum_demographic_parity_difference: 0.2 }, {}, costs),
  });
  return {
    ...judgement,
    ...{ decision_id: '3', at: '2026-11-15T00:00:00.000Z', who: 'ada', preset: 'production' },
    ...{ evidence_expected_at: null, notes: ['scored on 600 labelled predictions'] },
    ...change,
  };
}

const first = evaluateGate({
  ...{ champion: null, challenger, labels, coverage: 1, daysSincePromotion: null, earlierChallengers: 0 },
  segments: [],
  criteria: gateCriteria('production'),
});

describe.each([
  ['in which everything is filled', decision()],
  ['of a first model', decision({ ...first })],
] as const)('the page of a decision %s', (_, result) => {
  test.skipIf(!chromiumPresent).each([
    [360, 'light'],
    [1440, 'dark'],
  ] as const)(
    chromiumTitle('fits %i px in the %s, asks for nothing, says nothing, and axe finds nothing'),
    async (width, colorScheme) => {
      const { page, said, asked } = await openPage(browser, renderGatePage(result), {
        viewport: { width, height: 900 },
        colorScheme,
      });
      expect(await overflow(page)).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
      expect([said, asked]).toEqual([[], []]);
    },
  );
});

test.skipIf(!chromiumPresent)(
  chromiumTitle('hostile names run nothing and are shown as they are'),
  async () => {
    const hostile = '"><img src=x onerror=alert(1)><script>alert(1)</script>\u202e';
    const { segments, groups: columns, criteria } = decision();
    const html = renderGatePage(
      decision({
        who: hostile,
        notes: [hostile],
        segments: segments?.map((each) => ({ ...each, name: hostile })) ?? null,
        groups: columns?.map((each) => ({ ...each, column: hostile })) ?? null,
        criteria: criteria.map((each) => ({ ...each, detail: hostile })),
      }),
    );
    const { page, said, asked } = await openPage(browser, html);
    expect([said, asked]).toEqual([[], []]);
    expect(await page.locator('img, script').count()).toBe(0);
    expect(await page.locator('.notes li').first().textContent()).toContain(
      '<script>alert(1)</script>⟨U+202E⟩',
    );
  },
);

describe('a decision in words', () => {
  const text = stripVTControlCharacters(gateDecisionView(decision()));

  test('says what was decided, why, in cases out of 1,000, what it costs and what is not known', () => {
    expect(text).toContain(
      'Model version 1 stays in production and version 2 does not replace it. The new one did not earn its place. Both were measured on the same 600 cases',
    );
    expect(text).toMatch(/^\d of \d+ criteria are not met: .*Too unstable\.$/m);
    expect(text).toMatch(
      /^Of 1,000 cases the new model decides \d+ differently: \d+ rightly where the old one errs/m,
    );
    expect(text).toContain(
      '1,000 decisions cost 418.3 in place of 653.3: a difference of -235 (95 % interval -371.1 to -98.94)',
    );
    expect(text).toContain('the cases are too few to tell, which is not the same as safe');
    expect(text).toContain('should ask who gets an outcome');
  });

  test('draws the difference of F1 on all rows and in segments, around 0', () => {
    const lines = text.split('\n').filter((line) => line.includes('●'));
    expect(lines[0]).toMatch(/^all rows +[│ ]+ *├?[─┼]*●[─┼]*┤/);
    expect(lines.slice(1).map((line) => line[0])).toEqual(expect.arrayContaining(['a', 'b', 'c']));
  });
});
