import { type Dimension, fromSearched, searchedBounds, toSearched } from './dimension.ts';
import { draw, logDensity, parzenEstimator } from './parzen-estimator.ts';

export type Values = Readonly<Record<string, number>>;

export interface ScoredValues {
  readonly values: Values;
  /** The lower the better. */
  readonly score: number;
}

/** As in Optuna 4.5: trials before the search looks at what was found, and candidates that it chooses from. */
export const startUpTrials = 10;
const candidates = 24;
const mostGood = 25;

export function randomValues(space: readonly Dimension[], random: () => number): Values {
  return Object.fromEntries(
    space.map((dimension) => {
      const { low, high } = searchedBounds(dimension);
      return [dimension.name, fromSearched(dimension, low + (high - low) * random())];
    }),
  );
}

/**
 * What to try next by the tree-structured Parzen estimator (Bergstra, Bardenet, Bengio, Kégl 2011), each parameter by itself, with
 * the defaults of Optuna 4.5: the best tenth of the trials, at most 25, against all others; of 24 draws from the density of the
 * best the one that is most likelier there.
 * @param trials from the oldest to the newest
 */
export function suggestValues(
  space: readonly Dimension[],
  trials: readonly ScoredValues[],
  random: () => number,
): Values {
  const ranked = trials
    .map(({ score }, age) => ({ score, age }))
    .sort((a, b) => a.score - b.score || a.age - b.age);
  const good = new Set(
    ranked.slice(0, Math.min(Math.ceil(trials.length / 10), mostGood)).map(({ age }) => age),
  );
  return Object.fromEntries(
    space.map((dimension) => {
      const { low, high } = searchedBounds(dimension);
      const observed = (wanted: boolean) =>
        trials.flatMap(({ values }, age) =>
          good.has(age) === wanted ? [toSearched(dimension, values[dimension.name] ?? dimension.low)] : [],
        );
      const likely = parzenEstimator(observed(true), low, high);
      const unlikely = parzenEstimator(observed(false), low, high);
      let best = { value: dimension.low, gain: Number.NEGATIVE_INFINITY };
      for (let candidate = 0; candidate < candidates; candidate++) {
        const value = fromSearched(dimension, draw(likely, random));
        const place = toSearched(dimension, value);
        const gain = logDensity(likely, place) - logDensity(unlikely, place);
        if (gain > best.gain) best = { value, gain };
      }
      return [dimension.name, best.value];
    }),
  );
}
