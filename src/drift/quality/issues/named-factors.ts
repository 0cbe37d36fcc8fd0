/** Factors between units that people confuse; each stands for its reciprocal too. */
export const namedFactors: readonly { readonly factor: number; readonly units: string }[] = [
  { factor: 7, units: 'weeks and days' },
  { factor: 10, units: 'a power of ten' },
  { factor: 12, units: 'years and months' },
  { factor: 24, units: 'days and hours' },
  { factor: 52.18, units: 'years and weeks' },
  { factor: 60, units: 'hours, minutes and seconds' },
  { factor: 100, units: 'percent and shares, or cents and whole units' },
  { factor: 365.25, units: 'years and days' },
  { factor: 1000, units: 'thousands and single units' },
  { factor: 3600, units: 'hours and seconds' },
  { factor: 10_000, units: 'a power of ten' },
  { factor: 1_000_000, units: 'millions and single units' },
];

/** How far a named factor may lie from the fitted one. */
const nearby = 1.6;

/** The factors between units that are near the fitted one, or its reciprocal when it is under 1. */
export function namedFactorsNear(
  fitted: number,
): readonly { readonly factor: number; readonly units: string }[] {
  const size = Math.max(fitted, 1 / fitted);
  return namedFactors
    .filter((named) => named.factor / size < nearby && size / named.factor < nearby)
    .map(({ factor, units }) => ({ factor: fitted > 1 ? factor : 1 / factor, units }));
}
