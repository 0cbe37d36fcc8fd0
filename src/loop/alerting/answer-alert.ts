import { acknowledge, silence, unsilence } from '../../alerting/answer-alerts.ts';
import type { Alert, SilenceResult } from '../../data/results/alerts.ts';
import { type Clock, parseDuration, parseIso, toIso } from '../../platform/clock.ts';
import { UsageError } from '../../platform/errors.ts';
import { openStore, silencesAt } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { deliverMeanwhile } from './deliver-workspace.ts';
import { alertOf } from './read-alerts.ts';

/** Acknowledges an alert, and tells at once whom its escalation had asked. @throws NoInputError when there is no such alert; UsageError when it is closed */
export async function acknowledgeAlert(
  workspace: Workspace,
  id: number,
  by: { readonly who: string; readonly reason: string | null },
  clock: Clock,
  signal: AbortSignal,
  tell: (line: string) => void,
): Promise<Alert> {
  using store = openStore(workspace.paths.store, { create: false });
  const now = clock.now();
  const row = store.change(() => acknowledge(store, workspace.config, id, { ...by, now }));
  await deliverMeanwhile(store, workspace, clock, signal, tell);
  return alertOf(row, silencesAt(store, now));
}

export interface SilenceWish {
  readonly name: string;
  /** An ISO time, or a length such as `2h`; undefined ends the silence that holds. */
  readonly until: string | undefined;
  readonly reason: string;
  readonly who: string;
}

/** @throws UsageError when the name or the time is not what it must be */
export function silenceAlerts(workspace: Workspace, wish: SilenceWish, clock: Clock): SilenceResult {
  using store = openStore(workspace.paths.store, { create: false });
  const now = clock.now();
  if (wish.until === undefined) {
    store.change(() => unsilence(store, { ...wish, now }));
    return { name: wish.name, until: null };
  }
  const until = untilTime(wish.until, now);
  store.change(() => silence(store, { ...wish, until, now }));
  return { name: wish.name, until: toIso(until) };
}

function untilTime(text: string, now: number): number {
  const length = parseDuration(text);
  const time = length === undefined ? parseIso(text) : now + length;
  if (time !== undefined) return time;
  throw new UsageError(`--until '${text}' is neither a time nor a length`, {
    remedy: 'write it like --until 2026-08-03T06:00:00Z or --until 2h',
  });
}
