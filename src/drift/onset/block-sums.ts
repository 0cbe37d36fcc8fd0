import type { Block } from './blocks.ts';

/** Places at which a ramp or a pulse may begin and end. */
const mostPlaces = 120;

/** Sums over the blocks before each place, so that what a course of the mean explains is found without the blocks. */
export interface BlockSums {
  readonly blocks: readonly Block[];
  /** Numbers of blocks that are tried as places, ascending; 0 and the number after the last block among them. */
  readonly places: readonly number[];
  /** Each of one entry more than the blocks; x is the block's time scaled to 0..1, y its mean, all weighted by rows. */
  readonly rows: Float64Array;
  readonly x: Float64Array;
  readonly xx: Float64Array;
  readonly y: Float64Array;
  readonly xy: Float64Array;
  /** Sum of squares about the mean of all. */
  readonly squares: number;
  /** Scaled time of a block; beyond the last one, that of the last one. */
  readonly timeOf: (block: number) => number;
}

export function sumBlocks(blocks: readonly Block[]): BlockSums {
  const first = blocks[0]?.at ?? 0;
  const span = Math.max(1, (blocks.at(-1)?.at ?? 0) - first);
  const x = (at: number) => (at - first) / span;
  const running = (figureOf: (block: Block) => number) => {
    const sums = new Float64Array(blocks.length + 1);
    for (const [index, block] of blocks.entries())
      sums[index + 1] = (sums[index] ?? 0) + block.rows * figureOf(block);
    return sums;
  };
  const apart = Math.max(1, Math.ceil(blocks.length / mostPlaces));
  const y = running(({ mean }) => mean);
  const rows = running(() => 1);
  const centre = (y.at(-1) ?? 0) / (rows.at(-1) ?? 1);
  return {
    blocks,
    places: [
      ...Array.from({ length: Math.ceil(blocks.length / apart) }, (_, index) => index * apart),
      blocks.length,
    ],
    rows,
    x: running(({ at }) => x(at)),
    xx: running(({ at }) => x(at) ** 2),
    y,
    xy: running(({ at, mean }) => x(at) * mean),
    squares: blocks.reduce((all, { rows, mean }) => all + rows * (mean - centre) ** 2, 0),
    timeOf: (block) => x(blocks[block]?.at ?? first + span),
  };
}

/** Sum over the blocks from one place up to another. */
export function between(sums: Float64Array, from: number, until: number): number {
  return (sums[until] ?? 0) - (sums[from] ?? 0);
}
