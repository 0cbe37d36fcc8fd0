import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ModelCard } from '../../src/data/results/model-card.ts';
import { modelCard } from '../../src/loop/model-card/model-card.ts';
import { renderCardPage } from '../../src/report/card-page.tsx';
import { sampleWorkspace, signal, trainedAt, trainSample } from '../loop/model-workspace.ts';
import { chromiumPresent, chromiumTitle, launchChromium } from './chromium.ts';
import { axeViolations, openPage, overflow } from './opened-page.ts';

let browser: Browser | undefined;
let card: ModelCard;
beforeAll(async () => {
  if (!chromiumPresent) return;
  browser = await launchChromium();
  const workspace = sampleWorkspace();
  await trainSample(workspace);
  card = await modelCard(workspace, '1', trainedAt, signal);
});
afterAll(() => browser?.close());

const hostile = '</title><script>alert(1)</script><img src=x onerror=alert(1)>';

const narrow = [360, 'light'] as const;
const wide = [1440, 'dark'] as const;

type Size = typeof narrow | typeof wide;
const cards: readonly (readonly [string, readonly Size[], () => ModelCard])[] = [
  ['of a version trained here', [narrow, wide], () => card],
  [
    'of a model of which nothing is known',
    [wide],
    () => ({
      ...card,
      version: { ...card.version, training_run: null, stage_changes: [] },
      explanation: null,
      permutation: null,
      evaluation: null,
      features: card.features.map((feature) => ({
        ...feature,
        values: null,
        gain: null,
        permutation: null,
        shap: null,
        dependence: null,
      })),
    }),
  ],
  [
    'with hostile and endless names',
    [narrow],
    () => ({
      ...card,
      model: hostile,
      purpose: hostile,
      not_for: [hostile, 'a'.repeat(300)],
      live: { rows: 10, positives: 2, precision: null, recall: null, f1: null, roc_auc: null, brier: 0.1 },
      gate: {
        decision_id: '1',
        at: card.generated_at,
        who: hostile,
        decision: 'reject' as const,
        champion: null,
        rows: 200,
        criteria: [{ name: 'f1_floor', passed: false, detail: hostile }],
      },
      features: card.features.map((feature, place) => ({
        ...feature,
        name: `${hostile}${'_x'.repeat(place * 20)}`,
      })),
    }),
  ],
];

describe.each(cards)('the page %s', (_, sizes, cardOf) => {
  test.skipIf(!chromiumPresent).each(sizes)(
    chromiumTitle('fits %i px in the %s, asks for nothing, runs no script, and axe finds nothing'),
    async (width, colorScheme) => {
      const shown = { viewport: { width, height: 900 }, colorScheme };
      const { page, said, asked } = await openPage(browser, renderCardPage(cardOf()), shown);
      await page.evaluate(() => {
        for (const each of document.querySelectorAll('details')) each.open = true;
      });
      expect(await overflow(page)).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
      expect([said, asked]).toEqual([[], []]);
      expect(await page.locator('script, img').count()).toBe(0);
    },
  );
});

test.skipIf(!chromiumPresent)(
  chromiumTitle('every feature can be unfolded without script, and figures stand beside each picture'),
  async () => {
    const { page } = await openPage(browser, renderCardPage(card), { javaScriptEnabled: false });
    const name = card.features[0]?.name ?? '';
    const chart = page.getByRole('img', { name: `Mean probability by ${name}` });
    expect(await chart.isVisible()).toBe(false);
    await page.locator('section[aria-labelledby=features-title] summary', { hasText: name }).click();
    expect(await chart.isVisible()).toBe(true);
    expect(await page.getByRole('row', { name }).first().textContent()).toContain('higher');
    expect(Buffer.byteLength(renderCardPage(card))).toBeLessThan(300_000);
  },
);
