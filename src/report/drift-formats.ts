import { extname } from 'node:path';
import type { DriftResult } from '../data/results/drift.ts';
import type { DriftSubject } from './drift-subject.ts';

type Renderer = (result: DriftResult, subject: DriftSubject, width: number) => string;

/** Each is loaded when it is asked for. To add a format: its file, and its line here and below. */
const renderers = {
  table: async () => {
    const { driftView } = await import('./drift-view.ts');
    return (result: DriftResult, _: DriftSubject, width: number) => driftView(result, width);
  },
  json: async () => (result: DriftResult) => JSON.stringify(result, null, 2),
  html: async () => (await import('./drift-page.tsx')).renderDriftPage,
  markdown: async () => (await import('./drift-markdown.ts')).driftMarkdown,
  junit: async () => (await import('./drift-junit.ts')).driftJunit,
  prometheus: async () => (await import('./drift-prometheus.ts')).driftPrometheus,
} satisfies Record<string, () => Promise<Renderer>>;

export type DriftFormat = keyof typeof renderers;
export const driftFormats = ['table', 'json', 'html', 'markdown', 'junit', 'prometheus'] as const;

/** Wide enough for every column; a terminal says itself how wide it is. */
const unboundWidth = 120;

const extensions: Readonly<Record<string, DriftFormat>> = {
  '.html': 'html',
  '.htm': 'html',
  '.md': 'markdown',
  '.xml': 'junit',
  '.prom': 'prometheus',
  '.json': 'json',
};
export const reportExtensions = Object.keys(extensions);

/** The format of a report by the extension of its file; undefined for one that says nothing. */
export function reportFormat(path: string): DriftFormat | undefined {
  return extensions[extname(path).toLowerCase()];
}

/** The result as text of that format; of a table, that many columns wide. */
export async function driftText(
  format: DriftFormat,
  result: DriftResult,
  subject: DriftSubject,
  width = unboundWidth,
): Promise<string> {
  const render: Renderer = await renderers[format]();
  return render(result, subject, width);
}
