import chalk from 'chalk';
import Table from 'cli-table3';
import type { GateCriterion, GateDecision, GateJudgement } from '../data/results/gate.ts';
import { figure, percent } from './figures.ts';
import { intervalLines } from './gate-differences.ts';
import { gateInWords } from './gate-words.ts';

interface CriterionStyle {
  readonly title: string;
  /** What stands before the required figure. */
  readonly bound: '≥' | '≤' | '';
  readonly write: (value: number) => string;
  /** What to do where the criterion was not met. */
  readonly next: string;
}

const waitForLabels = "more labels: add them with 'mlops labels add', or wait, then run 'mlops gate' again";
const trainAgain = "another challenger: 'mlops train' on newer labels, then 'mlops gate' again";

type OwnCriterion = `command:${string}`;

const styles: Readonly<Record<Exclude<GateCriterion['name'], OwnCriterion>, CriterionStyle>> = {
  labelled_rows: { title: 'labelled rows', bound: '≥', write: figure, next: waitForLabels },
  label_coverage: { title: 'label coverage', bound: '≥', write: percent, next: waitForLabels },
  days_since_promotion: {
    title: 'days since promotion',
    bound: '≥',
    write: figure,
    next: "time: let the champion show itself, then run 'mlops gate' again",
  },
  f1_improvement: { title: 'F1 improvement', bound: '≥', write: signedPercent, next: trainAgain },
  brier_degradation: { title: 'Brier degradation', bound: '≤', write: figure, next: trainAgain },
  segment_f1: { title: 'F1 loss established in one segment', bound: '≤', write: percent, next: trainAgain },
  improvement_evidence: {
    title: 'chance that it is no better',
    bound: '≤',
    write: smallPercent,
    next: waitForLabels,
  },
  expected_cost: {
    title: 'cost of 1,000 decisions, rise',
    bound: '≤',
    write: figure,
    next: trainAgain,
  },
  demographic_parity: {
    title: 'difference in decisions between groups, established',
    bound: '≤',
    write: figure,
    next: trainAgain,
  },
  equal_opportunity: {
    title: 'difference in positives found between groups, established',
    bound: '≤',
    write: figure,
    next: trainAgain,
  },
  roc_auc_floor: { title: 'ROC AUC', bound: '≥', write: figure, next: trainAgain },
  brier_floor: { title: 'Brier score', bound: '≤', write: figure, next: trainAgain },
  brier_against_base_rate: {
    title: 'Brier score, base rate',
    bound: '≤',
    write: figure,
    next: trainAgain,
  },
  f1_floor: { title: 'F1, all called positive', bound: '≥', write: figure, next: trainAgain },
};

/** How a criterion is told; one of the user's own has its name for a title. */
export function criterionStyle(name: GateCriterion['name']): CriterionStyle {
  if (!isOwn(name)) return styles[name];
  return { title: name.slice('command:'.length), bound: '', write: figure, next: trainAgain };
}

function isOwn(name: GateCriterion['name']): name is OwnCriterion {
  return name.startsWith('command:');
}

type ShownResult = GateJudgement & Partial<Pick<GateDecision, 'notes' | 'evidence_expected_at'>>;

/** The gate's result for a terminal: the decision first, the criteria, then a sentence for each and what to do next. */
export function gateView(result: ShownResult): string {
  const table = new Table({
    head: ['criterion', 'observed', 'required', ''],
    style: { head: [], border: [] },
  });
  for (const criterion of result.criteria) {
    const { title, bound, write } = criterionStyle(criterion.name);
    table.push([
      title,
      criterion.observed === null ? '–' : write(criterion.observed),
      criterion.required === null ? '–' : `${bound} ${write(criterion.required)}`.trim(),
      mark(criterion),
    ]);
  }
  return [
    decision(result),
    table.toString(),
    ...result.criteria.map((criterion) => `${mark(criterion)} ${criterion.detail}`),
    ...evidence(result),
    ...expected(result),
    ...selected(result),
    ...(result.notes ?? []).map((note) => `note: ${note}`),
    ...gateNextSteps(result).map((next) => `next: ${next}`),
  ].join('\n');
}

/** A stored decision: when and by whom it was asked for, then the result as it was. */
export function gateDecisionView(stored: GateDecision): string {
  const { decision_id, at, who, preset } = stored;
  return [
    `decision ${decision_id}, ${at}, asked by ${who}, preset ${preset}`,
    '',
    ...gateInWords(stored),
    '',
    ...intervalLines(stored),
    '',
    gateView(stored),
  ].join('\n');
}

