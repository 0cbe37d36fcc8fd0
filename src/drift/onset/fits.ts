import { dayMs, hourMs } from '../../platform/durations.ts';
import { type BlockSums, between, sumBlocks } from './block-sums.ts';

/** A course of the mean over the blocks; places are numbers of blocks, from 0. */
interface Fit {
  /** m ln(RSS / m) + p ln m of m blocks weighted by their rows and p parameters (Schwarz 1978); smaller is better. */
  readonly criterion: number;
}

export interface Pulse extends Fit {
  readonly start: number;
  /** The first block after it. */
  readonly end: number;
}

export interface Ramp extends Fit {
  readonly start: number;
  readonly end: number;
  /** Ends of the 95 % interval of the start. */
  readonly earliest: number;
  readonly latest: number;
}

export interface Season extends Fit {
  readonly period: 'weekday' | 'hour';
  /** Neighbouring weekdays (0 is Sunday) or hours, UTC, on which the mean is the higher one; in order, 6 before 0. */
  readonly phases: readonly number[];
  readonly start: number;
}

/** A course is believed where its criterion is smaller by this: "very strong" evidence (Kass and Raftery 1995). */
export const veryStrong = 10;
/** Variance of a score that is rounding alone. */
const rounding = 1e-9;
/** 95 % point of chi-square with one degree of freedom. */
const likelihoodDrop = 3.841;

function criterion({ blocks, rows, squares }: BlockSums, explained: number, parameters: number): number {
  const unexplained = Math.max(squares - explained, rounding * between(rows, 0, blocks.length));
  return blocks.length * Math.log(unexplained / blocks.length) + parameters * Math.log(blocks.length);
}

function fitConstant(sums: BlockSums): Fit {
  return { criterion: criterion(sums, 0, 1) };
}

/** Whether a course is better than none. */
export function isBelieved(sums: BlockSums, fit: Fit): boolean {
  return fit.criterion < fitConstant(sums).criterion - veryStrong;
}

/** The mean is higher from some block on. */
export function fitStep(sums: BlockSums): Fit {
  let most = 0;
  for (let place = 1; place < sums.blocks.length; place++)
    most = Math.max(most, explainedInside(sums, place, sums.blocks.length));
  return { criterion: criterion(sums, most, 3) };
}

/** The mean is higher for a while and then what it was before; undefined where afterwards some of the rise is left. */
export function fitPulse(sums: BlockSums): Pulse | undefined {
  let best = { start: 0, end: 0, explained: 0 };
  for (const [index, start] of sums.places.entries()) {
    for (const end of sums.places.slice(index + 1)) {
      const explained = end < sums.blocks.length && start > 0 ? explainedInside(sums, start, end) : 0;
      if (explained > best.explained) best = { start, end, explained };
    }
  }
  const others = sumBlocks([...sums.blocks.slice(0, best.start), ...sums.blocks.slice(best.end)]);
  if (best.explained === 0 || isBelieved(others, fitStep(others))) return undefined;
  return { ...best, criterion: criterion(sums, best.explained, 4) };
}

function explainedInside({ rows, y, blocks }: BlockSums, start: number, end: number): number {
  const all = { rows: between(rows, 0, blocks.length), sum: between(y, 0, blocks.length) };
  return explainedByLevel({ rows: between(rows, start, end), sum: between(y, start, end) }, all);
}

/**
 * The mean rises along a straight line from one level to another. The interval of its start is that of the likelihood's profile:
 * starts with which ln L falls by no more than half of 3.841, widened by the place beside it on each side.
 */
export function fitRamp(sums: BlockSums): Ramp {
  const { places, blocks, squares } = sums;
  const starts = places.slice(0, -2).map((start, index) =>
    places
      .slice(index + 2)
      .map((end) => ({ start, end, explained: explainedByRamp(sums, start, end) }))
      .reduce(higher, { start, end: blocks.length, explained: 0 }),
  );
  const best = starts.reduce(higher, { start: 0, end: blocks.length, explained: 0 });
  const within = starts.filter(
    ({ explained }) =>
      blocks.length * Math.log((squares - explained) / (squares - best.explained)) <= likelihoodDrop,
  );
  const beside = (start: number, offset: number) => places[places.indexOf(start) + offset] ?? start;
  return {
    start: best.start,
    end: best.end,
    earliest: beside(within[0]?.start ?? best.start, -1),
    latest: beside(within.at(-1)?.start ?? best.start, 1),
    criterion: criterion(sums, best.explained, 4),
  };
}

