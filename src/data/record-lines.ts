import { closeSync, openSync, readSync } from 'node:fs';

const newline = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;
const blockBytes = 1 << 20;

/**
 * The line, from 1, on which each of the records begins.
 *
 * Records are counted as DuckDB counts them: a quoted cell may hold line ends, and a blank line is no record, unless the file
 * has one column only.
 *
 * @param records numbers from 1, ascending, the header not counted
 */
export function recordLines(
  path: string,
  kind: { readonly format: 'csv' | 'jsonl'; readonly columns: number },
  records: readonly number[],
): number[] {
  const lines: number[] = [];
  const blankCounts = kind.format === 'csv' && kind.columns === 1;
  let record = kind.format === 'csv' ? 0 : 1;
  let line = 1;
  let startLine = 1;
  let blank = true;
  let quoted = false;
  const descriptor = openSync(path, 'r');
  try {
    const block = Buffer.alloc(blockBytes);
    while (lines.length < records.length) {
      const bytes = readSync(descriptor, block);
      for (let at = 0; at < bytes; at++) {
        const byte = block[at];
        if (byte === newline && !quoted) {
          if (!blank || blankCounts) {
            if (records[lines.length] === record) lines.push(startLine);
            record++;
          }
          line++;
          startLine = line;
          blank = true;
        } else if (byte !== carriageReturn) {
          blank = false;
          if (byte === newline) line++;
          else if (byte === quote && kind.format === 'csv') quoted = !quoted;
        }
      }
      if (bytes === 0) {
        if (records[lines.length] === record) lines.push(startLine);
        break;
      }
    }
    return lines;
  } finally {
    closeSync(descriptor);
  }
}
