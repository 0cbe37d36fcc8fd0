import {
  appendFileSync,
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isProcessGone, processMark } from '../../workspace/lease.ts';
import type { LoggedBatch } from './append-rows.ts';

/** A file that takes predictions while the store cannot. */
export interface Spill {
  /** Returns once the rows are on the disk. */
  add(batches: readonly LoggedBatch[]): void;
  /** Hands every batch kept here, or by a process that has ended, to `take`, and forgets them once it has returned. */
  merge(take: (batches: readonly LoggedBatch[]) => void): void;
  /** Rows that this process has kept and not merged yet. */
  rows(): number;
}

const line = z.object({
  features: z.object({ numeric: z.array(z.string()), text: z.array(z.string()) }),
  version: z.string(),
  threshold: z.number(),
  at: z.number(),
  ownIds: z.boolean(),
  ids: z.array(z.string()),
  probabilities: z.array(z.number()),
  /** JSON has no NaN. */
  numbers: z.array(z.number().nullable()),
  texts: z.array(z.string().nullable()),
});

/** @param folder where each process has a file of its own; its first line says whose it is */
export function spillIn(folder: string): Spill {
  const own = join(folder, `${process.pid}.jsonl`);
  let file: number | undefined;
  let rows = 0;
  let inherited = true;

  function open(): number {
    mkdirSync(folder, { recursive: true });
    if (!existsSync(own)) appendFileSync(own, `${processMark()}\n`);
    return openSync(own, 'a');
  }

  function left(): readonly string[] {
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
    return names.map((name) => join(folder, name)).filter((path) => path === own || isOrphan(path));
  }

  return {
    add: (batches) => {
      file ??= open();
      writeSync(file, batches.map((batch) => `${asLine(batch)}\n`).join(''));
      fdatasyncSync(file);
      rows += batches.reduce((sum, { ids }) => sum + ids.length, 0);
    },
    merge: (take) => {
      if (rows === 0 && !inherited) return;
      for (const path of left()) {
        take(readBatches(path));
        if (path === own) {
          if (file !== undefined) closeSync(file);
          file = undefined;
          rows = 0;
        }
        rmSync(path);
      }
      inherited = false;
    },
    rows: () => rows,
  };
}

function isOrphan(path: string): boolean {
  try {
    const [mark = ''] = readFileSync(path, 'utf8').split('\n', 1);
    return isProcessGone(mark);
  } catch {
    return false;
  }
}

function asLine(batch: LoggedBatch): string {
  const { probabilities, numbers, ...rest } = batch;
  return JSON.stringify({
    ...rest,
    probabilities: [...probabilities],
    numbers: [...numbers],
  });
}

/** The last line may be cut off by a crash; nobody was answered for it, because that comes after it is whole. */
function readBatches(path: string): readonly LoggedBatch[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(1, -1);
  return lines.map((text) => {
    const { probabilities, numbers, ...rest } = line.parse(JSON.parse(text));
    return {
      ...rest,
      probabilities: Float64Array.from(probabilities),
      numbers: Float64Array.from(numbers, (value) => value ?? Number.NaN),
    };
  });
}
