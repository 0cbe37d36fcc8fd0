import { DataError, UnavailableError } from '../../platform/errors.ts';
import { findProductionAt, readArtifact } from '../../registry/index.ts';
import { readTreeEnsemble } from '../../scoring/index.ts';
import type { Store } from '../../store/index.ts';
import { type BoostedTrees, treesToContinue } from '../../training/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** A version that a training grows on from. */
export interface ContinuedVersion {
  readonly version: string;
  readonly sha256: string;
  readonly model: BoostedTrees;
}

/**
 * The trees of the version in Production at `now`, read back from its ONNX file.
 * @throws UnavailableError when there is none; DataError when its model is none that boosting can go on from
 */
export function continuedVersion(workspace: Workspace, store: Store, now: number): ContinuedVersion {
  const production = findProductionAt(store, now);
  if (production === undefined) {
    throw new UnavailableError('there is no version in Production to continue', {
      remedy: 'train without --continue, then promote the version: mlops promote 1',
    });
  }
  const { version, sha256, features } = production;
  const ensemble = readTreeEnsemble(readArtifact(workspace.paths.artifacts, sha256, 'onnx'));
  const model = ensemble && treesToContinue(ensemble, features);
  if (model !== undefined) return { version: String(version), sha256, model };
  throw new DataError(`version ${version} cannot be continued`, {
    why: 'only boosted trees can, whose leaves add up to log odds; it is another model, or its calibration is isotonic',
    remedy: 'train without --continue',
  });
}
