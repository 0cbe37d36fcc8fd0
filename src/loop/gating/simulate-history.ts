import type { GateSimulation } from '../../data/results/gate.ts';
import { type GateCriteria, type GatePreset, gatePresets, rejudge } from '../../gate/index.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { dayMs } from '../../platform/durations.ts';
import { MlopsError } from '../../platform/errors.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import { type GateDecisionRow, gateDecisionsSince, openForReading } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { type DecisionBasis, parseBasis } from './decision-basis.ts';
import { judgeRows } from './judge-rows.ts';
import { type JudgedRows, readJudgedRows } from './judged-rows.ts';
import { criteriaOf, decisionOf } from './stored-decision.ts';

const presets: readonly GatePreset[] = ['production', 'conservative', 'aggressive'];
const lookback = 365 * dayMs;

type Simulated = GateSimulation['decisions'][number];

/**
 * What each preset would have decided of every challenger of the past year: on the rows that a decision was made on where they
 * are kept, else from the figures that it noted. What a promotion would have changed for those that follow is not played through.
 */
export async function simulateHistory(
  workspace: Workspace,
  clock: Clock,
  signal: AbortSignal,
): Promise<GateSimulation> {
  using store = openForReading(workspace.paths.store);
  const until = clock.now();
  const from = until - lookback;
  const rows = gateDecisionsSince(store, from).filter(({ at }) => at <= until);
  const decisions: Simulated[] = [];
  for (const row of rows) {
    await nextTurn(signal);
    decisions.push(await simulated(workspace, row));
  }
  return {
    from: toIso(from),
    until: toIso(until),
    decisions,
    presets: presets.map((preset) => {
      const said = decisions.map(({ decision, would_be }) => ({ decision, would_be: would_be[preset] }));
      const count = (wanted: string) => said.filter((each) => each.would_be === wanted).length;
      return {
        preset,
        promoted: count('promote'),
        rejected: count('reject'),
        unknown: count('unknown'),
        otherwise: said.filter((each) => each.would_be !== 'unknown' && each.would_be !== each.decision)
          .length,
      };
    }),
  };
}

async function simulated(workspace: Workspace, row: GateDecisionRow): Promise<Simulated> {
  const stored = decisionOf(row);
  const kept = await keptRows(workspace, row);
  const under = (preset: GatePreset) => {
    const criteria = criteriaUnder(preset, criteriaOf(row));
    return kept === undefined
      ? rejudge(stored, criteria).decision
      : judgeRows({ ...kept.basis, criteria }, kept.rows).decision;
  };
  return {
    decision_id: stored.decision_id,
    at: stored.at,
    challenger: stored.challenger,
    decision: stored.decision,
    preset: stored.preset,
    judged_on: kept === undefined ? 'figures' : 'rows',
    would_be: {
      production: under('production'),
      conservative: under('conservative'),
      aggressive: under('aggressive'),
    },
  };
}

/** The preset as it is; costs, floors and limits of groups as they were configured then. */
function criteriaUnder(preset: GatePreset, then: GateCriteria): GateCriteria {
  return { ...then, ...gatePresets[preset] };
}

/** Undefined for a decision of which no rows were kept, or whose rows are gone or damaged. */
async function keptRows(
  workspace: Workspace,
  { basis }: GateDecisionRow,
): Promise<{ readonly basis: DecisionBasis; readonly rows: JudgedRows } | undefined> {
  if (basis === null) return undefined;
  try {
    const parsed = parseBasis(basis);
    return { basis: parsed, rows: await readJudgedRows(workspace, parsed.rows_sha256) };
  } catch (error) {
    if (!(error instanceof MlopsError)) throw error;
    return undefined;
  }
}
