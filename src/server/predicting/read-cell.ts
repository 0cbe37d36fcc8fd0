import { parseIso } from '../../platform/clock.ts';
import type { FeatureRule } from './feature-rule.ts';

/** A value that cannot be one of the feature. */
export class CellFault {
  readonly detail: string;

  constructor(detail: string) {
    this.detail = detail;
  }
}

const expected: Readonly<Record<FeatureRule['type'], string>> = {
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  datetime: 'an ISO 8601 time with its zone',
  string: 'a text',
};

/** The value as the store keeps it: a number, a text, or null where it is missing. */
export function readCell(rule: FeatureRule, value: unknown): number | string | null | CellFault {
  if (value === null)
    return rule.required
      ? new CellFault(`expected ${expected[rule.type]}, a missing value is not allowed`)
      : null;
  const read = typed(rule.type, value);
  return read ?? new CellFault(`expected ${expected[rule.type]}, got ${shown(value)}`);
}

function typed(type: FeatureRule['type'], value: unknown): number | string | undefined {
  switch (type) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    case 'integer':
      return Number.isSafeInteger(value) ? Number(value) : undefined;
    case 'boolean':
      return typeof value === 'boolean' || value === 0 || value === 1 ? Number(value) : undefined;
    case 'datetime':
      return typeof value === 'string' ? parseIso(value) : undefined;
    case 'string':
      return typeof value === 'string' ? value : undefined;
  }
}

function shown(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'a number too large';
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 40))}`;
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : String(value);
}

/** What of the rule's constraints the value does not keep, in words; undefined where it keeps them. */
export function brokenLimit(rule: FeatureRule, value: number | string): string | undefined {
  if (rule.allowed !== undefined && !rule.allowed.has(value))
    return `expected one of ${[...rule.allowed].join(', ')}`;
  if (typeof value === 'number') {
    if (rule.minimum !== undefined && value < rule.minimum)
      return `expected at least ${limit(rule, rule.minimum)}`;
    if (rule.maximum !== undefined && value > rule.maximum)
      return `expected at most ${limit(rule, rule.maximum)}`;
    return undefined;
  }
  const { length } = [...value];
  if (rule.minLength !== undefined && length < rule.minLength)
    return `expected at least ${rule.minLength} characters`;
  if (rule.maxLength !== undefined && length > rule.maxLength)
    return `expected at most ${rule.maxLength} characters`;
  if (rule.pattern !== undefined && !rule.pattern.test(value))
    return `expected text like ${rule.pattern.source}`;
  return undefined;
}

function limit(rule: FeatureRule, value: number): string {
  return rule.type === 'datetime' ? new Date(value).toISOString() : String(value);
}

/** The nearest number that keeps the limits; where it is no number out of a range, the value itself. */
export function clamped(rule: FeatureRule, value: number | string): number | string {
  if (typeof value === 'string') return value;
  return Math.min(rule.maximum ?? value, Math.max(rule.minimum ?? value, value));
}
