import { toIso } from '../../platform/clock.ts';
import type { StoredAnswer } from '../../store/index.ts';
import type { Flag } from './row-reader.ts';

/** A prediction as clients are told of it. */
export interface ToldPrediction extends Omit<StoredAnswer, 'predicted_at'> {
  /** ISO 8601. */
  readonly timestamp: string;
  readonly flags?: readonly Flag[];
}

export function told({ predicted_at, ...answer }: StoredAnswer, flags: readonly Flag[] = []): ToldPrediction {
  return { ...answer, timestamp: lastIso(predicted_at), ...(flags.length > 0 && { flags }) };
}

const last = { at: Number.NaN, text: '' };

/** The rows of a batch have one time, and so have those of a millisecond. */
function lastIso(at: number): string {
  if (at !== last.at) {
    last.text = toIso(at);
    last.at = at;
  }
  return last.text;
}
