export { type FileFormat, fileFormat, fileFormats } from './file-format.ts';
export { fingerprint } from './fingerprint.ts';
export { readSchema } from './read-schema.ts';
export { type ReadOptions, readTable } from './read-table.ts';
export * from './schema.ts';
export { type RowBatch, streamRows } from './stream-rows.ts';
export * from './table.ts';
export { writeFileAtomic } from './write-file-atomic.ts';
export { writeParquet } from './write-table.ts';
