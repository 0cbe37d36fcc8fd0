import { DataError } from '../platform/errors.ts';

/** Where the text being read comes from: `api-down.md`, or a path. */
export interface Place {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** A page that cannot be walked: names file and line, and what belongs there. */
export function pageFault({ file, line }: Place, what: string, why: string): DataError {
  return new DataError(`${file}, line ${line}: ${what}`, {
    why,
    remedy: 'correct that line; the convention is in: mlops runbook show README',
  });
}
