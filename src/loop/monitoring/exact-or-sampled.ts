import { type ColumnSource, sampledColumns } from '../../data/index.ts';
import { defaultRules } from '../../drift/index.ts';
import { DataError } from '../../platform/errors.ts';
import { randomFrom } from '../../training/random.ts';

/** Up to so many rows every value counts; one column of more would take gigabytes to sort. */
const mostExactRows = 10_000_000;

/**
 * The file as it is compared: whole, or `sample` rows of it, the same ones on every run.
 * @throws DataError when it has more than 10 million rows and no sample is asked for
 */
export function exactOrSampled(source: ColumnSource, path: string, sample: number | undefined): ColumnSource {
  if (sample !== undefined) return sampledColumns(source, sample, randomFrom(defaultRules.seed));
  if (source.rows <= mostExactRows) return source;
  throw new DataError(`${path} has ${grouped(source.rows)} rows`, {
    why: `up to ${grouped(mostExactRows)} are compared, all of them; figures from a part of the rows are only given when asked for`,
    remedy: 'compare a sample, say --sample 1000000, or files of shorter periods',
  });
}

/**
 * What a sample costs in accuracy: the standard error of a share, at most 0.5 / sqrt(n), and the band that holds the whole
 * distribution function with 95 %, sqrt(ln(2 / 0.05) / 2n) (Dvoretzky, Kiefer and Wolfowitz 1956; Massart 1990).
 */
export function sampleNote(source: ColumnSource, path: string, sample: number | undefined): string[] {
  if (sample === undefined || source.rows <= sample) return [];
  const standardError = percent(0.5 / Math.sqrt(sample));
  const band = percent(Math.sqrt(Math.log(2 / 0.05) / (2 * sample)));
  return [
    `${path}: ${grouped(sample)} of ${grouped(source.rows)} rows, drawn by chance: a share has a standard error of at most ${standardError}, the distribution function is off by at most ${band} (95 %)`,
  ];
}

function percent(share: number): string {
  return `${(100 * share).toPrecision(2)} %`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
