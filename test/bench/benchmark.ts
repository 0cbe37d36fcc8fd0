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
  | { readonly timesFaster: number }
  | { readonly timesSlowerAtMost: number }
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

/** @param timesFaster undefined where there was no peer to measure: then no ratio is broken */
export function met(
  requirement: Requirement,
  milliseconds: number,
  timesFaster: number | undefined,
): boolean {
  if ('millisecondsAtMost' in requirement) return milliseconds <= requirement.millisecondsAtMost;
  if (timesFaster === undefined) return true;
  return 'timesFaster' in requirement
    ? timesFaster >= requirement.timesFaster
    : 1 / timesFaster <= requirement.timesSlowerAtMost;
}
