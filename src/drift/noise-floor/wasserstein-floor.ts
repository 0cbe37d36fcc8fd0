import erfc from '@stdlib/math-base-special-erfc';
import erfcinv from '@stdlib/math-base-special-erfcinv';
import type { NoiseFloor } from './noise-floor.ts';

/** Cells that the distribution function is summed up in; the floor's work grows with their square. */
const cells = 64;

/** A distribution function as the noise floor needs it, gathered step by step from the smallest value to the largest. */
export interface StepsOfDistribution {
  /** @param share of the rows at or below the step's values, 0 < share < 1; `width` up to the next value */
  add(share: number, width: number): void;
  floor(referenceSize: number, currentSize: number): Required<NoiseFloor>;
}

/**
 * The noise floor of the first Wasserstein distance, for values within bounds.
 *
 * With n and m values of one distribution function F, sqrt(nm/(n+m)) W1 tends to T, the integral of |B(F(x))| dx over a
 * Brownian bridge B (del Barrio, Gine and Matran 1999). Two figures of T are known exactly: the variance s² of the integral
 * of B(F(x)) without the bars, which is the variance of the values (Hoeffding 1940), and E T² by E|XY| of a bivariate normal,
 * 2/π (sqrt(1-ρ²) + ρ asin ρ). T² is taken as s² χ² with one degree of freedom, plus E T² - s²: exact for a feature of two
 * values, of the right mean, and with the tail that a Gaussian supremum has. Against simulated bridges over the shapes of
 * sixteen distributions, among them heavy tails and counts, the chance comes out 0.97 to 1.6 times the true one at 5 % to
 * 0.1 %: on the side of silence. Where the current values are shifted, χ² is noncentral by the shift.
 */
export function stepsOfDistribution(): StepsOfDistribution {
  const weights = new Float64Array(cells);
  const shares = new Float64Array(cells);
  return {
    add(share, width) {
      const cell = Math.min(cells - 1, Math.floor(share * cells));
      const weight = Math.sqrt(share * (1 - share)) * width;
      weights[cell] = (weights[cell] ?? 0) + weight;
      shares[cell] = (shares[cell] ?? 0) + weight * share;
    },
    floor(referenceSize, currentSize) {
      const { variance, rest } = momentsOf(weights, shares);
      const size = (referenceSize * currentSize) / (referenceSize + currentSize);
      return {
        chanceOf: (distance) =>
          variance === 0 ? 1 : erfc(Math.sqrt(Math.max(0, distance ** 2 * size - rest) / variance / 2)),
        reachedBy: (shift, threshold) => {
          const reach = Math.sqrt(Math.max(0, threshold ** 2 * size - rest));
          const moved = shift * Math.sqrt(size);
          const within = (distance: number) => erfc(distance / Math.sqrt(2 * variance)) / 2;
          return variance === 0 ? Number(shift >= threshold) : within(reach - moved) + within(reach + moved);
        },
        exceededWith: (chance) => Math.sqrt((rest + 2 * variance * erfcinv(chance) ** 2) / size),
      };
    },
  };
}

/** The variance s², and E T² less it. */
function momentsOf(weights: Float64Array, weighted: Float64Array): { variance: number; rest: number } {
  let variance = 0;
  let rest = 0;
  const add = (weight: number, correlation: number) => {
    variance += weight * correlation;
    const absolute = Math.sqrt(1 - correlation ** 2) + correlation * Math.asin(correlation);
    rest += weight * ((2 / Math.PI) * absolute - correlation);
  };
  for (const [row, weight] of weights.entries()) {
    if (weight === 0) continue;
    const low = (weighted[row] ?? 0) / weight;
    add(weight ** 2, 1);
    for (let column = row + 1; column < cells; column++) {
      const other = weights[column] ?? 0;
      if (other === 0) continue;
      const high = (weighted[column] ?? 0) / other;
      add(2 * weight * other, Math.sqrt((low * (1 - high)) / (high * (1 - low))));
    }
  }
  return { variance, rest };
}
