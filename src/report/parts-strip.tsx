import type { CardFeature } from '../data/results/model-card.ts';

type Points = NonNullable<CardFeature['shap']>['points'];

/** By the rank of the value: where each class begins. */
const classes = [
  { name: 'low', from: 0, below: 1 / 3 },
  { name: 'middle', from: 1 / 3, below: 2 / 3 },
  { name: 'high', from: 2 / 3, below: Number.POSITIVE_INFINITY },
] as const;

/** The golden ratio spreads neighbours best. */
const jitter = 0.618_033_988_75;

/** A dot a row, from the left what lowers the answer most to the right what raises it; coloured by the value's rank. */
export function PartsStrip({ points, widest }: { points: Points; widest: number }) {
  const dots = (chosen: (rank: number | null) => boolean) =>
    points
      .map(({ rank, part }, index) => ({
        rank,
        x: 500 + (490 * part) / widest,
        y: 12 + 76 * ((index * jitter) % 1),
      }))
      .filter(({ rank }) => chosen(rank))
      .map(({ x, y }) => `M${Math.round(x)} ${Math.round(y)}h0`)
      .join('');
  return (
    <svg class="dots" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
      <line class="grid" x1="500" x2="500" y1="0" y2="100" vector-effect="non-scaling-stroke" />
      <path class="missing" d={dots((rank) => rank === null)} />
      {classes.map(({ name, from, below }) => (
        <path class={name} d={dots((rank) => rank !== null && rank >= from && rank < below)} />
      ))}
    </svg>
  );
}
