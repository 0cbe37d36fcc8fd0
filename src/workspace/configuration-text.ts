import { alertDefaults } from './alerts.ts';
import {
  contactDefaults,
  lookback as defaultLookback,
  diskDefaults,
  driftDefaults,
  estimators,
  externalTrainerDefaults,
  healDefaults,
  hostDefaults,
  minimumSample,
  performanceDefaults,
  retentionDefaults,
  runbookDefaults,
  scheduleDefaults,
  serviceDefaults,
  trainerDefaults,
  volumeDefaults,
} from './defaults.ts';
import { escalationDefaults } from './escalation.ts';
import { serveDefaults } from './serve.ts';

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
  # For the model card: what it decides and for whom, and what it must not be used for.
  # purpose: Orders the applications that a clerk looks at first.
  # not_for: [deciding without a person, applicants under 18]

store:
  path: .mlops/store.db

${watchingText(lookback)}
${learningText()}
${operatingText()}
${alertingText()}`;
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
    # In place of the reference the window before (previous), or that of the same weekday (week_before).
    # against: previous
    # Shares of drifted features above which the verdict is WARNING, CRITICAL.
    warning_share: ${driftDefaults.warningShare}
    critical_share: ${driftDefaults.criticalShare}
    # Chance that a report in which nothing moved names a feature nevertheless.
    false_alarms: ${driftDefaults.falseAlarms}
    # Tests in place of ours, for all features or for one (mlops help drift-tests), their thresholds, and whose rules decide.
    # numerical: robust_wasserstein
    # categorical: jensenshannon
    # tests: { age: ks }
    # thresholds: { age: 0.01 }
    # convention: mlops
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
  # trees (boosted), forest (random) or logistic (regression).
  estimator: ${estimators[0]}
  seed: ${trainerDefaults.seed}
  # Share of the rows, the earliest, that a model learns from; the later ones measure it.
  train_share: ${trainerDefaults.trainShare}
  learning_rate: ${trainerDefaults.learningRate}
  trees: ${trainerDefaults.trees}
  leaves: ${trainerDefaults.leaves}
  l2: ${trainerDefaults.l2}
  minimum_rows_per_leaf: ${trainerDefaults.minimumRowsPerLeaf}
  early_stopping_rounds: ${trainerDefaults.earlyStoppingRounds}
  # Features whose numbers are names: split into sets of values, not by size.
  # categories: [region, product]
  # Features that may only raise, or only lower, the probability.
  # monotone: { utilization: increasing, income: decreasing }
  # How much heavier a row of outcome 1 weighs: a number, or balanced. Probabilities shift with it.
  # positive_weight: balanced
  # none, sigmoid, isotonic, or auto: what lowers the log loss. The first half of the later rows is set apart for it.
  calibrate: ${trainerDefaults.calibrate}
  # By which rule the threshold is chosen: f1, a number, or one of these.
  # threshold: { cost: { false_positive: 1, false_negative: 5 } }
  # threshold: { minimum_precision: 0.3 }   (or minimum_recall, or approval_rate)
  # Features that the model does not see; features that may tell the outcome by themselves (ROC AUC above .99), else refused.
  # leave_out: [customer_number]
  # allow_leaks: [score_of_bureau]
  # Weighs the training rows by how like they are the predictions of monitoring.lookback.
  # importance_weights: true
  # A program of yours that trains in place of ours (mlops runbook show trainers), what it is told, and its limits.
  # command: python3 trainers/lightgbm_trainer.py
  # options: { leaves: 31 }
  # limits: { time: ${externalTrainerDefaults.time}, memory_gigabytes: ${externalTrainerDefaults.memoryGigabytes}, output_megabytes: ${externalTrainerDefaults.outputMegabytes} }
  # Further: depth, l1, minimum_gain, minimum_hessian_per_leaf, row_share, feature_share, bins, bins_of (mlops train --help).

gate:
  # production (200 labelled rows, 30 %, 7 days, F1 +2 %, Brier +0.01, segments 5 %),
  # conservative (500, 50 %, 14 days, +5 %, +0.005, 5 %) or aggressive (100, 10 %, 1 day, +1 %, +0.05, no segments).
  preset: production
  # Single criteria, for instance: { minimum_f1_improvement: 0.03, maximum_brier_degradation: 0.005 }
  overrides: {}
  # Segments that are looked at: by default every feature, numbers in quarters, and the worst slice of the rows that is found.
  # segments: { columns: [age, region], bins: 5, bins_of: { age: 10 }, found: true }
  # What one wrong decision costs, in any unit; then the expected cost of 1,000 decisions must not rise.
  # costs: { false_positive: 1, false_negative: 5 }
  # Columns whose groups are compared; limit their differences by maximum_demographic_parity_difference
  # and maximum_equal_opportunity_difference under overrides.
  # protected: [age]
  # Criteria of your own: a command that reads the rows from the file $1 and ends by printing {"passed": true, "observed": 0.1}.
  # commands: [{ name: stability, command: ./check-stability.py "$1", time_limit: 60s }]

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
  const { monitor, heal, alerts, backup } = scheduleDefaults;
  return `# When mlops schedule has things done: never, hourly at :15, daily 06:00, friday 18:00. Where monitor is named here, health
