import { rulesOf } from '../../alerting/rules/rules-of.ts';
import type { AlertRuleResult } from '../../data/results/alerts.ts';
import { type Configuration, type RuleName, ruleDefaults } from '../../workspace/index.ts';

/** Every alert rule as mlops.yaml makes it, those that are switched off too. */
export function readRules(config: Configuration): readonly AlertRuleResult[] {
  const names = Object.keys(ruleDefaults).filter((name): name is RuleName => name in ruleDefaults);
  const enabled = { ...config, alerts: { ...config.alerts, rules: allEnabled(config) } };
  const rules = rulesOf(enabled);
  return names.flatMap((name) => {
    const rule = rules.get(name);
    if (rule === undefined) return [];
    const { text } = rule;
    const wanted = config.alerts.rules[name];
    const threshold = rule.kind === 'threshold' ? rule : undefined;
    return [
      {
        name,
        kind: rule.kind,
        enabled: wanted.enabled,
        watches: text.watches,
        unit: text.kind === 'threshold' ? text.unit : null,
        warning: threshold?.warning ?? null,
        critical: threshold?.critical ?? null,
        limits: text.kind === 'threshold' ? text.limits : null,
        hysteresis: threshold?.hysteresis ?? null,
        minimum_sample: threshold?.minimumSample ?? null,
        severity: rule.kind === 'verdict' ? rule.severity : null,
        for: rule.for,
        window: wanted.window ?? text.window,
        repeat: wanted.repeat ?? config.alerts.repeat,
        contact: config.contacts[rule.contact].contact,
        channels: [...(rule.channels ?? config.alerts.channels.map((channel) => channel.name))],
        advice: text.advice,
        page: text.page,
      },
    ];
  });
}

function allEnabled({ alerts: { rules } }: Configuration): Configuration['alerts']['rules'] {
  const copy = structuredClone(rules);
  for (const rule of Object.values(copy)) rule.enabled = true;
  return copy;
}
