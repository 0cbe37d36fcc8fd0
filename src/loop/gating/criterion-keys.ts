import { parse } from 'yaml';
import { gateCriteria } from '../../gate/index.ts';
import { UsageError } from '../../platform/errors.ts';
import { nearest } from '../../platform/nearest.ts';
import { type Configuration, gateKeys } from '../../workspace/index.ts';

/**
 * A key of the gate as a person writes it, with or without `gate.overrides.` before it, and its path in mlops.yaml.
 * @throws UsageError for one that there is not
 */
export function knownKey(text: string): { readonly key: string; readonly keys: readonly string[] } {
  const key = text.replace(/^gate\.(?:overrides\.)?/, '');
  const keys = gateKeys.get(key);
  if (keys !== undefined) return { key, keys };
  const [guess] = nearest(key, gateKeys.keys());
  throw new UsageError(`the gate has no '${text}'`, {
    why: `it has ${[...gateKeys.keys()].join(', ')}`,
    remedy: guess === undefined ? 'name one of these' : `mlops gate set ${guess} VALUE --reason TEXT`,
  });
}

/** A value as it is written in YAML; undefined for `default`, which takes the key out. */
export function settingFrom(text: string): string | number | boolean | null | undefined {
  if (text === 'default') return undefined;
  try {
    const value: unknown = parse(text);
    if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  } catch {
    // Not YAML: the configuration says what it expects in its place.
  }
  return text;
}

/** What holds for a key: what is set, else the preset's. */
export function settingOf({ gate }: Configuration, key: string): string | number | null {
  if (key === 'preset') return gate.preset;
  const criteria = gateCriteria(gate.preset, gate.overrides);
  const name = key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const value: unknown = new Map<string, unknown>(Object.entries(criteria)).get(name);
  return typeof value === 'number' ? value : null;
}
