import type { GateDecision, GateJudgement } from '../data/results/gate.ts';
import { figure, percent } from './figures.ts';

type Told = GateJudgement & Partial<Pick<GateDecision, 'preset'>>;

/** A decision for those who answer for it and do not read tables: what was decided, why, what it means, what is not known. */
export function gateInWords(result: Told): readonly string[] {
  return [
    decided(result),
    ...reasons(result),
    ...meaning(result),
    ...costs(result),
    ...segments(result),
    ...selection(result),
  ];
}

function decided({ decision, reason, champion, challenger, rows, preset }: Told): string {
  const on = `${figure(rows)} cases whose outcome is known${preset === undefined ? '' : `, by the criteria '${preset}'`}`;
  if (champion === null)
    return decision === 'promote'
      ? `Model version ${challenger} may go into production. There was none before; it was measured on ${on}.`
      : `Model version ${challenger} does not go into production. There is none to compare it with; it was measured on ${on}.`;
  if (decision === 'promote')
    return `Model version ${challenger} may replace version ${champion}, which is in production. Both were measured on the same ${on}; neither had learned from them.`;
  const why =
    reason === 'not_enough_evidence'
      ? 'Nothing speaks against the new one, but there is too little evidence that it is better.'
      : 'The new one did not earn its place.';
  return `Model version ${champion} stays in production and version ${challenger} does not replace it. ${why} Both were measured on the same ${on}; neither had learned from them.`;
}

function reasons({ decision, criteria }: Told): readonly string[] {
  const failed = criteria.filter(({ passed }) => !passed);
  if (decision === 'promote') return [`All ${criteria.length} criteria are met.`];
  return [
    `${failed.length} of ${criteria.length} criteria ${failed.length === 1 ? 'is' : 'are'} not met: ${failed.map(({ detail }) => detail).join(' ')}`,
  ];
}

/** What the difference comes to, in cases and not in scores. */
function meaning({ significance, rows }: Told): readonly string[] {
  const right = significance?.only_challenger_right ?? null;
  const wrong = significance?.only_champion_right ?? null;
  if (significance === null || right === null || wrong === null || rows === 0) return [];
  const of = (cases: number) => figure(Math.round((cases * 1000) / rows));
  const interval = significance.f1_interval;
  const sure =
    interval === null
      ? ''
      : ` The difference in F1, ${figure(significance.f1_difference)}, lies between ${figure(interval.low)} and ${figure(interval.high)} with 95 % confidence.`;
  return [
    `Of 1,000 cases the new model decides ${of(right + wrong)} differently: ${of(right)} rightly where the old one errs, ${of(wrong)} wrongly where the old one is right.${sure}`,
  ];
}

function costs({ costs: compared }: Told): readonly string[] {
  if (compared === null) return [];
  const { champion, challenger, difference, interval, false_positive, false_negative } = compared;
  const between =
    interval === null ? '' : ` (95 % interval ${figure(interval.low)} to ${figure(interval.high)})`;
  return [
    `At a cost of ${figure(false_positive)} for a false alarm and ${figure(false_negative)} for a missed case, 1,000 decisions cost ${figure(challenger)} in place of ${figure(champion)}: a difference of ${figure(difference)}${between}.`,
  ];
}

function segments({ segments: all }: Told): readonly string[] {
  if (all === null || all.length === 0) return [];
  const count = (verdict: (typeof all)[number]['verdict']) =>
    all.filter((each) => each.verdict === verdict).length;
  return [
    `Of ${all.length} parts of the cases looked at apart, the new model is worse in ${count('worse')} beyond doubt and not worse by more than is allowed in ${count('within')}; in ${count('not_enough_evidence')} the cases are too few to tell, which is not the same as safe.`,
  ];
}

function selection({ selection: labels }: Told): readonly string[] {
  if (labels === null || !labels.differ) return [];
  const change = labels.weighted?.f1_improvement ?? null;
  const weighted =
    change === null ? '' : ` Weighed to stand for all cases, F1 changes by ${percent(change)}.`;
  return [
    `The cases whose outcome is known are not like the others: whoever reads these figures should ask who gets an outcome.${weighted}`,
  ];
}
