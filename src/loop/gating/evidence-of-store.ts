import type { GateJudgement } from '../../data/results/gate.ts';
import { dayMs, weekMs } from '../../platform/durations.ts';
import type { ModelVersion } from '../../registry/index.ts';
import { countedChallengers, labelsBetween, type Store } from '../../store/index.ts';

/** How many other challengers a champion was compared with before this one; their decisions are the record. */
export function earlierChallengers(
  store: Store,
  champion: ModelVersion,
  challenger: ModelVersion,
  now: number,
): number {
  const counted = countedChallengers(store, champion.version, now);
  const place = counted.indexOf(challenger.version);
  return place < 0 ? counted.length : place;
}

/**
 * When the labelled rows still needed are there at the rate of the week before `now`, epoch milliseconds; null where none are
 * needed, where no number of them would do, and where no label came.
 */
export function evidenceExpectedAt(
  store: Store,
  evidence: GateJudgement['evidence'],
  now: number,
): number | null {
  const needed = evidence?.rows_needed ?? 0;
  if (needed === 0) return null;
  const aDay = (labelsBetween(store, now - weekMs, now) * dayMs) / weekMs;
  return aDay === 0 ? null : now + Math.ceil(needed / aDay) * dayMs;
}
