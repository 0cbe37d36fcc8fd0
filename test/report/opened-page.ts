import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The page opened from its file, with what the console said and which addresses it asked for. */
export async function openPage(
  browser: Browser | undefined,
  html: string,
  options: BrowserContextOptions = {},
) {
  const path = join(folder, `${Math.abs(html.length)}.html`);
  writeFileSync(path, html);
  if (browser === undefined) throw new Error('no browser');
  const page = await (await browser.newContext(options)).newPage();
  const said: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('dialog', async (dialog) => {
    said.push(`dialog ${dialog.message()}`);
    await dialog.dismiss();
  });
  const address = pathToFileURL(path).href;
  page.on('request', (request) => {
    if (request.url() !== address) asked.push(request.url());
  });
  await page.goto(address);
  return { page, said, asked };
}

/** Pixels by which the page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** What axe-core finds; it comes in by the protocol, because the page's own policy lets no other script in. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))',
  );
}
