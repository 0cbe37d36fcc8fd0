import type { Distribution, Labels, Sample } from '../../report/prometheus-metric.ts';

/** Counts by labels. */
export interface Tally {
  add(by: number, ...values: readonly string[]): void;
  samples(): readonly Sample[];
}

export function tally(...names: readonly string[]): Tally {
  const counts = new Map<string, { readonly labels: Labels; value: number }>();
  return {
    add: (by, ...values) => {
      const key = values.join('\n');
      const known = counts.get(key);
      if (known !== undefined) known.value += by;
      else counts.set(key, { labels: labelled(names, values), value: by });
    },
    samples: () => [...counts.values()],
  };
}

/** How values are distributed, by one label. */
export interface Spread {
  add(value: number, label: string): void;
  distributions(): readonly Distribution[];
}

export function spread(name: string, bounds: readonly number[]): Spread {
  const known = new Map<string, { readonly within: Float64Array; count: number; sum: number }>();
  return {
    add: (value, label) => {
      let one = known.get(label);
      if (one === undefined) {
        one = { within: new Float64Array(bounds.length), count: 0, sum: 0 };
        known.set(label, one);
      }
      const place = bounds.findIndex((bound) => value <= bound);
      if (place >= 0) one.within[place] = (one.within[place] ?? 0) + 1;
      one.count++;
      one.sum += value;
    },
    distributions: () =>
      [...known].map(([label, { within, count, sum }]) => {
        let below = 0;
        const buckets = bounds.map((bound, place) => {
          below += within[place] ?? 0;
          return [bound, below] as const;
        });
        return { labels: { [name]: label }, buckets, count, sum };
      }),
  };
}

function labelled(names: readonly string[], values: readonly string[]): Labels {
  return Object.fromEntries(names.map((name, place) => [name, values[place] ?? '']));
}
