/**
 * Shares of drifted features above which the runbook speaks of WARNING and of CRITICAL; chance that a report in which nothing
 * moved names a feature nevertheless.
 */
export const driftDefaults = { warningShare: 0.3, criticalShare: 0.5, falseAlarms: 0.05 } as const;

/** Share of the rows, the earliest, that a model learns from; the seed where none is given. */
export const trainerDefaults = {
  trainShare: 0.7,
  seed: 42,
  learningRate: 0.05,
  trees: 400,
  leaves: 12,
  l2: 5,
  minimumRowsPerLeaf: 20,
  earlyStoppingRounds: 40,
  calibrate: 'none',
} as const;

/** Limits of a program that trains in place of ours. */
export const externalTrainerDefaults = { time: '30m', memoryGigabytes: 8, outputMegabytes: 500 } as const;

/** What a model can be; the first where none is named. */
export const estimators = ['trees', 'forest', 'logistic'] as const;

/** How probabilities can be calibrated. */
export const calibrations = ['none', 'sigmoid', 'isotonic', 'auto'] as const;

/** Fewest rows in a window for a verdict. */
export const minimumSample = 200;

/** How far back a monitoring run looks. */
export const lookback = '24h';

/** Predictions a day that are normal; a hour below or above the others is an alert. */
export const volumeDefaults = {
  expectedPerDay: [100, 1000],
  warningPerHour: 50,
  criticalPerHour: 10,
  unusualPerHour: 10_000,
} as const;

/**
 * How far back labelled predictions are measured; Brier score that a model may have at most; F1 lost against the baseline,
 * relative, for WARNING and CRITICAL.
 */
export const performanceDefaults = {
  lookback: '30d',
  brierMaximum: 0.2,
  f1WarningDrop: 0.05,
  f1CriticalDrop: 0.1,
} as const;

/**
 * Milliseconds after which an answer is slow (WARNING), too slow (CRITICAL), and no longer waited for; and within which a
 * restarted service is healthy again.
 */
export const serviceDefaults = {
  warningMs: 500,
  criticalMs: 2000,
  timeoutMs: 5000,
  restartTimeoutMs: 60_000,
} as const;

/** Share of the machine's memory in use: the runbook names none, so that of the disk. */
export const hostDefaults = { memoryWarning: 0.8, memoryCritical: 0.95 } as const;

/** Share of the disk in use. */
export const diskDefaults = { warning: 0.8, critical: 0.95 } as const;

/** Gigabytes of artifacts after which the runbook cleans up; what a clean-up takes: older than this, the newest few excepted. */
export const retentionDefaults = { artifactsGigabytes: 10, olderThan: '90d', keep: 10 } as const;

export const healDefaults = { mode: 'suggest', minimumLabelledRows: 200, retrainAfter: '30d' } as const;

/** Whom to call, for what, and how soon they answer. */
export const contactDefaults = {
  api_down: { issue: 'Production API Down', contact: 'On-call engineer', response: 'Immediate' },
  high_drift: { issue: 'High Drift Alert', contact: 'Data Science Lead', response: '4 hours' },
  model_performance: {
    issue: 'Model Performance',
    contact: 'ML Engineer',
    response: 'Next business day',
  },
  infrastructure: { issue: 'Infrastructure', contact: 'DevOps Team', response: '2 hours' },
} as const;

/** When `mlops schedule` has things done. */
export const scheduleDefaults = {
  monitor: 'daily 06:00',
  heal: 'monday 07:00',
  alerts: 'hourly',
  backup: 'friday 18:00',
} as const;

/** How long one command of a procedure may take, where its page says nothing else. */
export const runbookDefaults = { stepLimit: '10m' } as const;

/** Parts that the gate cuts a numerical feature into: quarters. */
export const segmentBins = 4;

/** How long a criterion of the user's own may take. */
export const gateCommandLimit = '60s';
