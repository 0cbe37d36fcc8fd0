/** Shares of drifted features above which the runbook speaks of WARNING and of CRITICAL. */
export const driftDefaults = { warningShare: 0.3, criticalShare: 0.5 } as const;
