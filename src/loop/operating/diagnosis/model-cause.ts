import type { Cause } from '../../../data/results/diagnosis.ts';
import { checkVersion } from '../../../health/golden-rows.ts';
import { MlopsError, messageWithCause, NoInputError } from '../../../platform/errors.ts';
import { findProduction, listVersions, type ModelVersion } from '../../../registry/index.ts';
import { openForReading } from '../../../store/index.ts';
import type { DiagnosisSubject } from './subject.ts';

/**
 * The model that the service should serve: none in Production, its artifact gone or damaged, the store unreadable. Asked only of
 * services whose contact is `api_down`, which are those that serve it. A workspace without any version says nothing about a
 * service that is well.
 */
export async function modelCause({
  workspace,
  service,
  finding,
}: DiagnosisSubject): Promise<Cause | undefined> {
  if (service.contact !== 'api_down') return undefined;
  const registry = readRegistry(workspace.paths.store);
  if (registry.kind === 'failed') return unreadable(registry.error, finding.status === 'OK');
  const { production, versions } = registry;
  if (production === undefined) {
    return versions.length === 0 && finding.status === 'OK' ? undefined : noProduction(versions);
  }
  try {
    await checkVersion(production, workspace.paths.artifacts);
    return undefined;
  } catch (error) {
    if (error instanceof MlopsError) return damaged(production, error);
    throw error;
  }
}

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

function unreadable(error: MlopsError, serviceIsWell: boolean): Cause | undefined {
  if (!(error instanceof NoInputError)) {
    return {
      cause: 'store_damaged',
      summary: 'the store cannot be read, so no model can be loaded from it',
      evidence: [messageWithCause(error)],
      remedy: ['mlops verify', ...(error.remedy === undefined ? [] : [error.remedy])],
    };
  }
  return serviceIsWell ? undefined : noProduction([]);
}

function noProduction(versions: readonly ModelVersion[]): Cause {
  const newest = versions.at(-1);
  return {
    cause: 'model_missing',
    summary: 'no model version is in Production: there is nothing to predict with',
    evidence:
      newest === undefined
        ? ['no model is registered in the store']
        : versions.slice(-5).map((each) => `version ${each.version} is in ${each.stage}`),
    remedy:
      newest === undefined
        ? ['mlops model register FILE.onnx', 'mlops promote 1']
        : ['mlops models', `mlops promote ${newest.version}`],
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
