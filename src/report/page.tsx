import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { pageStyle } from './page-style.ts';

/** One HTML file that fetches nothing and runs no script. */
export function page(title: string, content: ComponentChildren): string {
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: pageStyle }} />
      </head>
      <body>{content}</body>
    </html>
  );
  return `<!doctype html>\n${renderToString(document)}\n`;
}