function higher<Each extends { readonly explained: number }>(most: Each, each: Each): Each {
  return each.explained > most.explained ? each : most;
}

function explainedByRamp(sums: BlockSums, start: number, end: number): number {
  const last = sums.blocks.length;
  const from = sums.timeOf(start);
  const width = sums.timeOf(end) - from;
  const rows = between(sums.rows, start, end);
  const x = between(sums.x, start, end);
  const y = between(sums.y, start, end);
  const above = between(sums.rows, end, last);
  const r = (x - from * rows) / width + above;
  const rr = (between(sums.xx, start, end) - 2 * from * x + from * from * rows) / width ** 2 + above;
  const ry = (between(sums.xy, start, end) - from * y) / width + between(sums.y, end, last);
  const all = between(sums.rows, 0, last);
  const covariance = ry - (r * between(sums.y, 0, last)) / all;
  return covariance > 0 ? covariance ** 2 / (rr - (r * r) / all) : 0;
}

const phasesOf = { weekday: 7, hour: 24 } as const;
/** Fewer rounds than this of a period show no period. */
const fewestRounds = 3;
/** More of a week or a day than Monday to Friday is no season. */
const widest = 5 / 7;

/** Number of the weekday (0 is Sunday) or of the hour of a time, UTC. */
export function phaseOf(period: Season['period'], at: number): number {
  const date = new Date(at);
  return period === 'hour' ? date.getUTCHours() : date.getUTCDay();
}

/**
 * The mean is higher on some weekdays, or at some hours, from some place on; undefined where the blocks are too long or too few rounds
 * of the period are there.
 */
export function fitSeason(
  sums: BlockSums,
  period: Season['period'],
  blockLength: number,
): Season | undefined {
  const { blocks } = sums;
  const phaseMs = period === 'hour' ? hourMs : dayMs;
  const rounds = fewestRounds * phasesOf[period] * phaseMs;
  const last = blocks.at(-1)?.at ?? 0;
  if (blockLength > phaseMs || last - (blocks[0]?.at ?? 0) < rounds - blockLength) return undefined;
  const totals = Array.from({ length: phasesOf[period] }, () => ({ rows: 0, sum: 0 }));
  let best: Season | undefined;
  let place = blocks.length;
  // Backwards, so that the totals from each place on grow by the blocks before it.
  for (const start of sums.places.toReversed()) {
    for (; place > start; place--) {
      const block = blocks[place - 1];
      const total = totals[phaseOf(period, block?.at ?? 0)];
      if (block === undefined || total === undefined) continue;
      total.rows += block.rows;
      total.sum += block.rows * block.mean;
    }
    if (last - (blocks[start]?.at ?? last) < rounds - blockLength) continue;
    const { phases, explained } = bestPhases(sums, totals);
    const fit = { period, phases, start, criterion: criterion(sums, explained, 5) };
    // That it was so from the start is believed until there is very strong evidence of something else.
    const least = best === undefined ? fit.criterion : best.criterion + (start === 0 ? veryStrong : 0);
    if (best === undefined || fit.criterion < least) best = fit;
  }
  return best;
}

interface Total {
  readonly rows: number;
  readonly sum: number;
}

/** The neighbouring phases, also across the end of the week or the day, whose mean is highest above that of all other rows. */
function bestPhases(sums: BlockSums, totals: readonly Total[]) {
  const all = {
    rows: between(sums.rows, 0, sums.blocks.length),
    sum: between(sums.y, 0, sums.blocks.length),
  };
  let best = { explained: 0, phases: [] as readonly number[] };
  for (const first of totals.keys()) {
    let inside: Total = { rows: 0, sum: 0 };
    const phases: number[] = [];
    while (phases.length < Math.floor(totals.length * widest)) {
      const phase = (first + phases.length) % totals.length;
      const { rows, sum } = totals[phase] ?? inside;
      inside = { rows: inside.rows + rows, sum: inside.sum + sum };
      phases.push(phase);
      const explained = explainedByLevel(inside, all);
      if (explained > best.explained) best = { explained, phases: [...phases] };
    }
  }
  return best;
}

/** Sum of squares explained by a mean of its own of some rows among all; 0 where it is no higher than that of the others. */
function explainedByLevel(inside: Total, all: Total): number {
  const others = all.rows - inside.rows;
  const rise = inside.sum / inside.rows - (all.sum - inside.sum) / others;
  return rise > 0 && rise < Number.POSITIVE_INFINITY ? ((inside.rows * others) / all.rows) * rise ** 2 : 0;
}
