import type { BrokenRule, ValidateResult } from '../data/results/validate.ts';

/** What `mlops validate` prints: one line when all is well, else each broken rule with its rows and examples. */
export function validateView({ file, schema, rows, rules }: ValidateResult): string {
  const read = `${file}, ${counted(rows, 'row')}`;
  if (rules.length === 0) return `${read}: valid by ${schema}`;
  return [`${read}: ${counted(rules.length, 'rule')} of ${schema} broken`, ...rules.map(ruleText)].join('\n');
}

function ruleText(rule: BrokenRule): string {
  if (rule.rule === 'missing_column') return `\n${rule.column}: missing; expected ${rule.expected}`;
  if (rule.rule === 'unexpected_column') return `\n${rule.column}: not in the schema`;
  const places = rule.lines ?? rule.rows;
  const where = `${rule.lines === null ? 'row' : 'line'}${places.length === 1 ? '' : 's'} ${places.join(', ')}`;
  const values = rule.examples.map((value) => `'${value}'`).join(', ');
  return [
    `\n${rule.column}: expected ${rule.expected}`,
    `  ${counted(rule.count, 'row')}, ${rule.count > places.length ? 'the first on ' : 'on '}${where}`,
    ...(values === '' ? [] : [`  such as ${values}`]),
  ].join('\n');
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
