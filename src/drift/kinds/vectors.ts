/** Whether texts are lists of numbers, as a list column of Parquet and an array of JSON Lines are read. */
export function areVectors(texts: readonly string[]): boolean {
  return texts.length > 0 && texts.every((text) => /^\[\s*[-+\d.][-+\d.eE,\s]*\]$/.test(text));
}

/** The numbers of such a text; undefined where it holds something else. */
export function parseVector(text: string): Float64Array | undefined {
  const numbers = Float64Array.from(text.slice(1, -1).split(','), (cell) =>
    cell.trim() === '' ? Number.NaN : Number(cell),
  );
  return numbers.some(Number.isNaN) ? undefined : numbers;
}
