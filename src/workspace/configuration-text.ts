import {
  contactDefaults,
  lookback as defaultLookback,
  diskDefaults,
  driftDefaults,
  healDefaults,
  minimumSample,
  performanceDefaults,
  retentionDefaults,
  runbookDefaults,
  serviceDefaults,
  trainerDefaults,
  volumeDefaults,
} from './defaults.ts';

export interface ConfigurationChoices {
  readonly model: string;
  /** Relative to the workspace, or absolute. */
  readonly schemaPath: string;
  /** Column with the true outcome, 0 or 1. */
  readonly target?: string;
  /** Window that a monitoring run looks back over, such as `7d`; by default the runbook's. */
  readonly lookback?: string;
}

/** The text of a new mlops.yaml: every key with its default and what it means. */
export function configurationText({
  model,
  schemaPath,
  target,
  lookback = defaultLookback,
}: ConfigurationChoices): string {
  return `# One workspace is one model. Every number is the operations runbook's; change it here.
# An unknown key or a bad value is an error that names its line.
model:
  name: ${JSON.stringify(model)}
  # Table Schema of the features, relative to this file. Draft one with: mlops schema infer FILE
  schema: ${JSON.stringify(schemaPath)}
  # Column of the training data with the true outcome, 0 or 1.
  ${target === undefined ? '# target: defaulted' : `target: ${JSON.stringify(target)}`}

store:
  path: .mlops/store.db

${watchingText(lookback)}
${learningText()}
${operatingText()}`;
}

function watchingText(lookback: string): string {
  return `monitoring:
  # Window that a monitoring run looks back over.
  lookback: ${lookback}
  # Fewer rows than this in the window give UNKNOWN.
  minimum_sample: ${minimumSample}
  # Rows that the window is compared with; without it, the training data of the Production version.
  # reference: reference.csv
  drift:
    # Shares of drifted features above which the verdict is WARNING, CRITICAL.
    warning_share: ${driftDefaults.warningShare}
    critical_share: ${driftDefaults.criticalShare}
  volume:
    # Predictions a day in normal times.
    expected_per_day: [${volumeDefaults.expectedPerDay.join(', ')}]
    # Fewer in an hour: WARNING, CRITICAL. More than unusual_per_hour: WARNING.
    warning_per_hour: ${volumeDefaults.warningPerHour}
    critical_per_hour: ${volumeDefaults.criticalPerHour}
    unusual_per_hour: ${volumeDefaults.unusualPerHour}

performance:
  # Labelled predictions of this long are measured.
  lookback: ${performanceDefaults.lookback}
  brier_maximum: ${performanceDefaults.brierMaximum}
  # F1 lost against the baseline, as a share of it.
  f1_warning_drop: ${performanceDefaults.f1WarningDrop}
  f1_critical_drop: ${performanceDefaults.f1CriticalDrop}
`;
}

function learningText(): string {
  return `trainer:
  seed: ${trainerDefaults.seed}
  # Share of the rows, the earliest, that a model learns from; the later ones measure it.
  train_share: ${trainerDefaults.trainShare}
  learning_rate: ${trainerDefaults.learningRate}
  trees: ${trainerDefaults.trees}
  leaves: ${trainerDefaults.leaves}
  l2: ${trainerDefaults.l2}
  minimum_rows_per_leaf: ${trainerDefaults.minimumRowsPerLeaf}
  early_stopping_rounds: ${trainerDefaults.earlyStoppingRounds}

gate:
  # production (200 labelled rows, 30 %, 7 days, F1 +2 %, Brier +0.01, segments 5 %),
  # conservative (500, 50 %, 14 days, +5 %, +0.005, 5 %) or aggressive (100, 10 %, 1 day, +1 %, +0.05, no segments).
  preset: production
  # Single criteria, for instance: { minimum_f1_improvement: 0.03, maximum_brier_degradation: 0.005 }
  overrides: {}

heal:
  # observe (look only), suggest (prepare, leave the last step to you) or act.
  mode: ${healDefaults.mode}
  minimum_labelled_rows: ${healDefaults.minimumLabelledRows}
  # Age of the Production version at which retraining is considered.
  retrain_after: ${healDefaults.retrainAfter}
`;
}

function operatingText(): string {
  const contacts = Object.entries(contactDefaults).map(
    ([key, each]) =>
      `  ${key}: { issue: ${each.issue}, contact: ${each.contact}, response: ${each.response} }`,
  );
  return `# Services that health asks. For instance:
#  - name: API
#    url: http://localhost:8000/health
#    warning_ms: ${serviceDefaults.warningMs}
#    critical_ms: ${serviceDefaults.criticalMs}
#    timeout_ms: ${serviceDefaults.timeoutMs}
#    contact: api_down
#    restart: docker-compose restart api
#    logs: docker-compose logs api
services: []

# Whom to call, for what, and how soon they answer.
contacts:
${contacts.join('\n')}

disk:
  # Share of the disk in use.
  warning: ${diskDefaults.warning}
  critical: ${diskDefaults.critical}

retention:
  # Artifacts larger than this together are worth a clean-up.
  artifacts_gigabytes: ${retentionDefaults.artifactsGigabytes}

runbook:
  # How long one command of a procedure may take, where its page says nothing else.
  step_limit: ${runbookDefaults.stepLimit}
`;
}
