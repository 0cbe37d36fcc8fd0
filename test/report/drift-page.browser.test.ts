import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { featureTypes, measureDrift } from '../../src/drift/index.ts';
import { renderDriftPage } from '../../src/report/drift-page.tsx';
import type { DriftSubject } from '../../src/report/drift-subject.ts';
import { renderMonitorPage } from '../../src/report/monitor-page.tsx';
import { gmscPresent, gmscTable, gmscTitle } from '../drift/gmsc.ts';
import { chromiumPresent, chromiumTitle, launchChromium } from './chromium.ts';
import { calmFeature, categoricalFeature, driftResult, movedFeature, pastOf } from './drift-samples.ts';
import { axeViolations, openPage, overflow } from './opened-page.ts';

const subject: DriftSubject = {
  referenceName: 'train.csv',
  currentName: 'week.csv',
  generatedAt: Date.UTC(2026, 8, 14, 6),
};

const features = [
  ...Array.from({ length: 6 }, (_, place) => calmFeature(`calm_${place}`)),
  movedFeature('age'),
  categoricalFeature('region', [
    'south',
    'east',
    'west',
    'a category with a very long name that has to break somewhere',
  ]),
  movedFeature('an_enormously_long_name_of_a_column_without_any_place_at_which_it_could_be_broken_x9'),
  calmFeature('note', {
    type: 'text',
    test: 'none',
    score: null,
    threshold: null,
    note: 'free text is not compared',
  }),
];
const whole = driftResult(features);
const wholePage = renderDriftPage(whole, { ...subject, past: pastOf(features) });

let browser: Browser | undefined;
beforeAll(async () => {
  if (chromiumPresent) browser = await launchChromium();
});
afterAll(() => browser?.close());

const open = (html: string, options?: BrowserContextOptions) => openPage(browser, html, options);

const pages: (readonly [string, boolean, () => Promise<string> | string])[] = [
  ['of a result in which everything is filled', true, () => wholePage],
  ['of a bare result without any feature that drifted', true, () => bare()],
  ['of a monitoring run', true, () => monitored()],
  [
    gmscTitle('of the shifted gmsc pair'),
    gmscPresent,
    () => gmscPage('reference.csv', 'current_shifted.csv'),
  ],
  [gmscTitle('of the calm gmsc pair'), gmscPresent, () => gmscPage('reference.csv', 'current_calm.csv')],
  [
    gmscTitle('of the small gmsc pair'),
    gmscPresent,
    () => gmscPage('small_reference.csv', 'small_current.csv'),
  ],
];

function bare(): string {
  const { reference, current, report } = whole;
  const counts = { features_total: 1, features_drifted: 0, share_drifted: 0 };
  return renderDriftPage(
    { status: 'OK', reference, current, report, ...counts, features: [calmFeature('age')] },
    subject,
  );
}

function monitored(): string {
  const run = {
    status: 'WARNING' as const,
    at: '2026-09-14T06:00:00.000Z',
    window: { from: '2026-09-13T06:00:00.000Z', until: '2026-09-14T06:00:00.000Z' },
    model_version: '3',
    rows: 9_612,
    checks: [
      { name: 'drift' as const, status: 'WARNING' as const, summary: '3 of 10 features drifted: age' },
    ],
    drift: whole,
    issues: whole.issues ?? [],
    quality: [],
    volume: {
      status: 'OK' as const,
      last_hour: 400,
      last_day: 9_612,
      busiest_hour: 500,
      normal_hour: 400,
      cause: null,
      sentence: '400 predictions in the last hour',
    },
    proxy: [
      {
        window: '24h',
        rows: 9_612,
        positive_rate: 0.07,
        mean: 0.08,
        deviation: 0.1,
        quartiles: [0.02, 0.04, 0.09] as [number, number, number],
        entropy: 0.2,
      },
    ],
    performance: null,
    report: 'monitor.html',
  };
  const past = pastOf(features);
  return renderMonitorPage(run, { modelName: 'credit-risk', referenceName: 'version 3', past });
}

async function gmscPage(referenceName: string, currentName: string): Promise<string> {
  const [reference, current] = await Promise.all([gmscTable(referenceName), gmscTable(currentName)]);
  const limits = { warningShare: 0.3, criticalShare: 0.5, minimumRows: 200, falseAlarms: 0.05 };
  const result = measureDrift({ reference, current, features: featureTypes(reference, current), ...limits });
  return renderDriftPage(result, { ...subject, referenceName, currentName });
}

