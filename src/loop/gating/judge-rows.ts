import type { GateJudgement } from '../../data/results/gate.ts';
import { evaluateGate, type ScoredModel } from '../../gate/index.ts';
import type { DecisionBasis } from './decision-basis.ts';
import { segmentsAsked } from './gate-segments.ts';
import type { JudgedRows } from './judged-rows.ts';

/** The gate's judgement of those rows: the same for the same basis and rows, whenever it is asked. */
export function judgeRows(
  basis: Omit<DecisionBasis, 'rows_sha256' | 'given'>,
  rows: JudgedRows,
): GateJudgement {
  const { criteria, coverage, days_since_promotion } = basis;
  const models = {
    champion: basis.champion === null ? null : scored(basis.champion, rows.champion),
    challenger: scored(basis.challenger, rows.challenger),
    labels: rows.labels,
    criteria,
  };
  return evaluateGate({
    ...models,
    coverage,
    daysSincePromotion: days_since_promotion,
    earlierChallengers: basis.earlier_challengers,
    commanded: basis.commanded,
    selection: basis.selection === null ? null : { found: basis.selection, weights: rows.weights },
    ...segmentsAsked(rows.features, basis, models),
  });
}

function scored(
  { version, threshold }: DecisionBasis['challenger'],
  probabilities: Float64Array | null,
): ScoredModel {
  return { version, threshold, probabilities: probabilities ?? new Float64Array() };
}
