import { hashFile } from '../../data/hash-file.ts';
import {
  type ColumnSource,
  featureNames,
  findColumn,
  listNames,
  readSchema,
  type TableSchema,
  textFields,
  withColumns,
} from '../../data/index.ts';
import type { DriftResult } from '../../data/results/drift.ts';
import {
  type ComparisonRules,
  DataIssueSearch,
  type Feature,
  featureTypes,
  inferLikeEvidently,
  markFaults,
  measureDriftByColumns,
  measureMultivariate,
  schemaFeatureTypes,
  type TypingRule,
  warnOfFaults,
  withAdvice,
  withBeside,
} from '../../drift/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { ConfigurationError, DataError } from '../../platform/errors.ts';
import { driftDefaults } from '../../workspace/defaults.ts';
import { type AskedRules, comparisonRules, requireRulesFit } from './asked-rules.ts';
import { type AppliedCalibration, applyCalibration } from './calibration-file.ts';
import type { ComparedDrift } from './drift-reports.ts';
import { exactOrSampled, sampleNote } from './exact-or-sampled.ts';
import { compareAnswers } from './file-answers.ts';
import { fileOnsets } from './file-onsets.ts';

export interface FilesToCompare {
  readonly reference: string;
  readonly current: string;
  readonly schema?: string;
  /** By default as the convention has it: Evidently infers types where no schema says them. */
  readonly types?: 'schema' | 'evidently';
  readonly format?: string;
  readonly minimumRows: number;
  /** So many rows of each file, drawn by chance; by default all of them. */
  readonly sample: number | undefined;
  readonly rules: AskedRules;
  /** Thresholds by `drift calibrate`. */
  readonly calibration?: string;
  /** Look at the features together, too. */
  readonly multivariate?: boolean;
  /** Columns of both files that are no features: the model's answer, and what came true. */
  readonly prediction?: string;
  readonly target?: string;
  /** Column of times of the current file, no feature: since when each drifted feature differs is sought by it. */
  readonly time?: string;
}

/** Both files, open. */
interface OpenFiles {
  readonly reference: ColumnSource;
  readonly current: ColumnSource;
}

interface Attention {
  readonly signal: AbortSignal;
  /** Told now and then what is going on, and what share of it is done, 0..1. */
  readonly progress: (phase: string, share: number) => void;
}

/**
 * Drift between two bare files. Columns that do not fit into memory together are read,
 * compared and left, one group after another.
 * @throws DataError when a file has no rows, lacks a feature of the schema, or has more than 10 million rows and no sample is
 *   asked for; ConfigurationError when the schema has no feature; UsageError when a test was asked for that cannot be made
 */
export async function compareFiles(
  files: FilesToCompare,
  clock: Clock,
  attention: Attention,
): Promise<ComparedDrift> {
  const schema = schemaWithFeatures(files.schema);
  requireRulesFit(files.rules, schema && schemaFeatureTypes(schema));
  const text = schema === undefined ? [] : textFields(schema);
  const options = { format: files.format, text, ...attention };
  const measured = await withColumns(files.reference, options, (reference) =>
    withColumns(files.current, options, (current) =>
      compareSources(files, { reference, current }, schema, attention),
    ),
  );
  return {
    result: measured,
    subject: { referenceName: files.reference, currentName: files.current, generatedAt: clock.now() },
  };
}

async function compareSources(
  files: FilesToCompare,
  open: OpenFiles,
  schema: TableSchema | undefined,
  { signal, progress }: Attention,
): Promise<DriftResult> {
  requireComparable(open.reference, files.reference, schema);
  requireComparable(open.current, files.current, schema);
  const { minimumRows, sample } = files;
  const rules = comparisonRules(files.rules);
  const calibration = await fileCalibration(files, rules, signal);
  const reference = exactOrSampled(open.reference, files.reference, sample);
  const current = exactOrSampled(open.current, files.current, sample);
  const onsets = files.time === undefined ? undefined : await fileOnsets(current, files.time, rules.seed);
  const enough = Math.min(reference.rows, current.rows) >= minimumRows;
  const search = enough ? new DataIssueSearch({ reference, current }, schema?.fields) : undefined;
  const names = sharedNames(reference, current);
  const typesOf = typingOf(files, schema);
  const features: Feature[] = [];
  const drift = await measureDriftByColumns({
    reference,
    current,
    names,
    featuresOf: (one, other) => {
      const some = typesOf(one, other).filter(
        ({ name }) => name !== files.prediction && name !== files.target && name !== files.time,
      );
      if (one.columns.length === names.length) requireRulesFit(files.rules, some);
      return some;
    },
    ...driftDefaults,
    minimumRows,
    ...rules,
    calibration: calibration?.limits,
    signal,
    progress: (share) => progress('comparing', share),
    each: (group) => {
      features.push(...group.features);
      search?.add(group);
    },
  });
  requireRulesFit(files.rules, features);
  const issues = search?.conclude() ?? [];
  const marked = markFaults(drift, issues);
  const judged = enough && onsets !== undefined ? await onsets.add(marked, reference, signal) : marked;
  const notes = [
    ...(calibration?.notesOn(drift.features) ?? []),
    ...(schema === undefined ? columnsOfOneSide(open, files) : []),
    ...orderOfColumns(open, files),
    ...sampleNote(open.reference, files.reference, sample),
    ...sampleNote(open.current, files.current, sample),
    ...(onsets?.notes ?? []),
  ];
  const joint = files.multivariate
    ? await measureMultivariate({ reference, current, features, seed: rules.seed, signal })
    : {};
  const answers = await compareAnswers({
    reference,
    current,
    names: files,
    prediction: files.prediction,
    target: files.target,
    features,
    rules,
    minimumRows,
  });
  return withAdvice(withBeside(warnOfFaults(judged), { notes }, joint, answers), issues);
}

