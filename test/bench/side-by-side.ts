import { type Command, type Measured, measure, measureMemory, ProcessFailure } from './process.ts';

export interface Contender {
  readonly command: Command;
  /** Puts things back after a run; not timed. */
  readonly reset?: Command;
}

export interface Summary {
  /** Median over the rounds. */
  readonly milliseconds: number;
  /** Of one run more, so that measuring it slows no timed one. */
  readonly peakBytes: number | undefined;
  readonly stdout: string;
}

export interface SideBySide {
  readonly ours: Summary;
  readonly theirs: Summary;
  /** Median over the rounds of theirs / ours, each from two runs next to each other. */
  readonly timesFaster: number;
}

/** Runs A B A B …, so that a machine that grows busy slows both. */
export async function sideBySide(ours: Contender, theirs: Contender, rounds: number): Promise<SideBySide> {
  const memory = { ours: await run(ours, measureMemory), theirs: await run(theirs, measureMemory) };
  const pairs: { readonly ours: Measured; readonly theirs: Measured }[] = [];
  for (let round = 0; round < rounds; round++) {
    pairs.push({ ours: await run(ours, measure), theirs: await run(theirs, measure) });
  }
  return {
    ours: { ...memory.ours, milliseconds: median(pairs.map((pair) => pair.ours.milliseconds)) },
    theirs: { ...memory.theirs, milliseconds: median(pairs.map((pair) => pair.theirs.milliseconds)) },
    timesFaster: median(pairs.map((pair) => pair.theirs.milliseconds / pair.ours.milliseconds)),
  };
}

/** One run of each, timed with its memory; where theirs fails or takes too long, what is to be said of it. */
export async function attempt(
  ours: Contender,
  theirs: Contender,
): Promise<SideBySide | { readonly ours: Summary; readonly gaveUp: string }> {
  const mine = await run(ours, measureMemory);
  try {
    const other = await run(theirs, measureMemory);
    return { ours: mine, theirs: other, timesFaster: other.milliseconds / mine.milliseconds };
  } catch (error) {
    if (!(error instanceof ProcessFailure)) throw error;
    return { ours: mine, gaveUp: error.message.slice(0, 120) };
  }
}

/** Where there is no peer. */
export async function alone(contender: Contender, rounds: number): Promise<Summary> {
  const memory = await run(contender, measureMemory);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push((await run(contender, measure)).milliseconds);
  return { ...memory, milliseconds: median(times) };
}

async function run<T>({ command, reset }: Contender, how: (command: Command) => Promise<T>): Promise<T> {
  const measured = await how(command);
  if (reset !== undefined) await measure(reset);
  return measured;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
