import { existsSync, readFileSync } from 'node:fs';
import { definitionFaults } from '../../data/definition-faults.ts';
import { listNames } from '../../data/index.ts';
import type { DriftFeature } from '../../data/results/drift.ts';
import { type DriftCalibration, driftCalibrationDefinition } from '../../data/results/drift-calibration.ts';
import type { DriftWindows } from '../../data/results/drift-windows.ts';
import { type CalibratedLimits, type ComparisonRules, calibratedLimits } from '../../drift/index.ts';
import { ConfigurationError, fromSystemError } from '../../platform/errors.ts';
import type { AskedRules } from './asked-rules.ts';

/** Beside the schema: `schema.json` has `schema.drift.json`. */
export function calibrationPath(schemaPath: string): string {
  return `${schemaPath.replace(/\.json$/, '')}.drift.json`;
}

/** @throws NoInputError, or ConfigurationError when it is damaged, naming the file and what to do */
export function readCalibration(path: string): DriftCalibration {
  const damaged = (why: string) =>
    new ConfigurationError(`${path} is no calibration of drift`, {
      why,
      remedy: 'make it anew: mlops drift calibrate; or remove it, and thresholds are computed',
    });
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw damaged(error.message);
    throw fromSystemError(error, `calibration ${path} cannot be read`);
  }
  const parsed = driftCalibrationDefinition.safeParse(document);
  if (!parsed.success) throw damaged(definitionFaults(parsed.error).join('; '));
  const { sizes, features } = parsed.data;
  const short = features.find(({ thresholds, missing }) =>
    [thresholds, missing ?? thresholds].some((each) => each.length !== sizes.length),
  );
  if (short !== undefined)
    throw damaged(`'${short.name}' has not one threshold for each of the ${sizes.length} sizes`);
  return parsed.data;
}

type JudgedFeature = Pick<DriftFeature, 'name' | 'test'>;

/** A calibration as it applies to one comparison. */
export interface AppliedCalibration {
  /** Undefined where it does not apply. */
  readonly limits: CalibratedLimits | undefined;
  /** Why it does not, or what of it does not. */
  notesOn(features: readonly JudgedFeature[]): readonly string[];
}

export interface ToCalibrate {
  /** Of the file that the comparison's reference was read from; undefined of earlier predictions, which nothing is kept of. */
  readonly referenceSha256: string | undefined;
  readonly asked: AskedRules;
  readonly rules: Pick<ComparisonRules, 'convention' | 'correction'>;
}

/** Of the schema's calibration; undefined where there is none. @throws ConfigurationError when it is damaged */
export function schemaCalibration(
  schemaPath: string,
  comparison: ToCalibrate,
): AppliedCalibration | undefined {
  const path = calibrationPath(schemaPath);
  return existsSync(path) ? applyCalibration(path, comparison) : undefined;
}

/**
 * What the command line asks for goes before the calibration, which goes before mlops.yaml; a peer's convention knows none.
 * @throws NoInputError, ConfigurationError as `readCalibration`
 */
export function applyCalibration(path: string, comparison: ToCalibrate): AppliedCalibration {
  const calibration = readCalibration(path);
  const { convention } = comparison.rules;
  if (convention.name !== 'mlops') return { limits: undefined, notesOn: () => [] };
  const why = whyNot(calibration, comparison);
  if (why !== undefined) {
    const note = `calibration of ${path} is not used: ${why}`;
    return { limits: undefined, notesOn: () => [note] };
  }
  return {
    limits: calibratedLimits(calibration),
    notesOn: (features) => notCalibrated(calibration, features),
  };
}

function whyNot(
  { reference, false_alarms }: DriftCalibration,
  { referenceSha256, asked, rules }: ToCalibrate,
): string | undefined {
  if (referenceSha256 === undefined)
    return `it is for the reference ${reference.name}, and earlier predictions were compared with`;
  if (reference.sha256 !== referenceSha256)
    return `it is for another reference (${reference.name}); make it anew: mlops drift calibrate`;
  if (!rules.correction) return 'it is for all features together, and each was to be judged alone';
  if (asked.falseAlarms !== undefined && asked.falseAlarms !== false_alarms)
    return `it is for a chance of ${false_alarms}, and ${asked.falseAlarms} was asked for`;
  return undefined;
}

function notCalibrated(calibration: DriftCalibration, features: readonly JudgedFeature[]): readonly string[] {
  const tests = new Map<string, string>(calibration.features.map(({ name, test }) => [name, test]));
  const others = features.filter(({ name, test }) => test !== 'none' && tests.get(name) !== test);
  if (others.length === 0) return [];
  const names = listNames(others.map(({ name, test }) => `${name} (${test})`));
  return [`not calibrated, judged by what chance explains in theory: ${names}`];
}

/** Windows have their features by the same tests, whichever one is looked at. */
export function withCalibrationNotes(
  measured: DriftWindows,
  calibration: AppliedCalibration | undefined,
): DriftWindows {
  const judged = measured.windows.find(({ features }) => features.length > 0)?.features ?? [];
  return { ...measured, notes: [...measured.notes, ...(calibration?.notesOn(judged) ?? [])] };
}
