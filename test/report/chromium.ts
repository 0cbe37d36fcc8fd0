import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);

export const chromiumPresent = executablePath !== undefined;

/** The title of a test in a real browser, saying why it is skipped where there is none. */
export function chromiumTitle(title: string): string {
  return chromiumPresent ? title : `skipped: needs Chromium (${title})`;
}

/** Root may start it only without its sandbox. */
export function launchChromium(): Promise<Browser> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ args, ...(executablePath === undefined ? {} : { executablePath }) });
}
