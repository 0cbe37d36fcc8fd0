/**
 * A figure as it is compared and reported: rounded to 12 decimals, so that figures which differ by floating-point
 * rounding alone are equal, and `passed` agrees with the `observed` and `required` that a reader sees. Never -0.
 */
export function settled(value: number): number {
  return Math.round(value * 1e12) / 1e12 + 0;
}

/** Numbers in one notation, with more decimals where they would otherwise look equal and are not. */
export function written(values: readonly number[], decimals: number): readonly string[] {
  const texts = values.map((value) => value.toFixed(decimals));
  if (decimals >= 9 || new Set(texts).size === new Set(values).size) return texts;
  return written(values, decimals + 1);
}

/** Shares as percentages: `30.0 %`. */
export function percentages(shares: readonly number[]): readonly string[] {
  return written(
    shares.map((share) => share * 100),
    1,
  ).map((text) => `${text} %`);
}

/** The text of a number with its sign: `+4.6 %`. */
export function signed(text: string): string {
  return text.startsWith('-') ? text : `+${text}`;
}

export function count(rows: number): string {
  return rows.toLocaleString('en-US');
}

/** `rose from 0.412 to 0.431` */
export function movement(from: number, to: number): string {
  const [before, after] = written([from, to], 3);
  if (from === to) return `stayed at ${before}`;
  return `${to > from ? 'rose' : 'fell'} from ${before} to ${after}`;
}

/** The first few, and how many more there are. */
export function listed(texts: readonly string[]): string {
  const few = texts.slice(0, 5).join(', ');
  return texts.length > 5 ? `${few} and ${texts.length - 5} more` : few;
}
