import { UsageError } from '../platform/errors.ts';

export const fileFormats = ['csv', 'parquet', 'jsonl'] as const;
export type FileFormat = (typeof fileFormats)[number];

const extensions: Readonly<Record<string, FileFormat>> = {
  csv: 'csv',
  parquet: 'parquet',
  pq: 'parquet',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
};

/** The format that the path's extension tells, if it tells one. */
export function formatOfExtension(path: string): FileFormat | undefined {
  return extensions[path.split('.').at(-1)?.toLowerCase() ?? ''];
}

/** The same of a file that is read, which may be compressed: `week.csv.gz` is CSV. */
export function inputFormat(path: string, named?: string): FileFormat {
  return fileFormat(path.replace(/\.(?:gz|zst)$/i, ''), named);
}

/** The format named, or the one the extension tells. @throws UsageError when neither does. */
export function fileFormat(path: string, named?: string): FileFormat {
  const format = named === undefined ? formatOfExtension(path) : asFormat(named);
  if (format !== undefined) return format;
  throw new UsageError(
    named === undefined ? `the format of ${path} is not known` : `'${named}' is no file format`,
    {
      why: `formats are ${fileFormats.join(', ')}, told by the extension or by --format`,
      remedy: 'add --format csv (or the one it is)',
    },
  );
}

function asFormat(text: string): FileFormat | undefined {
  return fileFormats.find((format) => format === text);
}
