import { scaleLinear } from 'd3-scale';
import type { CardFeature } from '../data/results/model-card.ts';
import { percentage } from './distribution-chart.tsx';
import { figure, percent } from './figures.ts';

type Points = NonNullable<CardFeature['dependence']>;

/** Pixels from the top: the lowest answer, the bars of the rows under it, the figures. */
const floor = 172;
const bars = { from: 180, until: 204 } as const;
const axis = 220;
const mostLabels = 6;

/** The mean answer by the value of one feature, its values side by side in equal steps whatever lies between them. */
export function DependenceChart({ name, points }: { name: string; points: Points }) {
  const answers = points.flatMap(({ low, high, mean }) => [low, high, mean]);
  const [least, most] = [Math.min(...answers), Math.max(...answers)];
  const up = scaleLinear([least, most > least ? most : least + 0.01], [floor, 14]).nice(3);
  const y = (answer: number) => Math.round(up(answer) * 10) / 10;
  const place = (index: number) => (100 * (index + 0.5)) / points.length;
  const every = Math.ceil(points.length / mostLabels);
  const densest = Math.max(...points.map(({ share }) => share), 0.001);
  const [first, last] = [points[0], points.at(-1)];
  return (
    <svg class="chart plain" role="img">
      <title>{`Mean probability by ${name}`}</title>
      <desc>
        {`From ${percent(first?.mean ?? 0)} at ${valueAt(first)} to ${percent(last?.mean ?? 0)} at ${valueAt(last)}`}
      </desc>
      {up.ticks(3).map((tick) => (
        <>
          <line class="grid" x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
          <text x="100%" y={y(tick) - 3} text-anchor="end">
            {`${figure(tick * 100)} %`}
          </text>
        </>
      ))}
      <svg
        height={floor}
        viewBox={`0 0 ${points.length} ${floor}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path class="band" d={bandOf(points, y)} />
        <path
          class="reference"
          d={points.map(({ mean }, index) => `${index === 0 ? 'M' : 'L'}${index + 0.5} ${y(mean)}`).join('')}
        />
      </svg>
      {points.map(({ share, value }, index) => (
        <>
          <rect
            class="rows"
            x={percentage(place(index) - 40 / points.length)}
            width={percentage(80 / points.length)}
            y={bars.until - ((bars.until - bars.from) * share) / densest}
            height={((bars.until - bars.from) * share) / densest}
          />
          {index % every === 0 || value === null ? (
            <text x={percentage(place(index))} y={axis} text-anchor="middle">
              {value === null ? 'missing' : figure(value)}
            </text>
          ) : null}
        </>
      ))}
    </svg>
  );
}

function valueAt(point: Points[number] | undefined): string {
  return point?.value == null ? 'missing' : figure(point.value);
}

/** Along the upper ends, back along the lower ones. */
function bandOf(points: Points, y: (answer: number) => number): string {
  const there = points.map(({ high }, index) => `${index + 0.5} ${y(high)}`);
  const back = points.map(({ low }, index) => `${index + 0.5} ${y(low)}`).reverse();
  return `M${[...there, ...back].join('L')}Z`;
}
