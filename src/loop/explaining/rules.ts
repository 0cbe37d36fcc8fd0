import type { Explanation } from '../../data/results/explain.ts';
import { driftTests } from '../../drift/tests/index.ts';
import type { Configuration } from '../../workspace/index.ts';
import { configuredCriteria } from '../gating/configured-criteria.ts';

export interface Rule {
  readonly name: string;
  readonly kind: Explanation['kind'];
  readonly page: string;
  readonly text: (config: Configuration) => string;
}

const share = (value: number) => `${Number((value * 100).toFixed(4))} %`;

const check = (name: string, page: string, text: Rule['text']): Rule => ({ name, kind: 'check', page, text });
const asked = ({ gate, performance }: Configuration) => configuredCriteria(gate, performance);
const criterion = (name: string, text: Rule['text']): Rule => ({
  name,
  kind: 'criterion',
  page: 'evaluation_gates',
  text,
});
const groupsAlike = (what: string, limit: number | null) =>
  limit === null
    ? `The ${what} is not compared between groups.`
    : `No difference of more than ${limit} in the ${what} is established between two groups of a protected column (gate.protected).`;
const monitoring = (name: string, page: string, text: Rule['text']): Rule => ({
  name,
  kind: 'monitoring',
  page,
  text,
});

const checks: readonly Rule[] = [
  check('store', 'store-damaged', () => 'The store opens, and a quick look at its pages finds no damage.'),
  check(
    'audit',
    'store-damaged',
    () => 'Each of the newest audit rows carries the hash of the row before it.',
  ),
  check(
    'model',
    'api-down',
    () =>
      'A version is in Production, its artifact is the one registered, and its golden rows are answered as they were then.',
  ),
  check(
    'monitoring',
    'daily',
    ({ schedule, monitoring: { lookback } }) =>
      `Monitoring ran within twice ${schedule.monitor === undefined ? `its lookback (monitoring.lookback, ${lookback})` : `the time between two runs (schedule.monitor, ${schedule.monitor})`}, and what its last run said stands until the next.`,
  ),
  check(
    'predictions',
    'api-down',
    ({ monitoring: { lookback } }) =>
      `The newest prediction lies within monitoring.lookback, ${lookback}; else the next monitoring run has nothing to look at.`,
  ),
  check(
    'volume',
    'daily',
    ({ monitoring: { volume } }) =>
      `${volume.expected_per_day.join(' to ')} predictions a day; in an hour fewer than ${volume.warning_per_hour} are WARNING, fewer than ${volume.critical_per_hour} CRITICAL, more than ${volume.unusual_per_hour} WARNING, set against what that hour normally brings.`,
  ),
  check(
    'label_coverage',
    'add-labels',
    (config) =>
      `Of the predictions of 30 to 60 days ago, when labels are due, at least ${share(asked(config).minimumCoverage)} are labelled, as the gate asks.`,
  ),
  check(
    'brier',
    'thresholds',
    ({ performance }) =>
      `The Brier score of the labelled predictions of ${performance.lookback} is at most ${performance.brier_maximum} (performance.brier_maximum).`,
  ),
  check(
    'f1',
    'thresholds',
    ({ performance }) =>
      `F1 of the labelled predictions of ${performance.lookback} against the baseline at registration: ${share(performance.f1_warning_drop)} lost is WARNING, ${share(performance.f1_critical_drop)} CRITICAL.`,
  ),
  check(
    'disk',
    'weekly-friday',
    ({ disk }) =>
      `The disk of the workspace is at most ${share(disk.warning)} full, above is WARNING, above ${share(disk.critical)} CRITICAL.`,
  ),
  check(
    'artifacts',
    'weekly-friday',
    ({ retention }) =>
      `Artifacts take at most ${retention.artifacts_gigabytes} GB together (retention.artifacts_gigabytes); more is WARNING, to be reviewed by hand.`,
  ),
  check('cpu', 'troubleshooting', ({ host }) => {
    const limits = [
      ...(host.load_warning === undefined ? [] : [`above ${host.load_warning} is WARNING`]),
      ...(host.load_critical === undefined ? [] : [`above ${host.load_critical} CRITICAL`]),
    ];
    return `Load of the last five minutes by core: ${limits.join(', ') || 'shown only, as no limit is set (host.load_warning, host.load_critical)'}.`;
  }),
  check(
    'memory',
    'troubleshooting',
    ({ host }) =>
      `Of the machine's memory at most ${share(host.memory_warning)} is in use, above is WARNING, above ${share(host.memory_critical)} CRITICAL.`,
  ),
  check(
    'uptime',
    'troubleshooting',
    () => 'How long the machine is up: no limit, but a short time explains what else is found.',
  ),
];

