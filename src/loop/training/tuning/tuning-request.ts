import { oneSignal, type SearchSignals, searchSignals } from './search-signals.ts';
import type { TuningPlan } from './tune.ts';

/** What a person asks of a search for parameters. */
export type TuningRequest = Pick<TuningPlan, 'trials' | 'time' | 'keepBest' | 'tell'>;

export function signalsFor(request: TuningRequest | undefined, interruption: AbortSignal): SearchSignals {
  return request?.keepBest === true ? searchSignals(interruption) : oneSignal(interruption);
}
