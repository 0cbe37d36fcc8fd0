import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

export interface FileEnd {
  readonly lines: readonly string[];
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

/** A log of any length is read from its end, in growing parts, and never more than the last of these. */
const parts = [256_000, 4_000_000, 64_000_000];

/**
 * The last lines of a file: as many as `enough` asks for, or all.
 * @param upTo bytes of the file that are looked at; what comes after them is not
 * @throws the system's error when it cannot be read
 */
export function readFileEnd(
  path: string,
  enough: (lines: readonly string[]) => boolean,
  upTo = Number.POSITIVE_INFINITY,
): FileEnd {
  const file = openSync(path, 'r');
  try {
    const { size: whole, mtimeMs } = fstatSync(file);
    const size = Math.min(whole, upTo);
    for (const part of parts) {
      const start = Math.max(0, size - part);
      const text = readPart(file, start, size);
      // What was cut in its middle is left out.
      const complete = start === 0 ? text : text.slice(text.indexOf('\n') + 1);
      const lines = complete.split('\n').filter((line) => line !== '');
      if (start === 0 || part === parts.at(-1) || enough(lines)) return { lines, modifiedAt: mtimeMs };
    }
    return { lines: [], modifiedAt: mtimeMs };
  } finally {
    closeSync(file);
  }
}

/** Text of the bytes from `start` up to `end`. */
export function readPart(file: number, start: number, end: number): string {
  const content = Buffer.alloc(end - start);
  let filled = 0;
  while (filled < content.length) {
    const read = readSync(file, content, filled, content.length - filled, start + filled);
    if (read === 0) break;
    filled += read;
  }
  return content.toString('utf8', 0, filled);
}
