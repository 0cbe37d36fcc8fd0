import { delongTest } from '../data/delong.ts';
import type { GateEvidence, GateSignificance } from '../data/results/gate.ts';
import { anytimeEvidence } from './anytime-evidence.ts';
import { bootstrapF1, difference } from './bootstrap-f1.ts';
import { mcnemarExact } from './mcnemar.ts';
import { pairedCounts } from './paired-counts.ts';
import { pairedScores, pairedTest } from './paired-scores.ts';
import type { GateQuestion, ScoredModel } from './question.ts';
import { settled } from './wording.ts';

/** All but whether the look counts, which the other criteria decide. */
export type EvidenceFigures = Omit<GateEvidence, 'counted'>;

const bootstrap = { draws: 2000, outside: 0.025, seed: 1 };

/**
 * Whether the challenger is better beyond chance, and the customary tests beside it.
 *
 * The error that is allowed is shared out over the challengers of one champion: the k-th gets 1 / (k (k + 1)) of it, which sums
 * to 1 over any number of them.
 */
export function evidenceOf(
  { challenger, labels, criteria, earlierChallengers = 0 }: GateQuestion,
  champion: ScoredModel,
): { readonly evidence: EvidenceFigures; readonly significance: GateSignificance } {
  const counts = pairedCounts(champion, challenger, labels);
  const scores = pairedScores(champion, challenger, labels);
  const anytime = anytimeEvidence(counts, scores);
  const allowed = criteria.maximumFalsePromotion;
  const number = earlierChallengers + 1;
  const shares = Math.log(number * (number + 1));
  const times = allowed === null ? 1 : anytime.timesUntil(shares - Math.log(allowed));
  const delong = delongTest(champion.probabilities, challenger.probabilities, labels);
  const onlyChampion = counts.positives.champion + counts.negatives.challenger;
  const onlyChallenger = counts.positives.challenger + counts.negatives.champion;
  return {
    evidence: {
      false_promotion: settled(Math.min(1, Math.exp(shares - anytime.logarithm))),
      challenger_number: number,
      error_spent: allowed === null ? null : settled(allowed * (1 - 1 / (number + 1))),
      rows_needed:
        times === null
          ? null
          : Math.max(Math.ceil((times - 1) * labels.length), criteria.minimumRows - labels.length, 0),
    },
    significance: {
      f1_difference: difference(counts),
      f1_interval: bootstrapF1(counts, bootstrap),
      only_champion_right: onlyChampion,
      only_challenger_right: onlyChallenger,
      mcnemar_p: mcnemarExact(onlyChampion, onlyChallenger),
      roc_auc_difference: delong?.difference ?? null,
      delong_p: delong?.pValue ?? null,
      brier_difference: -scores.brier.sum / labels.length,
      brier_p: pairedTest(scores.brier),
      log_loss_difference: -scores.logLoss.sum / labels.length,
      log_loss_p: pairedTest(scores.logLoss),
    },
  };
}

/** The customary tests where they cannot be made. */
export const notComparable: GateSignificance = {
  f1_difference: null,
  f1_interval: null,
  only_champion_right: null,
  only_challenger_right: null,
  mcnemar_p: null,
  roc_auc_difference: null,
  delong_p: null,
  brier_difference: null,
  brier_p: null,
  log_loss_difference: null,
  log_loss_p: null,
};