function decision({ decision, reason, champion, challenger, criteria, rows }: GateJudgement): string {
  const met = criteria.filter((criterion) => criterion.passed).length;
  const count = `${met} of ${criteria.length} criteria met on ${figure(rows)} labelled rows`;
  if (decision === 'promote') {
    const place =
      champion === null
        ? `there is no champion yet, and version ${challenger} is good enough to be the first`
        : `version ${challenger} may take the place of version ${champion}`;
    return `${chalk.green('PROMOTE')} - ${place}; ${count}`;
  }
  const outcome =
    champion === null
      ? `there is no champion yet, and version ${challenger} does not become the first; nothing changed`
      : `the champion, version ${champion}, stays, and nothing changed: version ${challenger} did not earn its place`;
  const why = reason === 'not_enough_evidence' ? ': not enough evidence' : '';
  return `${chalk.yellow('REJECT')}${why} - ${outcome}; ${count}`;
}

function mark(criterion: GateCriterion): string {
  return criterion.passed ? chalk.green('✓') : chalk.red('✗');
}

function evidence({ significance }: GateJudgement): readonly string[] {
  if (significance === null) return [];
  const { only_champion_right, only_challenger_right, mcnemar_p, roc_auc_difference, delong_p } =
    significance;
  const { f1_interval, brier_p, log_loss_p } = significance;
  const interval = f1_interval === null ? '–' : `${figure(f1_interval.low)} to ${figure(f1_interval.high)}`;
  return [
    `evidence: F1 differs by ${figure(significance.f1_difference)} (95 % interval ${interval}), the log loss by ${figure(significance.log_loss_difference)} (p ${figure(log_loss_p)}), the Brier score by ${figure(significance.brier_difference)} (p ${figure(brier_p)})`,
    `evidence: ROC AUC differs by ${figure(roc_auc_difference)} (DeLong p ${figure(delong_p)})`,
    `evidence: the champion alone is right on ${figure(only_champion_right)} rows, the challenger alone on ${figure(only_challenger_right)} (McNemar p ${figure(mcnemar_p)})`,
  ];
}

function expected({ evidence, evidence_expected_at }: ShownResult): readonly string[] {
  if (!evidence?.rows_needed || !evidence_expected_at) return [];
  return [
    `evidence: at last week's rate of labels the ${figure(evidence.rows_needed)} more rows are there by ${evidence_expected_at.slice(0, 10)}`,
  ];
}

/** Labels that come by selection: what they hide, as far as the features tell. */
function selected({ selection }: GateJudgement): readonly string[] {
  if (selection === null || !selection.differ) return [];
  const { weighted, columns, interval } = selection;
  const names = columns.map(({ name }) => name).join(', ');
  const warning = `warning: the ${figure(selection.labelled_rows)} labelled rows are not like the ${figure(selection.unlabelled_rows)} without a label (ROC AUC ${figure(selection.roc_auc)}, ${figure(interval.low)} to ${figure(interval.high)}; by ${names}): the figures are those of who gets a label`;
  if (weighted === null) return [warning];
  const { champion, challenger, f1_improvement } = weighted;
  const before = champion === null ? '' : `${figure(champion.f1)} to `;
  const change = f1_improvement === null ? '' : ` (${signedPercent(f1_improvement)})`;
  return [
    warning,
    `warning: weighed to stand for all predictions (${figure(Math.round(weighted.effective_rows))} rows' worth): F1 ${before}${figure(challenger.f1)}${change}, Brier score ${champion === null ? '' : `${figure(champion.brier)} to `}${figure(challenger.brier)}`,
  ];
}

/** What to do after it. */
export function gateNextSteps({ decision, challenger, criteria }: GateJudgement): readonly string[] {
  if (decision === 'promote') return [`mlops promote ${challenger}`];
  const failed = criteria.filter((criterion) => !criterion.passed);
  return [...new Set(failed.map((criterion) => criterionStyle(criterion.name).next))];
}

/** Small shares with the digits that tell them apart. */
function smallPercent(share: number): string {
  return share > 0 && share < 0.001 ? '< 0.1 %' : percent(share);
}

function signedPercent(share: number): string {
  return share > 0 ? `+${percent(share)}` : percent(share);
}
