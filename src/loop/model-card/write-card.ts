import { resolve } from 'node:path';
import { writeFileAtomic } from '../../data/index.ts';
import type { ModelCard } from '../../data/results/model-card.ts';

export interface CardFiles {
  readonly html?: string | undefined;
  readonly md?: string | undefined;
}

/** Writes the card in the forms that were asked for, whole or not at all. */
export async function writeCard(card: ModelCard, { html, md }: CardFiles): Promise<void> {
  if (html !== undefined) {
    const { renderCardPage } = await import('../../report/card-page.tsx');
    writeFileAtomic(resolve(html), renderCardPage(card));
  }
  if (md !== undefined) {
    const { cardMarkdown } = await import('../../report/card-markdown.ts');
    writeFileAtomic(resolve(md), cardMarkdown(card));
  }
}
