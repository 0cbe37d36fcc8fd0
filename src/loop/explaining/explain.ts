import type { ExplainResult, Explanation } from '../../data/results/explain.ts';
import { monitorResultDefinition } from '../../data/results/monitor.ts';
import { examineHealth } from '../../health/examine-health.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { MlopsError, NoInputError, UsageError } from '../../platform/errors.ts';
import { nearest } from '../../platform/nearest.ts';
import { lastMonitoringRun, openAlerts, openForReading, type Store } from '../../store/index.ts';
import { type Configuration, configurationDefinition, type Workspace } from '../../workspace/index.ts';
import { findDecision } from '../gating/stored-decision.ts';
import { type Rule, rules } from './rules.ts';

export interface ExplainQuestion {
  /** Undefined where there is none: then only the rule is told, with the defaults. */
  readonly workspace: Workspace | undefined;
  /** Such as `volume`, `decision 3`, `alert drift`, `check label_coverage`. */
  readonly words: readonly string[];
}

/**
 * The rule, the numbers and the page of the runbook for a decision, an alert, a check, a criterion or a drift test.
 * @throws UsageError for a name that stands for nothing, NoInputError for a decision or an alert that is not there
 */
export async function explain(
  { workspace, words }: ExplainQuestion,
  clock: Clock,
  signal: AbortSignal,
): Promise<ExplainResult> {
  const [first = '', second] = words;
  const config =
    workspace?.config ?? configurationDefinition.parse({ model: { name: 'model', schema: 's' } });
  if (first === 'decision' || first === 'gate' || (/^\d+$/.test(first) && second === undefined)) {
    return { explanations: [explainDecision(needed(workspace), /^\d+$/.test(first) ? first : second)] };
  }
  if (first === 'alert') return { explanations: [explainAlert(needed(workspace), second ?? '')] };
  const kinds = ['check', 'criterion', 'monitoring', 'test'];
  const name = second !== undefined && kinds.includes(first) ? second : first;
  const service = name.startsWith('service:');
  const found = service
    ? [serviceRule(name)]
    : rules.filter((rule) => rule.name === name && (name === first || rule.kind === first));
  if (found.length === 0) throw unknownName(name);
  const explanations: Explanation[] = [];
  for (const rule of found) {
    const { name: subject, kind, page } = rule;
    const { numbers, next } = await measured(workspace, rule, clock, signal);
    explanations.push({ subject, kind, rule: rule.text(config), numbers, next, page });
  }
  return { explanations };
}

function needed(workspace: Workspace | undefined): Workspace {
  if (workspace !== undefined) return workspace;
  throw new UsageError('decisions and alerts are explained in a workspace', {
    remedy: 'name one with -C DIR',
  });
}

function serviceRule(name: string): Rule {
  const text = ({ services }: Configuration) => {
    const service = services.find((each) => `service:${each.name}` === name);
    return service === undefined
      ? 'No service of mlops.yaml has that name.'
      : 'The service answers, soon enough: its limits stand in mlops.yaml under services.';
  };
  return { name, kind: 'check', page: 'api-down', text };
}

function unknownName(name: string): UsageError {
  const near = nearest(name, [...rules.map((rule) => rule.name), 'decision', 'alert', 'exit']);
  return new UsageError(`there is nothing to explain by the name of '${name}'`, {
    why: `names are decision N, alert NAME, exit CODE, service:NAME, ${[...new Set(rules.map((rule) => rule.name))].join(', ')}`,
    remedy: near[0] === undefined ? 'name one of these' : `mlops explain ${near[0]}`,
  });
}

type Measured = Pick<Explanation, 'numbers' | 'next'>;
const nothing: Measured = { numbers: [], next: null };

async function measured(
  workspace: Workspace | undefined,
  { name, kind }: Rule,
  clock: Clock,
  signal: AbortSignal,
): Promise<Measured> {
  if (workspace === undefined || kind === 'test') return nothing;
  if (kind === 'check') {
    const network = name.startsWith('service:');
    const { checks } = await examineHealth(workspace, clock, { network, signal });
    const found = checks.find((each) => each.name === name);
    if (found === undefined) return nothing;
    const { status, summary, observed, threshold, unit, remedy, contact } = found;
    const figures =
      observed === null
        ? []
        : [
            `observed ${rounded(observed)}${threshold === null ? '' : `, limit ${rounded(threshold)}`} (${unit})`,
          ];
    const call = status === 'OK' ? [] : [`${contact.contact}, answers within: ${contact.response}`];
    return { numbers: [`${status}: ${summary}`, ...figures, ...call], next: remedy };
  }
  try {
    using store = openForReading(workspace.paths.store);
    return kind === 'criterion' ? criterionNow(store, name) : monitoringNow(store, name, clock);
  } catch (error) {
    if (error instanceof MlopsError)
      return { numbers: [`not measured: ${error.message}`], next: error.remedy ?? null };
    throw error;
  }
}

