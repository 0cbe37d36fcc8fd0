import { join } from 'node:path';
import type { Command } from './process.ts';
import type { SideBySide, Summary } from './side-by-side.ts';

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly ours: Summary;
  /** What stands beside it: a peer's process measured in turn, or why there is none. */
  readonly beside: { readonly name: string; readonly measured: SideBySide } | { readonly missing: string };
  /** What was promised; undefined where nothing was. */
  readonly required?: Requirement;
}

export type Requirement =
  | { readonly timesFaster: number; readonly memoryShareAtMost?: number }
  | { readonly bytesAtMost: number }
  | { readonly timesSlowerAtMost: number; readonly memoryShareAtMost?: number }
  | { readonly millisecondsAtMost: number };

/** Where a benchmark works: a temporary folder of its own, removed afterwards. */
export interface Place {
  readonly folder: string;
  readonly say: (line: string) => void;
}

export interface Benchmark {
  readonly name: string;
  run(place: Place): Promise<readonly Row[]>;
}

const root = join(import.meta.dirname, '..', '..');

export function mlops(...parameters: readonly string[]): Command {
  return { program: join(root, 'dist', 'mlops'), parameters };
}

/** What was measured of both, as far as a requirement speaks of it. */
export interface Figures {
  readonly milliseconds: number;
  readonly peakBytes: number | undefined;
  /** Undefined where there was no peer to measure: then no ratio is broken. */
  readonly timesFaster?: number;
  /** Our peak of theirs. */
  readonly memoryShare?: number | undefined;
}

export function met(requirement: Requirement, figures: Figures): boolean {
  if ('millisecondsAtMost' in requirement) return figures.milliseconds <= requirement.millisecondsAtMost;
  if ('bytesAtMost' in requirement) return (figures.peakBytes ?? 0) <= requirement.bytesAtMost;
  const { timesFaster, memoryShare = 0 } = figures;
  if (timesFaster === undefined) return true;
  if (memoryShare > (requirement.memoryShareAtMost ?? Infinity)) return false;
  return 'timesFaster' in requirement
    ? timesFaster >= requirement.timesFaster
    : 1 / timesFaster <= requirement.timesSlowerAtMost;
}

export function figuresOf({ ours, beside }: Pick<Row, 'ours' | 'beside'>): Figures {
  if ('missing' in beside) return ours;
  const { theirs, timesFaster } = beside.measured;
  const known = ours.peakBytes !== undefined && theirs.peakBytes !== undefined;
  return { ...ours, timesFaster, memoryShare: known ? ours.peakBytes / theirs.peakBytes : undefined };
}
