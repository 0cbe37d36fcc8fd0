/** Shares of drifted features above which the runbook speaks of WARNING and of CRITICAL. */
export const driftDefaults = { warningShare: 0.3, criticalShare: 0.5 } as const;

/** Share of the rows, the earliest, that a model learns from; the seed where none is given. */
export const trainerDefaults = { trainShare: 0.7, seed: 42 } as const;

/** Fewest rows in a window for a verdict. */
export const minimumSample = 200;
