import { dayMs, hourMs, minuteMs } from '../platform/durations.ts';
import { grouped } from '../report/figures.ts';

export { bytesInWords as sizeInWords } from '../report/figures.ts';

/** A length of time for a sentence, in its largest fitting unit: `45 min`, `3.5 h`, `12 days`. */
export function lengthInWords(milliseconds: number): string {
  if (milliseconds < hourMs) return `${Math.floor(milliseconds / minuteMs)} min`;
  if (milliseconds < 2 * dayMs) return `${Number((milliseconds / hourMs).toFixed(1))} h`;
  return `${Math.floor(milliseconds / dayMs)} days`;
}

/** `1 row`, `2,000 rows`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}
