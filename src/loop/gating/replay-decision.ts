import { type GateDecision, type GateReplay, gateJudgementDefinition } from '../../data/results/gate.ts';
import { MlopsError, messageWithCause, UnavailableError } from '../../platform/errors.ts';
import { sha256 } from '../../platform/sha256.ts';
import { version } from '../../platform/version.ts';
import { listVersions } from '../../registry/index.ts';
import { type GateDecisionRow, gateBasesInAudit, openForReading, type Store } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { type DecisionBasis, parseBasis } from './decision-basis.ts';
import { judgeRows } from './judge-rows.ts';
import { type JudgedRows, readJudgedRows } from './judged-rows.ts';
import { scoreRows } from './score-rows.ts';
import { decisionOf, findDecisionRow } from './stored-decision.ts';

type Check = GateReplay['checks'][number];

/**
 * Makes a stored decision again from the rows it was made on, and holds every step to what was kept: the audit's hash, the
 * rows' hash, what the models say of these rows, and the result to the byte.
 * @param number of the decision; by default the newest
 * @throws UsageError, NoInputError as `findDecision` does; UnavailableError for a decision of which nothing was kept; DataError
 *   when what was kept cannot be read
 */
export async function replayDecision(workspace: Workspace, number: string | undefined): Promise<GateReplay> {
  using store = openForReading(workspace.paths.store);
  const row = findDecisionRow(store, number);
  const stored = decisionOf(row);
  const text = basisOf(row);
  const basis = parseBasis(text);
  const audit = auditCheck(store, row, text);
  const rows = await rowsOf(workspace, basis);
  const again = 'rows' in rows ? decisionAgain(basis, rows.rows, row) : null;
  const checks = [
    audit,
    rows.check,
    ...('rows' in rows ? [await scoresCheck(workspace, store, basis, rows.rows)] : []),
    ...(again === null ? [] : [resultCheck(basis, stored, again)]),
  ];
  return {
    status: worst(checks),
    decision_id: stored.decision_id,
    at: stored.at,
    decision: stored.decision,
    basis_sha256: sha256(text),
    rows_sha256: basis.rows_sha256,
    rows: stored.rows,
    checks,
    result: again,
  };
}

function basisOf({ basis, decision_id }: GateDecisionRow): string {
  if (basis !== null) return basis;
  throw new UnavailableError(`decision ${decision_id} cannot be made again`, {
    why: 'it is of mlops 0.4.0 or before, which kept no rows',
    remedy: 'mlops gate show tells what was kept; later decisions can be replayed',
  });
}

function auditCheck(store: Store, { decision_id }: GateDecisionRow, text: string): Check {
  const hash = gateBasesInAudit(store).get(decision_id);
  const name = 'audit';
  if (hash === undefined) {
    return { name, status: 'CRITICAL', detail: 'the audit does not have the decision: mlops verify' };
  }
  return hash === sha256(text)
    ? { name, status: 'OK', detail: `what is kept of it has the hash that the audit has, ${sha256(text)}` }
    : { name, status: 'CRITICAL', detail: `the audit says ${hash}, what is kept has ${sha256(text)}` };
}

async function rowsOf(
  workspace: Workspace,
  { rows_sha256 }: DecisionBasis,
): Promise<{ readonly check: Check } | { readonly check: Check; readonly rows: JudgedRows }> {
  const name = 'rows';
  try {
    const rows = await readJudgedRows(workspace, rows_sha256);
    const detail = `${rows.features.rows} rows with labels and scores, as they were kept: ${rows_sha256}.parquet`;
    return { check: { name, status: 'OK', detail }, rows };
  } catch (error) {
    if (!(error instanceof MlopsError)) throw error;
    const status = error.name === 'NoInputError' ? 'UNKNOWN' : 'CRITICAL';
    return { check: { name, status, detail: messageWithCause(error) } };
  }
}

function decisionAgain(basis: DecisionBasis, rows: JudgedRows, row: GateDecisionRow): GateDecision {
  return decisionOf({ ...row, result: JSON.stringify({ ...judgeRows(basis, rows), ...basis.given }) });
}

/** The models of then are asked again; a model that is gone leaves the scores that were kept unconfirmed. */
async function scoresCheck(
  workspace: Workspace,
  store: Store,
  { champion, challenger }: DecisionBasis,
  rows: JudgedRows,
): Promise<Check> {
  const name = 'scores';
  const features = new Map(listVersions(store).map((each) => [each.version.toString(), each.features]));
  const kept = [
    ...(champion === null ? [] : [{ model: champion, scores: rows.champion }]),
    { model: challenger, scores: rows.challenger },
  ];
  for (const { model, scores } of kept) {
    try {
      const now = await scoreRows(workspace, model.sha256, features.get(model.version) ?? [], rows.features);
      const row = now.findIndex((score, index) => !Object.is(score, scores?.[index]));
      if (row >= 0) {
        const detail = `version ${model.version} says ${now[row]} of row ${row + 1}, and said ${scores?.[row]}`;
        return { name, status: 'CRITICAL', detail };
      }
    } catch (error) {
      if (!(error instanceof MlopsError)) throw error;
      return { name, status: 'UNKNOWN', detail: `version ${model.version}: ${messageWithCause(error)}` };
    }
  }
  const versions = kept.map(({ model }) => model.version).join(' and ');
  return { name, status: 'OK', detail: `version ${versions} give every row the same probability as then` };
}

function resultCheck({ mlops }: DecisionBasis, stored: GateDecision, again: GateDecision): Check {
  const name = 'result';
  const by = mlops === version ? '' : `; decided by mlops ${mlops}, replayed by ${version}`;
  if (JSON.stringify(again) === JSON.stringify(stored)) {
    return { name, status: 'OK', detail: `${stored.decision}, the same to the byte${by}` };
  }
  const before = new Map<string, unknown>(Object.entries(stored));
  const differing = Object.keys(gateJudgementDefinition.shape).filter(
    (key) => JSON.stringify(before.get(key)) !== JSON.stringify(Reflect.get(again, key)),
  );
  return { name, status: 'CRITICAL', detail: `differs in ${differing.join(', ')}${by}` };
}

function worst(checks: readonly Check[]): GateReplay['status'] {
  const has = (status: Check['status']) => checks.some((check) => check.status === status);
  if (has('CRITICAL')) return 'CRITICAL';
  return has('UNKNOWN') ? 'UNKNOWN' : 'OK';
}
