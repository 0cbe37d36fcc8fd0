import { createHash } from 'node:crypto';
import { type AlertsConfiguration, durationMs } from '../../workspace/index.ts';

/**
 * Milliseconds until the next attempt: doubled at each, up to the longest, and spread over the upper half of that so that many
 * messages do not come back at once. The spread is a function of seed, key and attempt, so that it can be told beforehand.
 * @param attempts made so far, from 1
 * @param askedMs what the receiver asked for; it is never undercut
 */
export function retryDelay(
  { first_retry, longest_retry, seed }: AlertsConfiguration['delivery'],
  key: string,
  attempts: number,
  askedMs = 0,
): number {
  const grown = durationMs(first_retry) * 2 ** Math.min(attempts - 1, 40);
  const delay = Math.min(grown, durationMs(longest_retry));
  return Math.max(askedMs, Math.round(delay * (0.5 + 0.5 * fraction(`${seed} ${key} ${attempts}`))));
}

/** A number from 0 to 1 out of a text, evenly spread. */
function fraction(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}
