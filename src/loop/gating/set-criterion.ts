import { existsSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import type { GateCriterion, GateSetResult } from '../../data/results/gate.ts';
import { writeFileAtomic } from '../../data/write-file-atomic.ts';
import { type GateCriteria, rejudge, withChanges } from '../../gate/index.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { LockedError, UsageError } from '../../platform/errors.ts';
import { lastEventAt, newestGateDecisions, openStore, recordEvent, type Store } from '../../store/index.ts';
import {
  type ConfigurationEdit,
  editConfiguration,
  parseConfiguration,
  readConfigurationText,
  type Workspace,
} from '../../workspace/index.ts';
import { configuredCriteria } from './configured-criteria.ts';
import { knownKey, settingFrom, settingOf } from './criterion-keys.ts';
import { gateChangesPath, withGateChange } from './gate-changes.ts';
import { criteriaOf, decisionOf } from './stored-decision.ts';

export interface CriterionChange {
  /** Such as `minimum_f1_improvement`, with or without `gate.overrides.` before it. */
  readonly key: string;
  /** As it stands in YAML; `default` takes the key out, so that the preset's value holds. */
  readonly value: string;
  readonly reason: string;
  readonly dryRun: boolean;
  readonly who: string;
}

const decisionsShown = 10;

/**
 * Sets one criterion of the gate in mlops.yaml, notes it in runbook/gate-changes.md and in the audit: all three or none.
 * @throws UsageError for an unknown key, a value that it may not hold, or an empty reason; LockedError when somebody else changes mlops.yaml meanwhile; InputOutputError when it cannot be written
 */
export function setCriterion(workspace: Workspace, change: CriterionChange, clock: Clock): GateSetResult {
  const { key, keys } = knownKey(change.key);
  const reason = change.reason.trim();
  if (reason === '') {
    throw new UsageError('--reason is empty', {
      remedy: 'say why, for whoever reads the gate changes later',
    });
  }
  const path = realpathSync(workspace.configurationPath);
  const before = readConfigurationText(path);
  const edit = editConfiguration(before, path, keys, settingFrom(change.value));
  const was = parseConfiguration(before, path);
  const [from, to] = [settingOf(was, key), settingOf(edit.config, key)];
  const changed = edit.text !== before && !change.dryRun;
  const changesFile = gateChangesPath(workspace.root);
  const store = change.dryRun && !existsSync(workspace.paths.store) ? undefined : storeOf(workspace);
  try {
    const result: GateSetResult = {
      key,
      from,
      to,
      reason,
      dry_run: change.dryRun,
      changed,
      configuration: path,
      changes_file: changesFile,
      decisions:
        store === undefined
          ? []
          : wouldBe(
              store,
              configuredCriteria(was.gate, was.performance),
              configuredCriteria(edit.config.gate, edit.config.performance),
            ),
      notes: store === undefined ? [] : clockNotes(store, clock),
    };
    if (changed && store !== undefined) record(store, { before, edit, result, who: change.who }, clock);
    return result;
  } finally {
    store?.close();
  }
}

function storeOf(workspace: Workspace): Store {
  return openStore(workspace.paths.store, { create: true });
}

function wouldBe(store: Store, before: GateCriteria, after: GateCriteria): GateSetResult['decisions'] {
  return store
    .read(() => newestGateDecisions(store, decisionsShown))
    .map((row) => {
      const { criteria, decision, challenger, decision_id, at } = decisionOf(row);
      const rejudged = rejudge({ criteria }, withChanges(criteriaOf(row), before, after));
      const deciding = rejudged.criteria.filter(({ passed }) =>
        rejudged.decision === 'reject' ? passed === false : passed === null,
      );
      const why =
        rejudged.decision === 'promote'
          ? 'meets every criterion'
          : deciding.map(({ name }) => sentence(name, criteria, rejudged.decision)).join('; ');
      return { decision_id, at, challenger, decision, would_be: rejudged.decision, why };
    });
}

function sentence(
  name: GateCriterion['name'],
  criteria: readonly GateCriterion[],
  decision: 'reject' | 'promote' | 'unknown',
): string {
  if (decision === 'unknown') return `${name} was not measured then`;
  const observed = criteria.find((each) => each.name === name)?.observed ?? null;
  return observed === null
    ? `${name} could not be computed`
    : `${name} was ${Number(observed.toPrecision(4))}`;
}

function clockNotes(store: Store, clock: Clock): string[] {
  const last = lastEventAt(store);
  if (last === undefined || last <= clock.now()) return [];
  return [
    `the clock says ${toIso(clock.now())}, which lies before the last change in the audit, ${toIso(last)}: check it`,
  ];
}

interface CheckedChange {
  readonly before: string;
  readonly edit: ConfigurationEdit;
  readonly result: GateSetResult;
  readonly who: string;
}

/** The files are written last, inside the transaction: what cannot be written takes the audit row back with it. */
function record(store: Store, { before, edit, result, who }: CheckedChange, clock: Clock): void {
  const { key, from, to, reason, configuration, changes_file } = result;
  const at = clock.now();
  store.change(() => {
    recordEvent(store, {
      at,
      who,
      command: 'gate set',
      reason,
      before: { [key]: from },
      after: { [key]: to },
    });
    const kept = existsSync(changes_file) ? readFileSync(changes_file, 'utf8') : undefined;
    requireUnchanged(configuration, before);
    writeFileAtomic(changes_file, withGateChange(kept, { at: toIso(at), who, key, from, to, reason }));
    try {
      requireUnchanged(configuration, before);
      writeFileAtomic(configuration, edit.text, statSync(configuration).mode & 0o777);
    } catch (error) {
      if (kept === undefined) rmSync(changes_file, { force: true });
      else writeFileAtomic(changes_file, kept);
      throw error;
    }
  });
}

function requireUnchanged(path: string, before: string): void {
  if (readConfigurationText(path) === before) return;
  throw new LockedError(`${path} was changed meanwhile`, {
    why: 'an editor or another command wrote it while this one looked at it',
    remedy: 'save and close it there, then run the command again; nothing was changed',
  });
}