# warns of a run that was missed. The defaults:
#  { monitor: ${monitor}, heal: ${heal}, alerts: ${alerts}, backup: ${backup} }
schedule: {}

serve:
  # Where mlops serve listens; an address that others reach needs keys (mlops serve key NAME).
  host: ${serveDefaults.host}
  port: ${serveDefaults.port}
  # commit: answered once the prediction is in the store; async: before, with at most buffer_rows on their way.
  durability: ${serveDefaults.durability}
  # Where the store cannot be written: refuse (503, the client tries again) or spill (kept in a file, brought in later).
  on_store_failure: ${serveDefaults.onStoreFailure}
  # A value outside of the schema's limits: reject, flag (predicted and named in the answer) or clamp.
  out_of_range: ${serveDefaults.outOfRange}
  # Most rows in one request.
  batch_rows: ${serveDefaults.batchRows}
  # Further: buffer_rows, store_wait, queue_rows, body_megabytes, request_limit, drain_limit, keys (mlops serve --help).

# Services that health asks; the key says how: url, tcp, command, process or container. For instance:
#  - name: API
#    url: http://localhost:8000/health
#    expect_body: '"status":"ok"'                # a text, or /a regular expression/
#    warning_ms: ${serviceDefaults.warningMs}
#    critical_ms: ${serviceDefaults.criticalMs}
#    timeout_ms: ${serviceDefaults.timeoutMs}
#    contact: api_down
#    restart: docker-compose restart api
#    logs: docker-compose logs api               # or a file's path, or journald:UNIT
#    listener: uvicorn                           # process that should hold the port: its name or pidfile
#  - { name: MLflow, tcp: 'localhost:5000', contact: infrastructure }
#  - { name: certificates, command: check_http -H localhost --ssl -C 14 }
#  - { name: monitoring, process: /run/monitoring.pid, memory_warning_megabytes: 2000 }
#  - { name: trainer, container: trainer, engine: compose }
services: []

# Whom to call, for what, and how soon they answer.
contacts:
${contacts.join('\n')}

disk:
  # Share of the disk in use.
  warning: ${diskDefaults.warning}
  critical: ${diskDefaults.critical}
  # Further folders whose disk is looked at.
  # folders: [mlflow, models]

host:
  # Load of the last five minutes by core; without limits it is shown only.
  # load_warning: 1.5
  # load_critical: 4
  # Share of the machine's memory in use.
  memory_warning: ${hostDefaults.memoryWarning}
  memory_critical: ${hostDefaults.memoryCritical}

retention:
  # Artifacts larger than this together are worth a clean-up.
  artifacts_gigabytes: ${retentionDefaults.artifactsGigabytes}
  # What mlops clean takes of each kind: older than this, the newest so many excepted.
  older_than: ${retentionDefaults.olderThan}
  keep: ${retentionDefaults.keep}

runbook:
  # How long one command of a procedure may take, where its page says nothing else.
  step_limit: ${runbookDefaults.stepLimit}
`;
}

function alertingText(): string {
  const { calendar } = escalationDefaults;
  return `alerts:
  # An alert that stays open and that nobody acknowledged is told again after this.
  repeat: ${alertDefaults.repeat}
  # Rules and their limits: mlops alerts rules. Limits are those above; each rule can be changed, for instance:
  # rules:
  #   drift: { critical: 0.6, hysteresis: 0.1, repeat: 24h }
  #   api_latency: { for: 3, window: 30m, channels: [chat] }
  #   export_age: { enabled: false }
  # Where alerts go; try one with: mlops alerts test NAME. A secret stands in an environment variable or a file, never here.
  # channels:
  #   - name: mail
  #     kind: smtp
  #     host: mail.example.org
  #     security: starttls                        # or tls, or none
  #     user: mlops
  #     password_env: MLOPS_MAIL_PASSWORD         # or password_file
  #     from: mlops@example.org
  #     to: [team@example.org]
  #   - { name: chat, kind: webhook, url_env: SLACK_WEBHOOK_URL }
  #   - name: pager
  #     kind: pagerduty
  #     url: https://events.pagerduty.com/v2/enqueue
  #     routing_key_file: /etc/mlops/pagerduty.key
  #     minimum_severity: CRITICAL
  #   - { name: alertmanager, kind: alertmanager, url: 'http://localhost:9093' }
  #   - { name: metrics, kind: textfile, path: /var/lib/node_exporter/mlops.prom }
  #   - { name: script, kind: command, command: ./notify.sh }
  # In quiet hours only what is CRITICAL is sent; the rest waits for their end.
  # quiet_hours: { from: "22:00", until: "07:00", zone: Europe/Vienna }
  delivery:
    # What could not be sent is tried again after a time that doubles.
    first_retry: ${alertDefaults.firstRetry}
    longest_retry: ${alertDefaults.longestRetry}

escalation:
  # What a business day is, for "Next business day".
  calendar:
    zone: ${calendar.zone}
    workdays: [${calendar.workdays.join(', ')}]
    end: "${calendar.end}"
    holidays: []
  # Who has it, a week each from a day on, and whom it goes to when nobody acknowledges in time. For instance:
  # api_down:
  #   channels: [pager]
  #   rota: { start: 2026-01-05, people: [{ name: Ada, mail: ada@example.org }, { name: Grace }] }
  #   next: infrastructure
`;
}
