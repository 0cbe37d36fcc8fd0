import type { Command } from 'commander';
import { UsageError } from '../../platform/errors.ts';
import type { DriftOptions } from './drift-options.ts';

type Name = keyof DriftOptions;

const files: readonly Name[] = ['reference', 'current', 'schema', 'types', 'format', 'minimumRows'];
const wholeFiles: readonly Name[] = [...files, 'time', 'sample', 'calibration', 'prediction', 'target'];
const tests: readonly Name[] = ['test', 'numerical', 'categorical', 'convention', 'seed', 'falseAlarms'];
const rules: readonly Name[] = [...tests, 'threshold', 'correction'];
const beside: readonly Name[] = ['multivariate', 'weights', 'allTests'];
const windows: readonly Name[] = ['every', 'chunkRows', 'chunks', 'against'];
const reports: readonly Name[] = ['html', 'report', 'print'];

/** What `mlops drift` and the commands below it can look at, in words, and the options that say something to it. */
const taken = {
  'two files': [...wholeFiles, ...rules, ...beside, ...reports],
  'the predictions of the store': ['last', 'against', ...rules, ...beside, ...reports],
  'a stored run': ['run', ...reports],
  'windows of a file': [...files, 'time', 'calibration', ...rules, ...windows],
  'windows of the store': ['last', ...rules, ...windows],
  'the story of one feature': ['last', 'run', 'against', ...wholeFiles, ...rules, ...beside],
  'a calibration of the workspace': ['time', ...tests],
  'a calibration of a file': [
    'reference',
    'schema',
    'types',
    'format',
    'time',
    'prediction',
    'target',
    ...tests,
  ],
  'the newest run': [],
  'stored runs': [],
} as const satisfies Readonly<Record<string, readonly Name[]>>;

/**
 * @param drift the command `drift`, which holds its options for those below it, too
 * @throws UsageError for an option that is given and would be passed over in silence
 */
export function requireTaken(subject: keyof typeof taken, drift: Command | null): void {
  const names: readonly string[] = taken[subject];
  const idle = drift?.options.find(
    (option) =>
      drift.getOptionValueSource(option.attributeName()) === 'cli' && !names.includes(option.attributeName()),
  );
  if (idle === undefined) return;
  throw new UsageError(`${idle.long} says nothing to ${subject}`, {
    remedy: 'leave it out; mlops drift --help says what each option is for',
  });
}
