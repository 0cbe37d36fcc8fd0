import { MlopsError, messageWithCause } from '../platform/errors.ts';
import { listVersions, type ModelVersion } from '../registry/index.ts';
import { type Check, type Finding, unmeasured } from './check.ts';
import { checkVersion } from './golden-rows.ts';
import { counted, lengthInWords } from './in-words.ts';

/**
 * A version is in Production, its artifact has the hash it was stored under, and it answers its golden rows as at
 * registration. Without any version the workspace is new: UNKNOWN. With versions and none in Production nothing can be
 * predicted: CRITICAL.
 */
export const checkModel: Check = {
  name: 'model',
  contact: 'api_down',
  needs: 'store',
  examine: async ({ workspace, store, now, production }) => {
    const version = production();
    if (version === undefined)
      return noProduction(store.read(() => listVersions(store)).filter((each) => each.createdAt <= now));
    try {
      const rows = await checkVersion(version, workspace.paths.artifacts);
      return {
        status: 'OK',
        summary: `version ${version.version}, ${lengthInWords(Math.max(0, now - version.createdAt))} old; its hash and ${counted(rows, 'golden row')} hold`,
        observed: rows,
        threshold: null,
        unit: 'rows',
        remedy: null,
      };
    } catch (error) {
      if (!(error instanceof MlopsError)) throw error;
      return {
        ...unmeasured,
        status: 'CRITICAL',
        summary: messageWithCause(error),
        remedy: `restore the file from a backup, or return to the version before: mlops rollback`,
      };
    }
  },
};

function noProduction(versions: readonly ModelVersion[]): Finding {
  const newest = versions.at(-1);
  if (newest === undefined) {
    return {
      ...unmeasured,
      status: 'UNKNOWN',
      summary: 'no model is registered yet',
      remedy: 'register one: mlops model register FILE.onnx, or train one: mlops train --data FILE',
    };
  }
  return {
    ...unmeasured,
    status: 'CRITICAL',
    summary: `${counted(versions.length, 'version')} registered and none in Production: nothing can be predicted`,
    remedy: `look at mlops models, then: mlops promote ${newest.version}`,
  };
}
