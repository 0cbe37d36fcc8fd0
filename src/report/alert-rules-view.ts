import type { AlertRuleResult } from '../data/results/alerts.ts';
import { grouped, percent } from './figures.ts';
import { wrap } from './wrap.ts';

/** The rules for a terminal: what each watches, by which limits, and whom it concerns. */
export function rulesView(rules: readonly AlertRuleResult[]): string {
  return rules
    .flatMap((rule) => [
      `${rule.name}${rule.enabled ? '' : ' (off)'}: ${limitText(rule)}`,
      ...wrap(`${rule.watches}; ${howText(rule)}`, 94).map((line) => `      ${line}`),
    ])
    .join('\n');
}

/** The same as a Markdown table, for the runbook's page. */
export function rulesMarkdown(rules: readonly AlertRuleResult[]): string {
  const head = [
    'Rule',
    'Watches',
    'Warning',
    'Critical',
    'Limits from',
    'Fires and closes',
    'Contact',
    'What to do',
  ];
  const rows = rules.map((rule) => [
    `\`${rule.name}\``,
    rule.watches,
    rule.kind === 'verdict' ? 'the check says so' : `> ${amount(rule.warning, rule.unit)}`,
    rule.kind === 'verdict'
      ? verdictCritical(rule)
      : rule.critical === null
        ? '–'
        : `> ${amount(rule.critical, rule.unit)}`,
    rule.limits ?? 'the check',
    howText(rule),
    rule.contact,
    `${rule.advice} ([${rule.page}](${rule.page}.md))`,
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function verdictCritical({ severity }: AlertRuleResult): string {
  return severity === 'CRITICAL' ? 'the check says so' : '–';
}

function limitText(rule: AlertRuleResult): string {
  if (rule.kind === 'verdict') return `the verdict of the check, at most ${rule.severity}`;
  if (rule.warning === null && rule.critical === null) return rule.limits ?? '';
  const critical = rule.critical === null ? '' : `, CRITICAL above ${amount(rule.critical, rule.unit)}`;
  return `WARNING above ${amount(rule.warning, rule.unit)}${critical}`;
}

function howText(rule: AlertRuleResult): string {
  const fires =
    rule.for === 1
      ? 'at the first breach'
      : `at ${rule.for} breaches in a row within ${rule.window} of each other`;
  const closes = rule.hysteresis ? `; closes ${amount(rule.hysteresis, rule.unit)} below the limit` : '';
  const sample = rule.minimum_sample ? `; from ${rule.minimum_sample} rows on` : '';
  return `${fires}${closes}${sample}`;
}

function amount(value: number | null, unit: AlertRuleResult['unit']): string {
  if (value === null) return 'the service’s own';
  switch (unit) {
    case 'share':
      return percent(value);
    case 'ms':
      return `${grouped(value)} ms`;
    case 'hours':
      return `${value} h`;
    case 'per_hour':
      return `${grouped(value)} an hour`;
    default:
      return `${value}`;
  }
}
