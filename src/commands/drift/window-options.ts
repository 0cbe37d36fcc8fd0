import { type Command, Option } from 'commander';
import type { Against, WindowRule } from '../../drift/index.ts';
import { UsageError } from '../../platform/errors.ts';
import { parseCount } from '../option-values.ts';

export interface WindowOptions {
  readonly time?: string;
  readonly every?: string;
  readonly chunkRows?: string;
  readonly chunks?: string;
  readonly against?: 'reference' | 'previous' | 'week-before';
}

/** The options that cut the current data into windows, each compared by itself. */
export function addWindowOptions(command: Command): Command {
  return command
    .option(
      '--time <column>',
      'of the current file: the column of times, for --every and to tell since when a feature drifts',
    )
    .option('--every <period>', 'window by window: of 6h, 1d, 7d, 1w (from Monday) or month')
    .option('--chunk-rows <n>', 'window by window: of so many rows')
    .option('--chunks <n>', 'in so many windows of equally many rows')
    .addOption(
      new Option(
        '--against <what>',
        'what a window, or that of the store, is compared with: the reference, the window before, or that of a week before; in a workspace as in mlops.yaml',
      ).choices(['reference', 'previous', 'week-before']),
    );
}

/** Undefined where it was not asked for. */
export function againstOf({ against }: WindowOptions): Against | undefined {
  return against === 'week-before' ? 'week_before' : against;
}

/** Undefined where the data are compared as a whole. @throws UsageError when windows are asked for in two ways, or not understood */
export async function parseWindowRule({
  every,
  chunkRows,
  chunks,
}: WindowOptions): Promise<WindowRule | undefined> {
  const ways = [every, chunkRows, chunks].filter((each) => each !== undefined);
  if (ways.length > 1) {
    throw new UsageError('the windows are asked for in two ways', {
      remedy: 'give one of --every, --chunk-rows and --chunks',
    });
  }
  if (chunkRows !== undefined) return { kind: 'rows', rows: parseCount('--chunk-rows', chunkRows) };
  if (chunks !== undefined) return { kind: 'count', count: parseCount('--chunks', chunks) };
  if (every === undefined) return undefined;
  const { parsePeriod } = await import('../../drift/index.ts');
  const period = parsePeriod(every);
  if (period === undefined) {
    throw new UsageError(`--every '${every}' is no period`, {
      why: 'a period is a whole number and m, h, d or w, or month',
      remedy: 'write it like --every 7d',
    });
  }
  return { kind: 'period', period };
}
