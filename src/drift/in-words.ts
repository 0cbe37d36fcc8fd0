export { percent } from '../platform/percent.ts';

/** A number for a sentence: four significant digits, no exponent where it can be read without. */
export function number(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** A share 0..1 as a whole percentage, with a decimal where it is less than 10 %. */
export function percentage(share: number): string {
  const percent = share * 100;
  return `${percent < 9.95 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}
