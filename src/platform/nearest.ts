/** Of the known words that which takes the fewest edits to reach; several where they are as near, none where none is near. */
export function nearest(word: string, known: Iterable<string>): readonly string[] {
  const farthest = Math.max(2, Math.floor(word.length / 2));
  const near = [...known]
    .map((name) => ({ name, edits: name.startsWith(word) ? 1 : editDistance(word, name) }))
    .filter(({ edits }) => edits <= farthest);
  const fewest = Math.min(...near.map(({ edits }) => edits));
  return near.filter(({ edits }) => edits === fewest).map(({ name }) => name);
}

/** Levenshtein: single characters inserted, removed or replaced. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
