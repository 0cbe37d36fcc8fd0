import { visibleText } from './visible-text.ts';

/** Data as words: nothing in it is Markdown, HTML, a mention or a reference to an issue. */
export function plain(text: string): string {
  return visibleText(text)
    .replace(/[&<>]/g, (character) => entities[character] ?? character)
    .replace(/[\\`*_{}[\]()|~$!]/g, (character) => `\\${character}`)
    .replace(/[@#]|(?<=\w):(?=\/\/)/g, (character) => `${character}<!-- -->`);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A name as code, between more backticks than it holds; a table's cell ends at a bar even there. */
export function code(text: string): string {
  const shown = visibleText(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const room = longest > 0 ? ' ' : '';
  return `${fence}${room}${shown.replaceAll('|', '\\|')}${room}${fence}`;
}
