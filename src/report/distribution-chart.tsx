import { scaleLinear } from 'd3-scale';
import type { DriftEffect, FeatureDistribution } from '../data/results/drift.ts';
import { shares } from './distribution-shares.ts';
import { figure } from './figures.ts';

/** Pixels from the top: where the bars stand, where the strips of quantiles lie, where the axis is written. */
const floor = 196;
const strips = { reference: 211, current: 228 } as const;
const axis = { withStrips: 254, plain: 214 } as const;

export interface DistributionSubject {
  readonly name: string;
  readonly distribution: FeatureDistribution;
  readonly effect?: DriftEffect | undefined;
}

/**
 * Overlaid shares of reference (outline) and current (filled) of a numerical feature, with a strip a side from its 5 % to its
 * 95 % quantile, the box between the quartiles, the mark at the median. As wide as its place; its letters keep their size.
 */
export function DistributionChart({ name, distribution, effect }: DistributionSubject) {
  const { edges = [] } = distribution;
  const [low = 0, high = low] = [edges[0], edges.at(-1)];
  const across = scaleLinear([low, high === low ? low + 1 : high], [0, 100]).clamp(true);
  const quantiles = effect?.quantiles ?? [];
  const top = highest(distribution);
  const up = scaleLinear([0, top], [floor, 14]);
  return (
    <svg class={quantiles.length === 0 ? 'chart plain' : 'chart'} role="img">
      <title>{`Distribution of ${name}`}</title>
      <desc>{effect?.sentence ?? `From ${figure(low)} to ${figure(high)}, reference and current`}</desc>
      {up.ticks(3).map((tick) => (
        <>
          <line class="grid" x1="0" x2="100%" y1={round(up(tick))} y2={round(up(tick))} />
          {tick === 0 ? null : (
            <text x="100%" y={round(up(tick)) - 3} text-anchor="end">
              {`${figure(tick * 100)} %`}
            </text>
          )}
        </>
      ))}
      <svg
        y="14"
        height={floor - 14}
        viewBox={`0 0 ${bars(distribution)} 100`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <Steps distribution={distribution} top={top} />
      </svg>
      {(['reference', 'current'] as const).map((side) => (
        <Quantiles side={side} quantiles={quantiles} at={(value) => percentage(across(value))} />
      ))}
      <Axis
        ticks={high === low ? [low] : across.ticks(5)}
        at={across}
        y={quantiles.length === 0 ? axis.plain : axis.withStrips}
      />
    </svg>
  );
}

/** The same without axis, for a row; what it shows stands in the words beside it. */
export function MiniDistribution({ distribution }: { distribution: FeatureDistribution }) {
  return (
    <svg class="mini" viewBox={`0 0 ${bars(distribution)} 100`} preserveAspectRatio="none" aria-hidden="true">
      <Steps distribution={distribution} top={highest(distribution)} />
    </svg>
  );
}

function Steps({ distribution, top }: { distribution: FeatureDistribution; top: number }) {
  return (
    <>
      <path class="current" d={steps(shares(distribution.current), top)} />
      <path class="reference" d={steps(shares(distribution.reference), top)} />
    </>
  );
}

/** Outline of bars one unit wide; 100 units are the highest of them. */
function steps(heights: readonly number[], top: number): string {
  return `M0 100${heights.map((share) => `V${Math.round(100 - (100 * share) / top)}h1`).join('')}V100`;
}

interface QuantilesSubject {
  readonly side: 'reference' | 'current';
  readonly quantiles: DriftEffect['quantiles'];
  readonly at: (value: number) => string;
}

function Quantiles({ side, quantiles, at }: QuantilesSubject) {
  const place = (share: number) => quantiles.find((each) => each.share === share)?.[side];
  const [low, lower, middle, upper, high] = [0.05, 0.25, 0.5, 0.75, 0.95].map(place);
  if (low === undefined || lower === undefined || middle === undefined) return null;
  if (upper === undefined || high === undefined) return null;
  const y = strips[side];
  const width = percentage(Number.parseFloat(at(upper)) - Number.parseFloat(at(lower)));
  return (
    <>
      <line class={side} x1={at(low)} x2={at(high)} y1={y} y2={y} />
      <rect class={side} x={at(lower)} width={width} y={y - 4} height="8" />
      <line class={side} x1={at(middle)} x2={at(middle)} y1={y - 7} y2={y + 7} />
    </>
  );
}

function Axis({ ticks, at, y }: { ticks: readonly number[]; at: (value: number) => number; y: number }) {
  return (
    <>
      {ticks.map((tick) => {
        const place = at(tick);
        return (
          <text x={percentage(place)} y={y} text-anchor={place < 5 ? 'start' : place > 95 ? 'end' : 'middle'}>
            {figure(tick)}
          </text>
        );
      })}
    </>
  );
}

function bars(distribution: FeatureDistribution): number {
  return distribution.reference.length;
}

function highest({ reference, current }: FeatureDistribution): number {
  return Math.max(...shares(reference), ...shares(current), 0.001);
}

export function percentage(part: number): string {
  return `${Math.round(part * 10) / 10}%`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
