import { z } from 'zod';
import { type GateDecision, storedGateResultDefinition } from '../../data/results/gate.ts';
import type { GateCriteria } from '../../gate/index.ts';
import { toIso } from '../../platform/clock.ts';
import { NoInputError, UsageError } from '../../platform/errors.ts';
import { type GateDecisionRow, gateDecisionRow, openStore, type Store } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';

const storedCriteria = z.object({
  minimumRows: z.number(),
  minimumCoverage: z.number(),
  minimumDays: z.number(),
  minimumF1Improvement: z.number(),
  maximumBrierDegradation: z.number(),
  maximumSegmentLoss: z.number().nullable(),
  /** Decisions of 0.4.0 and before did not ask for it. */
  maximumFalsePromotion: z.number().nullable().default(null),
  costs: z.object({ falsePositive: z.number(), falseNegative: z.number() }).nullable().default(null),
  maximumCostIncrease: z.number().default(0),
  maximumDemographicParityDifference: z.number().nullable().default(null),
  maximumEqualOpportunityDifference: z.number().nullable().default(null),
  floors: z.object({ minimumRocAuc: z.number(), maximumBrier: z.number() }),
});

/** What a decision asked for. */
export function criteriaOf(row: GateDecisionRow): GateCriteria {
  return storedCriteria.parse(JSON.parse(row.required));
}

export function decisionOf(row: GateDecisionRow): GateDecision {
  return {
    ...storedGateResultDefinition.parse(JSON.parse(row.result)),
    decision_id: row.decision_id.toString(),
    at: toIso(row.at),
    who: row.who,
  };
}

/**
 * The decision of that number, as it was stored; without one, the newest.
 * @throws UsageError when it is no number, NoInputError when there is no such decision
 */
export function findDecision(store: Store, number: string | undefined): GateDecision {
  if (number !== undefined && !/^\d{1,15}$/.test(number)) {
    throw new UsageError(`'${number}' is no number of a decision`, {
      remedy: 'write it like mlops gate show 3; mlops models show VERSION lists them',
    });
  }
  const row = store.read(() => gateDecisionRow(store, number === undefined ? undefined : Number(number)));
  if (row !== undefined) return decisionOf(row);
  throw new NoInputError(
    number === undefined ? 'no gate decision yet' : `there is no gate decision ${number}`,
    {
      remedy: number === undefined ? 'ask the gate: mlops gate' : 'mlops gate show shows the newest',
    },
  );
}

/** @throws as `findDecision` */
export function showDecision(workspace: Workspace, number: string | undefined): GateDecision {
  using store = openStore(workspace.paths.store, { create: false });
  return findDecision(store, number);
}
