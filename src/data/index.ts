export { convertCsv, type StoredType } from './convert-csv.ts';
export { estimateRows } from './estimate-rows.ts';
export { type FileFormat, fileFormat, fileFormats, formatOfExtension } from './file-format.ts';
export { readSchema } from './read-schema.ts';
export { type ReadOptions, readTable } from './read-table.ts';
export * from './schema.ts';
export { type RowBatch, streamRows } from './stream-rows.ts';
export * from './table.ts';
export { writeFileAtomic } from './write-file-atomic.ts';
