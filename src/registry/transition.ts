import { UnavailableError } from '../platform/errors.ts';
import { changeStage, insertVersion, predecessor, recordEvent, type Store } from '../store/index.ts';
import { storeArtifact } from './artifacts.ts';
import {
  findProduction,
  listVersions,
  type ModelVersion,
  requireProduction,
  requireVersion,
} from './model-version.ts';

/** Who changes what, when (epoch milliseconds), by which command and why: the audit's words. */
export interface Change {
  readonly at: number;
  readonly who: string;
  readonly command: string;
  readonly reason: string;
}

export interface NewVersion
  extends Omit<ModelVersion, 'version' | 'stage' | 'sha256' | 'bytes' | 'createdAt'> {
  readonly content: Uint8Array;
}

/** Keeps the artifact and adds a version in Staging. @returns its number */
export function registerVersion(
  store: Store,
  artifactsFolder: string,
  model: NewVersion,
  change: Change,
): number {
  const hash = storeArtifact(artifactsFolder, model.content, 'onnx');
  return store.change(() => {
    const version = insertVersion(store, {
      stage: 'None',
      artifact_sha256: hash,
      artifact_bytes: model.content.length,
      features: JSON.stringify(model.features),
      threshold: model.threshold,
      golden: JSON.stringify(model.golden),
      created_at: change.at,
      run_id: model.runId,
      schema: model.schema === null ? null : JSON.stringify(model.schema),
      metrics: model.metrics === null ? null : JSON.stringify(model.metrics),
      reference_sha256: model.referenceSha256,
      base_sha256: model.baseSha256,
      learned_until: model.learnedUntil,
      validated_until: model.validatedUntil,
    });
    changeStage(store, version, 'Staging', change.at, null);
    recordEvent(store, { ...change, before: null, after: { version, stage: 'Staging', sha256: hash } });
    return version;
  });
}

/**
 * Puts a version into Production and archives the one before it, in one transaction.
 * @param check called inside the transaction before anything changes; what it throws leaves the store as it was
 */
export function promoteVersion(
  store: Store,
  name: string,
  change: Change,
  check: (version: ModelVersion) => void,
) {
  return store.change(() => {
    const target = requireVersion(store, name);
    const current = findProduction(store);
    if (current?.version === target.version) {
      throw new UnavailableError(`version ${target.version} is in Production already`, {
        remedy: 'nothing is to be done',
      });
    }
    check(target);
    swap(store, current, target, change, current?.version ?? null);
    return { from: current?.version ?? null, to: target.version };
  });
}

/** The version a rollback goes to: `name`, or the one that was Production before. */
export function rollbackTarget(
  store: Store,
  name: string | undefined,
): { readonly current: ModelVersion; readonly target: ModelVersion } {
  const current = requireProduction(store);
  const before = name ?? predecessor(store, current.version)?.toString();
  if (before === undefined) {
    throw new UnavailableError('there is no version to go back to', {
      why: `version ${current.version} is the first that was in Production`,
      remedy: 'name another with --to VERSION; mlops models lists them',
    });
  }
  const target = requireVersion(store, before);
  if (target.version !== current.version) return { current, target };
  throw new UnavailableError(`version ${target.version} is in Production already`, {
    remedy: 'name another with --to VERSION',
  });
}

/**
 * Versions to go to instead of `version`: first further back along those that were Production, then the other archived ones,
 * newest first.
 */
export function alternatives(store: Store, version: ModelVersion): readonly ModelVersion[] {
  const known = new Map(listVersions(store).map((each) => [each.version, each]));
  const further = new Set<number>();
  for (
    let each = predecessor(store, version.version);
    each !== undefined && !further.has(each);
    each = predecessor(store, each)
  )
    further.add(each);
  const archived = [...known.values()].filter((each) => each.stage === 'Archived').reverse();
  return [...new Set([...further, ...archived.map((each) => each.version)])]
    .map((each) => known.get(each))
    .filter((each) => each !== undefined)
    .filter((each) => each.version !== version.version && each.stage !== 'Production');
}

/** Returns to an earlier version; a second rollback goes back further, not forth again. */
export function rollbackVersion(
  store: Store,
  name: string | undefined,
  change: Change,
  check: (version: ModelVersion) => void,
) {
  return store.change(() => {
    const { current, target } = rollbackTarget(store, name);
    check(target);
    swap(store, current, target, change, predecessor(store, target.version) ?? null);
    return { from: current.version, to: target.version };
  });
}

function swap(
  store: Store,
  current: ModelVersion | undefined,
  target: ModelVersion,
  change: Change,
  replaced: number | null,
): void {
  if (current !== undefined) changeStage(store, current.version, 'Archived', change.at, null);
  changeStage(store, target.version, 'Production', change.at, replaced);
  recordEvent(store, {
    ...change,
    before: { production: current?.version ?? null },
    after: { production: target.version },
  });
}