/** Of the file that was asked for. @throws NoInputError, ConfigurationError when it is damaged */
export async function fileCalibration(
  files: Pick<FilesToCompare, 'calibration' | 'rules'> & { readonly reference: string },
  rules: ComparisonRules,
  signal: AbortSignal,
): Promise<AppliedCalibration | undefined> {
  if (files.calibration === undefined) return undefined;
  const { sha256 } = await hashFile(files.reference, signal);
  return applyCalibration(files.calibration, { referenceSha256: sha256, asked: files.rules, rules });
}

/** Which columns are features, and their types: by the schema, else by the columns; or as Evidently infers them. */
export function typingOf(
  { types, rules }: Pick<FilesToCompare, 'types' | 'rules'>,
  schema: TableSchema | undefined,
): TypingRule {
  const byDefault = schema === undefined ? comparisonRules(rules).convention.types : 'schema';
  if ((types ?? byDefault) === 'evidently') return inferLikeEvidently;
  if (schema === undefined) return featureTypes;
  const features = schemaFeatureTypes(schema);
  return (some) => features.filter(({ name }) => findColumn(some, name) !== undefined);
}

/** @throws ConfigurationError when the schema has no feature */
export function schemaWithFeatures(path: string | undefined): TableSchema | undefined {
  if (path === undefined) return undefined;
  const schema = readSchema(path);
  if (featureNames(schema).length > 0) return schema;
  throw new ConfigurationError(`${path} has no feature`, {
    why: 'each of its fields has another role',
    remedy: 'give the fields to compare the role feature, or none',
  });
}

type Outline = Pick<ColumnSource, 'rows'> & { readonly columns: readonly { readonly name: string }[] };

/** @throws DataError when the file has no rows or lacks a feature of the schema */
export function requireComparable(source: Outline, path: string, schema: TableSchema | undefined): void {
  if (source.rows === 0)
    throw new DataError(`${path} has no rows`, {
      remedy: 'check that whatever writes the file has finished',
    });
  const there = new Set(namesOf(source));
  const missing = schema === undefined ? [] : featureNames(schema).filter((name) => !there.has(name));
  if (missing.length === 0) return;
  throw new DataError(`${path} lacks ${listNames(missing)}`, {
    why: `its columns are ${listNames([...there])}`,
    remedy: 'add the columns, or correct the schema',
  });
}

function namesOf(source: Outline): readonly string[] {
  return source.columns.map((column) => column.name);
}

/** Names of the one that the other has, too, in the order of the one. */
function sharedNames(one: ColumnSource, other: ColumnSource): readonly string[] {
  const there = new Set(namesOf(other));
  return namesOf(one).filter((name) => there.has(name));
}

function columnsOfOneSide({ reference, current }: OpenFiles, files: FilesToCompare): string[] {
  const only = (source: ColumnSource, other: ColumnSource, path: string) => {
    const there = new Set(namesOf(other));
    const alone = namesOf(source).filter((name) => !there.has(name));
    return alone.length === 0 ? [] : [`not compared, only in ${path}: ${listNames(alone)}`];
  };
  return [...only(reference, current, files.reference), ...only(current, reference, files.current)];
}

/** Columns are found by their names; the order is told because a reader that goes by position would be led astray. */
function orderOfColumns({ reference, current }: OpenFiles, files: FilesToCompare): string[] {
  const before = sharedNames(reference, current);
  const moved = sharedNames(current, reference).filter((name, place) => name !== before[place]);
  return moved.length === 0 ? [] : [`in another order in ${files.current}: ${listNames(moved)}`];
}
