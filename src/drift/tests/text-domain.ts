import erfc from '@stdlib/math-base-special-erfc';
import erfcinv from '@stdlib/math-base-special-erfcinv';
import { rocAuc } from '../../data/classification-metrics.ts';
import { randomFrom } from '../../training/random.ts';
import { textsInWords, tokensOf } from '../kinds/texts.ts';
import { drawRows } from './draw-rows.ts';
import { type DriftTest, type Measurement, NotDefinedError } from './drift-test.ts';

const folds = 5;
const buckets = 4_096;
/** Of each side: more texts tell no more of a difference that matters. */
const mostRows = 5_000;
const fewestRows = 10 * folds;

export const textDomainTest = {
  name: 'text_domain',
  description:
    'ROC AUC of telling the two sides apart by hashed words and length (naive Bayes, cross-validated): free text.',
  kind: 'distance',
  takes: ['text'],
  threshold: 0.6,
  inclusive: true,
  measure: (samples) => {
    const { values, reference, current } = samples.counts();
    const texts = values.map((value) => bucketsOf(String(value)));
    const measured = separate(texts, { reference, current }, samples.seed);
    return { ...measured, note: textsInWords(samples.counts()) };
  },
} as const satisfies DriftTest;

/**
 * Naive Bayes on the presence of hashed words (McCallum and Nigam 1998), each row judged by what the other folds hold. Where both
 * sides are alike the AUC is a Mann-Whitney statistic of samples of these sizes, and as large as chance makes that.
 * @param texts buckets of each distinct text
 * @param rows how many rows each side has of it
 */
function separate(
  texts: readonly Uint16Array[],
  rows: { readonly reference: readonly number[]; readonly current: readonly number[] },
  seed: number,
): Measurement {
  const random = randomFrom(seed);
  const sides = [
    drawRows(rows.reference, mostRows, random),
    drawRows(rows.current, mostRows, random),
  ] as const;
  const sizes = sides.map((side) => side.length);
  if (Math.min(...sizes) < fewestRows) throw new NotDefinedError(`fewer than ${fewestRows} texts on a side`);
  const models = sides.map((side) => countWords(texts, side));
  const scores = new Float64Array(sides[0].length + sides[1].length);
  const labels = new Uint8Array(scores.length);
  let at = 0;
  for (const [label, side] of sides.entries()) {
    for (const [place, text] of side.entries()) {
      const fold = place % folds;
      labels[at] = label;
      scores[at++] = logOdds(texts[text] ?? new Uint16Array(), models, fold);
    }
  }
  const score = rocAuc(scores, labels) ?? 0.5;
  const [n = 1, m = 1] = sizes;
  const deviation = Math.sqrt((n + m + 1) / (12 * n * m));
  return {
    score,
    pValue: erfc((score - 0.5) / deviation / Math.SQRT2) / 2,
    exceededWith: (chance) => 0.5 + deviation * Math.SQRT2 * erfcinv(2 * chance),
  };
}

/** Distinct buckets of a text's words, and one for its length by powers of two. */
function bucketsOf(text: string): Uint16Array {
  const length = `length ${Math.ceil(Math.log2(text.length + 1))}`;
  return Uint16Array.from(new Set([...tokensOf(text), length].map(hash)));
}

/** FNV-1a (Fowler, Noll, Vo), folded to the number of buckets. */
function hash(token: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < token.length; i++) state = Math.imul(state ^ token.charCodeAt(i), 0x01000193);
  return ((state >>> 0) ^ ((state >>> 0) >>> 12)) % buckets;
}

/** Rows of a side that have each bucket, by fold. */
interface WordCounts {
  readonly rows: Uint32Array;
  readonly having: readonly Uint32Array[];
}

function countWords(texts: readonly Uint16Array[], side: Uint32Array): WordCounts {
  const rows = new Uint32Array(folds);
  const having = Array.from({ length: folds }, () => new Uint32Array(buckets));
  for (const [place, text] of side.entries()) {
    const fold = place % folds;
    rows[fold] = (rows[fold] ?? 0) + 1;
    const counts = having[fold];
    if (counts === undefined) continue;
    for (const bucket of texts[text] ?? []) counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return { rows, having };
}

/** Of the current side against the reference, by all folds but one. */
function logOdds(words: Uint16Array, models: readonly WordCounts[], except: number): number {
  const shares = models.map(({ rows, having }) => {
    const all = sumExcept(rows, except);
    return (bucket: number) => {
      let present = 0;
      for (const [fold, counts] of having.entries()) if (fold !== except) present += counts[bucket] ?? 0;
      return Math.log((present + 1) / (all + 2));
    };
  });
  const [before, after] = shares;
  let odds = 0;
  for (const bucket of words) odds += (after?.(bucket) ?? 0) - (before?.(bucket) ?? 0);
  return odds;
}

function sumExcept(rows: Uint32Array, except: number): number {
  return rows.reduce((sum, count, fold) => sum + (fold === except ? 0 : count), 0);
}
