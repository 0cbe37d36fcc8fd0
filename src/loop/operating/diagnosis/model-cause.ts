import type { Cause } from '../../../data/results/diagnosis.ts';
import { checkVersion } from '../../../health/golden-rows.ts';
import { MlopsError, messageWithCause, NoInputError } from '../../../platform/errors.ts';
import { findProduction, listVersions, type ModelVersion } from '../../../registry/index.ts';
import { openForReading } from '../../../store/index.ts';
import type { DiagnosisSubject } from './subject.ts';

/**
 * The model that the service should serve: none in Production, its artifact gone or damaged, the store unreadable. Asked only of
 * services whose contact is `api_down`, which are those that serve it.
 */
export async function modelCause({ workspace, service }: DiagnosisSubject): Promise<Cause | undefined> {
  if (service.contact !== 'api_down') return undefined;
  const registry = readRegistry(workspace.paths.store);
  if (registry.kind === 'failed') return unreadable(registry.error);
  const { production, versions } = registry;
  const newest = versions.at(-1);
  if (newest === undefined) return undefined;
  if (production === undefined) {
    return {
      cause: 'model_missing',
      summary: 'no model version is in Production: there is nothing to predict with',
      evidence: versions.slice(-shownVersions).map((each) => `version ${each.version} is in ${each.stage}`),
      remedy: ['mlops models', `mlops promote ${newest.version}`],
    };
  }
  try {
    await checkVersion(production, workspace.paths.artifacts);
    return undefined;
  } catch (error) {
    if (error instanceof MlopsError) return damaged(production, error);
    throw error;
  }
}

/**
 * No model was ever registered: it may be why a service that should serve it is not well, when nothing else explains that; the
 * service may have a model from elsewhere.
 */
export function unregisteredCause({ workspace, service, finding }: DiagnosisSubject): Cause | undefined {
  if (service.contact !== 'api_down' || finding.status === 'OK') return undefined;
  const registry = readRegistry(workspace.paths.store);
  const known = registry.kind === 'read' ? registry.versions.length : 0;
  if (known > 0 || (registry.kind === 'failed' && !(registry.error instanceof NoInputError)))
    return undefined;
  return {
    cause: 'model_missing',
    summary: 'no model was ever registered in this workspace',
    evidence: ['the store holds no model version'],
    remedy: ['if it should serve one from here: mlops model register FILE.onnx', 'mlops promote 1'],
  };
}

const shownVersions = 5;

type Registry =
  | {
      readonly kind: 'read';
      readonly production: ModelVersion | undefined;
      readonly versions: readonly ModelVersion[];
    }
  | { readonly kind: 'failed'; readonly error: MlopsError };

function readRegistry(path: string): Registry {
  try {
    using store = openForReading(path);
    return store.read(() => ({
      kind: 'read',
      production: findProduction(store),
      versions: listVersions(store),
    }));
  } catch (error) {
    if (error instanceof MlopsError) return { kind: 'failed', error };
    throw error;
  }
}

/** A store that is not there yet is no damage. */
function unreadable(error: MlopsError): Cause | undefined {
  if (error instanceof NoInputError) return undefined;
  return {
    cause: 'store_damaged',
    summary: 'the store cannot be read, so no model can be loaded from it',
    evidence: [messageWithCause(error)],
    remedy: ['mlops verify', ...(error.remedy === undefined ? [] : [error.remedy])],
  };
}

function damaged({ version }: ModelVersion, error: MlopsError): Cause {
  const gone = error instanceof NoInputError;
  return {
    cause: gone ? 'model_missing' : 'artifact_damaged',
    summary: gone
      ? `the artifact of version ${version}, which is in Production, is missing`
      : `the artifact of version ${version}, which is in Production, is not what was registered`,
    evidence: [messageWithCause(error)],
    remedy: ['restore that file from a backup', 'or return to the version before: mlops rollback'],
  };
}