describe.each(pages)('the page %s', (_, present, render) => {
  const when = test.skipIf(!chromiumPresent || !present);

  when.each([
    [360, 'light'],
    [1440, 'dark'],
  ] as const)(
    chromiumTitle('fits %i px in the %s, asks for nothing, says nothing, and axe finds nothing'),
    async (width, colorScheme) => {
      const { page, said, asked } = await open(await render(), {
        viewport: { width, height: 900 },
        colorScheme,
      });
      expect(await overflow(page)).toBe(0);
      await page.evaluate(() => {
        for (const each of document.querySelectorAll('details')) each.open = true;
      });
      expect(await overflow(page)).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
      expect([said, asked]).toEqual([[], []]);
    },
  );
});

const inChromium = test.skipIf(!chromiumPresent);

inChromium(chromiumTitle('the script searches, filters, orders and folds'), async () => {
  const { page } = await open(wholePage);
  const shown = () => page.locator('.feature:visible h3').allTextContents();
  expect((await shown()).slice(0, 3)).toEqual([
    'age',
    'an_enormously_long_name_of_a_column_without_any_place_at_which_it_could_be_broken_x9',
    'region',
  ]);
  await page.getByRole('searchbox', { name: 'Search' }).fill('CALM_3');
  expect(await shown()).toEqual(['calm_3']);
  expect(await page.locator('output').textContent()).toBe('1 of 10 shown');
  await page.getByRole('searchbox', { name: 'Search' }).fill('');
  await page.getByLabel('Show').selectOption('drifted');
  expect(await shown()).toHaveLength(3);
  await page.getByRole('button', { name: 'Fold all', exact: true }).click();
  expect(await page.locator('.feature[open]').count()).toBe(0);
  await page.getByLabel('Show').selectOption('all');
  await page.getByLabel('Order').selectOption('name');
  expect((await shown())[2]).toBe('calm_0');
});

inChromium(
  chromiumTitle('without script everything is there and unfolds, and no control is shown that does nothing'),
  async () => {
    const { page } = await open(wholePage, { javaScriptEnabled: false });
    expect(await page.locator('.feature').count()).toBe(10);
    expect(await page.locator('.feature:visible').count()).toBe(10);
    expect(await page.locator('#controls').isVisible()).toBe(false);
    const table = page.locator('.feature', { hasText: 'calm_0' }).getByRole('table');
    expect(await table.isVisible()).toBe(false);
    await page.locator('summary', { hasText: 'calm_0' }).click();
    expect(await table.isVisible()).toBe(true);
  },
);

inChromium(chromiumTitle('hostile names run nothing and are shown as they are'), async () => {
  const hostile = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    '</style><script>alert(1)</script>',
    'a\u202egnp.exe',
    'line\nbreak\u0000\u001b[31m',
    'javascript:alert(1)',
    '{{constructor.constructor("alert(1)")()}}',
  ];
  const result = driftResult(
    hostile.flatMap((name) => [movedFeature(name), categoricalFeature(`${name}2`, hostile)]),
    { notes: hostile, sentence: hostile.join(' ') },
  );
  const html = renderDriftPage(result, {
    ...subject,
    currentName: hostile[0] ?? '',
    past: pastOf(result.features),
  });
  const { page, said, asked } = await open(html);
  expect([said, asked]).toEqual([[], []]);
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.locator('script').count()).toBe(1);
  const names = await page.locator('.feature h3').allTextContents();
  expect(names).toContain('<script>alert(1)</script>');
  expect(names).toContain('a⟨U+202E⟩gnp.exe');
  expect(names).toContain('line⟨U+000A⟩break⟨U+0000⟩⟨U+001B⟩[31m');
  expect(await axeViolations(page)).toEqual([]);
});

inChromium(chromiumTitle('a thousand features open in a moment'), async () => {
  const html = wide(calmFeature, movedFeature);
  const started = performance.now();
  const { page } = await open(html);
  await page.getByRole('searchbox', { name: 'Search' }).fill('feature_77');
  expect(await page.locator('.feature:visible').count()).toBe(11);
  expect(performance.now() - started).toBeLessThan(15_000);
});

function wide(calm: typeof calmFeature, moved: typeof movedFeature): string {
  const many = Array.from({ length: 1000 }, (_, place) =>
    (place % 5 === 0 ? moved : calm)(`feature_${place}`),
  );
  return renderDriftPage(driftResult(many), { ...subject, past: pastOf(many) });
}

describe('size', () => {
  const twenty = Array.from({ length: 21 }, (_, place) => `category number ${place}`);
  const categories = (name: string) => categoricalFeature(name, twenty);

  test('ten features stay under 400 KB', () => {
    expect(Buffer.byteLength(wholePage)).toBeLessThan(400_000);
  });

  test('a thousand stay under 6 MB, also where each has twenty categories', () => {
    expect(Buffer.byteLength(wide(calmFeature, movedFeature))).toBeLessThan(6_000_000);
    expect(Buffer.byteLength(wide(categories, categories))).toBeLessThan(6_000_000);
  });
});
