import { toIso } from '../../platform/clock.ts';
import type { StoredAnswer } from '../../store/index.ts';
import type { Flag } from './row-reader.ts';

/** A prediction as clients are told of it. */
export function told({ predicted_at, ...answer }: StoredAnswer, flags: readonly Flag[] = []) {
  return { ...answer, timestamp: toIso(predicted_at), ...(flags.length > 0 && { flags }) };
}
