import { scaleBand, scaleLinear } from 'd3-scale';
import type { FeatureDistribution } from '../data/results/drift.ts';
import { figure } from './figures.ts';

const width = 560;
const height = 180;
const margin = { left: 44, right: 8, top: 8, bottom: 26 };

/** Overlaid shares of reference (outline) and current (filled) in one inline SVG; told apart without colour. */
export function DistributionChart({
  name,
  distribution,
}: {
  name: string;
  distribution: FeatureDistribution;
}) {
  const reference = shares(distribution.reference);
  const current = shares(distribution.current);
  const bars = reference.map((_, index) => String(index));
  const x = scaleBand(bars, [margin.left, width - margin.right]).paddingInner(0.12);
  const top = Math.max(...reference, ...current, 0.01);
  const y = scaleLinear([0, top], [height - margin.bottom, margin.top]);
  const bar = (share: number, index: number, side: string) => (
    <rect
      class={side}
      x={round(x(String(index)) ?? 0)}
      y={round(y(share))}
      width={round(x.bandwidth())}
      height={round(y(0) - y(share))}
    />
  );
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Distribution of ${name}: reference and current`}
    >
      {y.ticks(3).map((tick) => (
        <g class="axis">
          <line x1={margin.left} x2={width - margin.right} y1={round(y(tick))} y2={round(y(tick))} />
          <text x={margin.left - 6} y={round(y(tick) + 4)} text-anchor="end">
            {`${figure(tick * 100)} %`}
          </text>
        </g>
      ))}
      {current.map((share, index) => bar(share, index, 'current'))}
      {reference.map((share, index) => bar(share, index, 'reference'))}
      <Labels
        distribution={distribution}
        at={(index) => round((x(String(index)) ?? 0) + x.bandwidth() / 2)}
      />
    </svg>
  );
}

function Labels({ distribution, at }: { distribution: FeatureDistribution; at: (index: number) => number }) {
  const { edges, labels } = distribution;
  if (edges !== undefined) {
    return (
      <g class="axis">
        <text x={margin.left} y={height - 8}>
          {figure(edges[0] ?? null)}
        </text>
        <text x={width - margin.right} y={height - 8} text-anchor="end">
          {figure(edges.at(-1) ?? null)}
        </text>
      </g>
    );
  }
  const room = Math.max(3, Math.floor(70 / Math.max(1, labels?.length ?? 1)));
  return (
    <g class="axis">
      {(labels ?? []).map((label, index) => (
        <text x={at(index)} y={height - 8} text-anchor="middle">
          {label.length > room ? `${label.slice(0, room - 1)}…` : label}
        </text>
      ))}
    </g>
  );
}

function shares(counts: readonly number[]): readonly number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (all === 0 ? 0 : count / all));
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
