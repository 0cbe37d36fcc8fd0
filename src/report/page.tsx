import { createHash } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { pageStyle } from './page-style.ts';
import { visibleText } from './visible-text.ts';

/**
 * One HTML file that fetches nothing. Its policy allows its own style and script by their hashes and nothing else, so that
 * what stands in the data can run nothing even where it got past the escaping. The page is whole without the script.
 */
export function page(title: string, content: ComponentChildren, script?: string): string {
  const body = renderToString(<body>{content}</body>);
  const head = renderToString(
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={policy(script)} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{visibleText(title)}</title>
      <style dangerouslySetInnerHTML={{ __html: pageStyle }} />
      {script === undefined ? null : <script type="module" dangerouslySetInnerHTML={{ __html: script }} />}
    </head>,
  );
  return `<!doctype html>\n<html lang="en">${head}${visibleText(body)}</html>\n`;
}

function policy(script: string | undefined): string {
  const allowed = [
    "default-src 'none'",
    `style-src ${hashed(pageStyle)}`,
    ...(script === undefined ? [] : [`script-src ${hashed(script)}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return allowed.join('; ');
}

function hashed(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
