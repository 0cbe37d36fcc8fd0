import {
  type AlertRow,
  closeAlert,
  openAlerts,
  pendingAlerts,
  putPendingAlert,
  raiseAlert,
  removePendingAlert,
  type Store,
  silencesAt,
} from '../store/index.ts';
import { type Configuration, durationMs, type RuleName } from '../workspace/index.ts';
import { escalationRule } from './escalation/escalation-rule.ts';
import { type AlertState, judgeAlert } from './judge-alert.ts';
import { noticesDue } from './notifications/notices-due.ts';
import type { Notification } from './notifications/notification.ts';
import { postNotices } from './notifications/post-notices.ts';
import { alertName, type Observation } from './observations/observation.ts';
import type { AlertRule } from './rules/rule.ts';
import { rulesOf } from './rules/rules-of.ts';

export interface Evaluation {
  readonly fired: readonly AlertRow[];
  /** Open before and after, with another severity. */
  readonly changed: readonly AlertRow[];
  readonly resolved: readonly AlertRow[];
  readonly open: readonly AlertRow[];
  /** Put into the outbox. */
  readonly messages: number;
}

export interface EvaluationRequest {
  readonly observations: readonly Observation[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** Sent along with mail. */
  readonly attachment: Notification['attachment'];
}

/**
 * Judges what was observed by the rules of mlops.yaml, opens and closes alerts, and puts what people are to be told into the
 * outbox. Alerts of rules that are switched off, and of services that are no longer there, close too. Call it inside a
 * transaction; nothing is sent here.
 */
export function evaluateAlerts(store: Store, config: Configuration, request: EvaluationRequest): Evaluation {
  const { now } = request;
  const rules = rulesOf(config);
  const outcome = { fired: new Set<string>(), changed: new Set<string>(), resolved: [] as AlertRow[] };
  const close = (name: string) => {
    const closed = closeAlert(store, name, now);
    if (closed !== undefined) outcome.resolved.push(closed);
  };
  for (const observation of request.observations) {
    const rule = rules.get(observation.rule);
    if (rule === undefined) continue;
    const name = alertName(observation);
    const { change } = judgeAndStore(store, config, rule, observation, now);
    if (change === 'fired') outcome.fired.add(name);
    if (change === 'raised' || change === 'lowered') outcome.changed.add(name);
    if (change === 'resolved') close(name);
  }
  for (const { name } of openAlerts(store).filter((alert) => isForsaken(alert, rules, config))) close(name);

  const open = openAlerts(store);
  const silences = silencesAt(store, now);
  const ruleFor = (name: string) => [...rules.values()].find((rule) => rule.name === name);
  const repeatMs = (name: string) => ruleFor(name)?.repeatMs ?? durationMs(config.alerts.repeat);
  const told = open.filter((alert) => alert.rule !== escalationRule);
  const messages = postNotices(store, config, {
    notices: noticesDue(told, outcome.resolved, silences, repeatMs, now),
    open: told,
    silences,
    channelsOf: (name) => ruleFor(name)?.channels ?? null,
    changed: outcome.fired.size + outcome.changed.size + outcome.resolved.length > 0,
    now,
    attachment: request.attachment,
  });
  return {
    fired: open.filter(({ name }) => outcome.fired.has(name)),
    changed: open.filter(({ name }) => outcome.changed.has(name)),
    resolved: outcome.resolved,
    open,
    messages,
  };
}

function judgeAndStore(
  store: Store,
  config: Configuration,
  rule: AlertRule,
  observation: Observation,
  now: number,
) {
  const name = alertName(observation);
  const judged = judgeAlert(rule, stateOf(store, name), observation);
  const { state, level } = judged;
  if (state.phase === 'pending')
    putPendingAlert(store, { name, breaches: state.breaches, since: state.since, last_at: state.lastAt });
  else removePendingAlert(store, name);
  if (level.kind === 'breach' && state.phase === 'firing') {
    const raised = {
      name,
      rule: rule.name,
      severity: level.severity,
      summary: observation.summary,
      contact: config.contacts[rule.contact].contact,
      observed: level.observed,
      threshold: level.threshold,
      unit: rule.text.kind === 'threshold' ? rule.text.unit : null,
    };
    raiseAlert(store, raised, now);
  }
  return judged;
}

function stateOf(store: Store, name: string): AlertState {
  const open = openAlerts(store).find((alert) => alert.name === name);
  if (open !== undefined) return { phase: 'firing', severity: open.severity };
  const pending = pendingAlerts(store).find((each) => each.name === name);
  if (pending === undefined) return { phase: 'ok' };
  return { phase: 'pending', breaches: pending.breaches, since: pending.since, lastAt: pending.last_at };
}

const watchesServices: readonly string[] = ['service', 'api_latency'];

/** Nothing will observe it again. */
function isForsaken(
  { name, rule }: AlertRow,
  rules: ReadonlyMap<RuleName, AlertRule>,
  { services }: Configuration,
): boolean {
  if (rule === escalationRule) return false;
  if (![...rules.keys()].some((each) => each === rule)) return true;
  const subject = name.slice(rule.length + 1);
  return watchesServices.includes(rule) && !services.some((service) => service.name === subject);
}
