import { delongTest } from '../data/delong.ts';
import type { GateJudgement } from '../data/results/gate.ts';
import { mcnemarExact } from './mcnemar.ts';
import type { Comparison } from './question.ts';

/** How likely chance alone explains the difference: evidence beside the criteria, which it does not decide. */
export function significanceOf(comparison: Comparison): NonNullable<GateJudgement['significance']> {
  const { champion, challenger, labels, obstacle } = comparison;
  if (obstacle !== undefined)
    return {
      only_champion_right: null,
      only_challenger_right: null,
      mcnemar_p: null,
      roc_auc_difference: null,
      delong_p: null,
    };
  let onlyChampion = 0;
  let onlyChallenger = 0;
  for (let row = 0; row < labels.length; row++) {
    const positive = labels[row] === 1;
    const championRight = (champion.probabilities[row] ?? 0) >= champion.threshold === positive;
    const challengerRight = (challenger.probabilities[row] ?? 0) >= challenger.threshold === positive;
    if (championRight && !challengerRight) onlyChampion++;
    if (challengerRight && !championRight) onlyChallenger++;
  }
  const delong = delongTest(champion.probabilities, challenger.probabilities, labels);
  return {
    only_champion_right: onlyChampion,
    only_challenger_right: onlyChallenger,
    mcnemar_p: mcnemarExact(onlyChampion, onlyChallenger),
    roc_auc_difference: delong?.difference ?? null,
    delong_p: delong?.pValue ?? null,
  };
}
