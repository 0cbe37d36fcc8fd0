import { toIso } from '../../platform/clock.ts';
import { UnavailableError } from '../../platform/errors.ts';
import { findChallenger, type ModelVersion, requireVersion } from '../../registry/index.ts';
import type { Store } from '../../store/index.ts';

/**
 * The version that is named, or the newest in Staging.
 * @throws UnavailableError where there is none, or it is the champion itself; NoInputError when there is no such version
 */
export function chooseChallenger(
  store: Store,
  named: string | undefined,
  champion: ModelVersion | undefined,
  now: number,
): ModelVersion {
  const challenger = named === undefined ? findChallenger(store, now) : requireVersion(store, named);
  if (challenger === undefined) {
    throw new UnavailableError('there is no challenger', {
      why: 'no version in Staging came after the one in Production',
      remedy: 'train one: mlops train --from-store, or name a version with --challenger V',
    });
  }
  if (challenger.createdAt > now) {
    throw new UnavailableError(`there was no version ${challenger.version} at ${toIso(now)}`, {
      why: `it was made at ${toIso(challenger.createdAt)}`,
      remedy: 'name another with --challenger V, or leave out --as-of',
    });
  }
  if (challenger.version !== champion?.version) return challenger;
  throw new UnavailableError(`version ${challenger.version} is the champion itself`, {
    why: 'a challenger is compared with the version in Production',
    remedy: 'name another with --challenger V; mlops models lists them',
  });
}