const criteria: readonly Rule[] = [
  criterion(
    'labelled_rows',
    (config) => `At least ${asked(config).minimumRows} labelled rows that neither model learned from.`,
  ),
  criterion(
    'label_coverage',
    (config) => `At least ${share(asked(config).minimumCoverage)} of the predictions have a label.`,
  ),
  criterion(
    'days_since_promotion',
    (config) => `The champion has been in Production for at least ${asked(config).minimumDays} days.`,
  ),
  criterion(
    'f1_improvement',
    (config) =>
      `F1 of the challenger, each model at its own threshold, is at least ${share(asked(config).minimumF1Improvement)} better than the champion's, relative to it.`,
  ),
  criterion(
    'brier_degradation',
    (config) => `The Brier score rises by at most ${asked(config).maximumBrierDegradation}.`,
  ),
  criterion('segment_f1', (config) => {
    const { maximumSegmentLoss } = asked(config);
    return maximumSegmentLoss === null
      ? 'Segments are not compared.'
      : `In no segment of at least 30 rows is a loss of more than ${share(maximumSegmentLoss)} of F1 established, at 5 % false discoveries over all segments.`;
  }),
  criterion('improvement_evidence', (config) => {
    const { maximumFalsePromotion } = asked(config);
    return maximumFalsePromotion === null
      ? 'Evidence that the improvement is real is not asked for.'
      : `The challenger is better beyond chance: of champions whose challengers are all no better, at most ${share(maximumFalsePromotion)} ever lose their place, however often and at however many challengers the gate looks.`;
  }),
  criterion('expected_cost', (config) => {
    const { costs, maximumCostIncrease } = asked(config);
    return costs === null
      ? 'Costs are not compared, as gate.costs does not say what a wrong decision costs.'
      : `The challenger's decisions cost at most ${maximumCostIncrease} more than the champion's in 1,000; a false positive costs ${costs.falsePositive}, a false negative ${costs.falseNegative}.`;
  }),
  criterion('demographic_parity', (config) =>
    groupsAlike('share of rows called positive', asked(config).maximumDemographicParityDifference),
  ),
  criterion('equal_opportunity', (config) =>
    groupsAlike('share of positive rows found', asked(config).maximumEqualOpportunityDifference),
  ),
  criterion(
    'roc_auc_floor',
    (config) => `Without a champion: ROC AUC of at least ${asked(config).floors.minimumRocAuc}.`,
  ),
  criterion(
    'brier_floor',
    (config) => `Without a champion: a Brier score of at most ${asked(config).floors.maximumBrier}.`,
  ),
  criterion(
    'brier_against_base_rate',
    () =>
      'Without a champion: a Brier score of at most p (1 - p), which always answering the share of positives p would have.',
  ),
  criterion(
    'f1_floor',
    () => 'Without a champion: an F1 of at least 2p / (1 + p), which calling every row positive would have.',
  ),
];

const monitored: readonly Rule[] = [
  monitoring(
    'drift',
    'high-drift',
    ({ monitoring: { drift, minimum_sample } }) =>
      `A feature has drifted when it moved by enough to matter (its test's threshold) and by more than chance explains: at most ${share(drift.false_alarms)} of the reports in which nothing moved name any. Of all features, more than ${share(drift.warning_share)} drifted is WARNING, more than ${share(drift.critical_share)} CRITICAL; fewer than ${minimum_sample} rows are UNKNOWN.`,
  ),
  monitoring(
    'data_issues',
    'high-drift',
    () =>
      'The data have no fault that points to the pipeline: a column gone or constant, new values, another scale. Then the pipeline is to be mended, not the model.',
  ),
  monitoring(
    'missing_values',
    'high-drift',
    () => 'No feature has many more missing values than its reference.',
  ),
  monitoring(
    'outliers',
    'high-drift',
    () => 'No feature has many more values outside the range of its reference.',
  ),
  monitoring(
    'concept',
    'high-drift',
    ({ monitoring: { minimum_sample }, performance }) =>
      `The model errs as it did on the rows that validated it, overall and by segment: the labels of ${performance.lookback}, at least ${minimum_sample}; WARNING where the mean residual moved by 0.02 and by more than chance explains.`,
  ),
  monitoring(
    'volume',
    'daily',
    ({ monitoring: { volume } }) =>
      `In an hour fewer than ${volume.warning_per_hour} predictions are WARNING, fewer than ${volume.critical_per_hour} CRITICAL, more than ${volume.unusual_per_hour} WARNING.`,
  ),
  monitoring(
    'performance',
    'thresholds',
    ({ performance }) =>
      `A Brier score of at most ${performance.brier_maximum}, and F1 that lost less than ${share(performance.f1_warning_drop)} of the baseline (CRITICAL from ${share(performance.f1_critical_drop)}).`,
  ),
];

const tests: readonly Rule[] = Object.values(driftTests).map(
  ({ name, description, kind, threshold, inclusive }) => ({
    name,
    kind: 'test',
    page: 'thresholds',
    text: () =>
      `${description} A feature has drifted where the ${kind === 'p_value' ? `p-value is ${inclusive ? 'at most' : 'below'}` : `distance is ${inclusive ? 'at least' : 'above'}`} ${threshold}.`,
  }),
);

/** Everything that can be explained by name; a name may stand for several. */
export const rules: readonly Rule[] = [...checks, ...monitored, ...criteria, ...tests];

/** For a shell's completion. */
export function ruleNames(): readonly { readonly value: string; readonly description: string }[] {
  const described = new Map(rules.toReversed().map(({ name, kind }) => [name, kind]));
  return [...described].map(([value, description]) => ({ value, description }));
}
