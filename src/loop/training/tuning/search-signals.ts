/** Runs the search under a signal of its own. */
export type RunSearch = <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T>;

export interface SearchSignals {
  /** For everything but the search. */
  readonly signal: AbortSignal;
  readonly runSearch: RunSearch;
}

/** An interruption ends everything, in the middle of a search too. */
export function oneSignal(signal: AbortSignal): SearchSignals {
  return { signal, runSearch: (work) => work(signal) };
}

/** An interruption while the search goes on ends the search only; before and after it ends everything. */
export function searchSignals(signal: AbortSignal): SearchSignals {
  const everything = new AbortController();
  const search = new AbortController();
  let interrupted = everything;
  const pass = () => interrupted.abort(signal.reason);
  if (signal.aborted) pass();
  signal.addEventListener('abort', pass, { once: true });
  return {
    signal: everything.signal,
    runSearch: async (work) => {
      interrupted = search;
      try {
        return await work(search.signal);
      } finally {
        interrupted = everything;
      }
    },
  };
}
