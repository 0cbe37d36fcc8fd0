import { type ReadOptions, type Table, withColumns } from '../../data/index.ts';
import { availableMemory } from '../../platform/memory.ts';
import type { Estimator } from '../../training/index.ts';
import { requireMemory } from './require-memory.ts';

/**
 * Reads a whole file to train on, once it is known that its rows and the training fit into memory.
 * @throws TooLittleMemoryError, and as `withColumns` does
 */
export function readTrainingTable(path: string, options: ReadOptions, estimator: Estimator): Promise<Table> {
  return withColumns(path, options, (source) => {
    const { rows, columns } = source;
    requireMemory({ rows, columns: columns.length, estimator }, availableMemory());
    return source.read(columns.map(({ name }) => name));
  });
}