function criterionNow(store: Store, name: string): Measured {
  const { criteria, decision_id, at } = findDecision(store, undefined);
  const found = criteria.find((each) => each.name === name);
  if (found === undefined) return { numbers: [`decision ${decision_id} did not ask for it`], next: null };
  return {
    numbers: [`${found.passed ? 'met' : 'not met'} in decision ${decision_id}, ${at}: ${found.detail}`],
    next: found.passed ? null : `mlops explain decision ${decision_id}`,
  };
}

function monitoringNow(store: Store, name: string, clock: Clock): Measured {
  const row = store.read(() => lastMonitoringRun(store, clock.now()));
  if (row === undefined) return { numbers: ['monitoring has not run yet'], next: 'mlops monitor' };
  const { checks, run_id, at, drift } = monitorResultDefinition.parse(JSON.parse(row.result));
  const found = checks.find((each) => each.name === name);
  if (found === undefined) return { numbers: [`run ${run_id} did not measure it`], next: null };
  const drifted = name === 'drift' ? (drift?.features.filter((each) => each.drifted) ?? []) : [];
  return {
    numbers: [
      `${found.status} in run ${run_id}, ${at}: ${found.summary}`,
      ...drifted.map(
        (each) =>
          `${each.name}: ${each.test} ${rounded(each.score ?? 0)}, limit ${rounded(each.threshold ?? 0)}`,
      ),
    ],
    next: found.status === 'OK' || row.report === null ? null : `read ${row.report}`,
  };
}

function explainDecision(workspace: Workspace, number: string | undefined): Explanation {
  using store = openForReading(workspace.paths.store);
  const { decision_id, decision, champion, challenger, at, who, rows, criteria, preset } = findDecision(
    store,
    number,
  );
  const against = champion === null ? 'without a champion' : `against version ${champion}`;
  return {
    subject: `decision ${decision_id}`,
    kind: 'decision',
    rule: `A challenger is promoted only when every criterion of the preset ${preset}, with gate.overrides, is met.`,
    numbers: [
      `${decision}: version ${challenger} ${against} on ${rows} labelled rows, ${at}, asked by ${who}`,
      ...criteria.map(({ name, passed, detail }) => `${passed ? 'met' : 'not met'}: ${name}: ${detail}`),
    ],
    next:
      decision === 'promote' ? `mlops promote ${challenger}` : 'mlops help thresholds says what is asked for',
    page: 'evaluation_gates',
  };
}

function explainAlert(workspace: Workspace, asked: string): Explanation {
  using store = openForReading(workspace.paths.store);
  const open = store.read(() => openAlerts(store));
  const alert = open.find(({ name, alert_id }) => name === asked || String(alert_id) === asked);
  if (alert === undefined) {
    throw new NoInputError(`no alert '${asked}' is open`, {
      why: open.length === 0 ? 'no alert is open' : `open are ${open.map(({ name }) => name).join(', ')}`,
      remedy: 'mlops health says how things are',
    });
  }
  const rule = rules.find(
    ({ name, kind }) => name === alert.name && (kind === 'monitoring' || kind === 'check'),
  );
  return {
    subject: `alert ${alert.name}`,
    kind: 'alert',
    rule: rule?.text(workspace.config) ?? 'Its rule stands in mlops.yaml.',
    numbers: [
      `${alert.severity}: ${alert.summary}`,
      `open since ${toIso(alert.opened_at)}, last seen ${toIso(alert.last_seen_at)}`,
      `whom it concerns: ${alert.contact}`,
    ],
    next: rule?.kind === 'monitoring' ? `mlops explain monitoring ${rule.name}` : null,
    page: rule?.page ?? 'troubleshooting',
  };
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(4)));
}
