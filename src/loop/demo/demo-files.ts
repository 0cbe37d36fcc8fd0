import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a demonstration replays. */
export interface DemoFiles {
  /** Training data with the target. */
  readonly reference: string;
  /** Predictions with ids and times, replayed week by week. */
  readonly stream: string;
  /** Labels of the stream, each added when it fell due. */
  readonly labels: string;
  readonly target: string;
}

/** Writes the sample files that travel in the program into a folder. */
export function writeSamples(
  folder: string,
  samples: Readonly<Record<'reference' | 'stream' | 'labels', string>>,
): DemoFiles {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: string) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  return {
    reference: write('reference.csv', samples.reference),
    stream: write('stream.csv', samples.stream),
    labels: write('labels.csv', samples.labels),
    target: 'defaulted',
  };
}
