import { distance } from 'fastest-levenshtein';

const mostNamed = 3;

/** Of the known words those nearest to one that may be misspelt, at most three; none where none is near. */
export function nearest(word: string, known: Iterable<string>): readonly string[] {
  const asked = word.toLowerCase();
  const near = [...known]
    .map((each) => ({ each, edits: distance(asked, each.toLowerCase()) }))
    .filter(({ each, edits }) => edits <= farthest(asked, each) || each.toLowerCase().startsWith(asked));
  const fewest = Math.min(...near.map(({ edits }) => edits));
  return near
    .filter(({ edits }) => edits === fewest)
    .map(({ each }) => each)
    .sort()
    .slice(0, mostNamed);
}

/** Two slips in five letters, so that short words are not taken for each other. */
function farthest(asked: string, known: string): number {
  return Math.floor(Math.max(asked.length, known.length) * 0.4);
}
