import type { CommandWord } from '../data/results/runbook.ts';
import { type Place, pageFault } from './page-fault.ts';

const asked = /<([a-z][a-z ]*)>(?=\s|$)/y;
const word = /(?:[^\s"'<>|&;`$\\()]|"[^"]*"|'[^']*')+/y;
const blanks = /\s*/y;

/**
 * Words of a command line as a shell would split it: blanks part them, quotes hold them together. There is no shell behind
 * it, so that what only a shell understands is refused. `<name>` stands for what the operator gives.
 */
export function commandWords(line: string, place: Place): CommandWord[] {
  const words: CommandWord[] = [];
  let at = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const match = pattern.exec(line);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  for (take(blanks); at < line.length; take(blanks)) {
    const name = take(asked)?.[1];
    if (name !== undefined) {
      words.push({ text: name, asked: true });
      continue;
    }
    const text = take(word)?.[0];
    if (text === undefined) {
      throw pageFault(
        place,
        `'${line.slice(at, at + 10)}' cannot stand in an mlops block`,
        'its lines run without a shell: words and quoted texts; what needs a shell goes into an sh block',
      );
    }
    words.push({ text: text.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'), asked: false });
  }
  return words;
}
