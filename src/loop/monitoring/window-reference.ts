import type { Against } from '../../drift/index.ts';
import { toIso } from '../../platform/clock.ts';
import { UsageError } from '../../platform/errors.ts';
import type { ModelVersion } from '../../registry/index.ts';
import { readWindow, type Store } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { type MissingReference, type ReferenceData, referenceData } from './reference-data.ts';

const weekMs = 7 * 86_400_000;

export interface WindowToJudge {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly until: number;
  readonly against: Against;
}

/**
 * What the predictions of a window are compared with: the reference, those of as long a time just before, or those of the same time a
 * week before. Of earlier predictions there may be too few, or none, for a verdict.
 * @throws UsageError when the window overlaps with that of a week before
 */
export async function windowReference(
  workspace: Workspace,
  store: Store,
  production: ModelVersion | undefined,
  { from, until, against }: WindowToJudge,
): Promise<ReferenceData | MissingReference> {
  if (against === 'reference') return referenceData(workspace, production);
  const length = until - from;
  const back = against === 'previous' ? length : weekMs;
  if (back < length) {
    throw new UsageError('the window overlaps with that of a week before', {
      why: 'it is longer than a week',
      remedy: 'look back 7d at most, or compare with the window before: --against previous',
    });
  }
  // A prediction of the very moment at which one window ends and the next begins is in the later one alone.
  const earlier = readWindow(store, { from: from - back, until: until - back - 1 });
  const which = against === 'previous' ? 'the window before' : 'the window a week before';
  return {
    kind: 'found',
    name: `${which}, ${toIso(from - back)} to ${toIso(until - back)}`,
    table: earlier.features,
    earlier,
  };
}
