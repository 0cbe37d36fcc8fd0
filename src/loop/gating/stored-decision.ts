import { type GateDecision, storedGateResultDefinition } from '../../data/results/gate.ts';
import type { GateCriteria } from '../../gate/index.ts';
import { toIso } from '../../platform/clock.ts';
import { NoInputError, UsageError } from '../../platform/errors.ts';
import { type GateDecisionRow, gateDecisionRow, openStore, type Store } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { storedCriteriaDefinition } from './decision-basis.ts';

/** What a decision asked for. */
export function criteriaOf(row: GateDecisionRow): GateCriteria {
  return storedCriteriaDefinition.parse(JSON.parse(row.required));
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
  return decisionOf(findDecisionRow(store, number));
}

/** The same with all that is kept of it. @throws as `findDecision` */
export function findDecisionRow(store: Store, number: string | undefined): GateDecisionRow {
  if (number !== undefined && !/^\d{1,15}$/.test(number)) {
    throw new UsageError(`'${number}' is no number of a decision`, {
      remedy: 'write it like mlops gate show 3; mlops models show VERSION lists them',
    });
  }
  const row = store.read(() => gateDecisionRow(store, number === undefined ? undefined : Number(number)));
  if (row !== undefined) return row;
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
