import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isScalar, type Pair, parseDocument, stringify, type YAMLMap } from 'yaml';
import { ConfigurationError, UsageError } from '../platform/errors.ts';
import type { Configuration } from './configuration.ts';
import { parseConfiguration } from './read-configuration.ts';

export type ConfigurationScalar = string | number | boolean | null;

export interface ConfigurationEdit {
  /** The file as it would become: comments, order and everything else as before. */
  readonly text: string;
  /** What the text means, every default filled in. */
  readonly config: Configuration;
}

/**
 * Sets one value of a configuration's text, or takes its key out; the rest stays to the letter wherever the place can be
 * replaced alone, and keeps its comments everywhere.
 * @param keys path of the value, such as `['gate', 'preset']`
 * @param value undefined takes the key out, so that its default holds again
 * @throws ConfigurationError when the text is wrong already; UsageError when the value is not what the key may hold
 */
export function editConfiguration(
  text: string,
  path: string,
  keys: readonly string[],
  value: ConfigurationScalar | undefined,
): ConfigurationEdit {
  parseConfiguration(text, path);
  const document = parseDocument(text);
  const edited = parseDocument(text);
  change(edited, path, keys, value);
  const meaning = edited.toJS();
  if (isDeepStrictEqual(document.toJS(), meaning)) return { text, config: parseConfiguration(text, path) };
  const spliced = splice(text, document, keys, value);
  const whole =
    spliced !== undefined && isDeepStrictEqual(parseDocument(spliced).toJS(), meaning)
      ? spliced
      : edited.toString({ lineWidth: 0 });
  return { text: whole, config: meant(whole, path, keys, value) };
}

function meant(
  text: string,
  path: string,
  keys: readonly string[],
  value: ConfigurationScalar | undefined,
): Configuration {
  try {
    return parseConfiguration(text, path);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new UsageError(`'${value}' is no value for ${keys.join('.')}`, {
      ...(error.why === undefined ? {} : { why: error.why }),
      remedy: 'write another value; nothing was changed',
    });
  }
}

function change(
  document: Document,
  path: string,
  keys: readonly string[],
  value: ConfigurationScalar | undefined,
): void {
  for (let depth = 1; depth < keys.length; depth++) {
    const above = keys.slice(0, depth);
    const node = document.getIn(above, true);
    if (isMap(node)) continue;
    if (node !== undefined) {
      throw new ConfigurationError(`${path}: '${above.join('.')}' is no map of its own`, {
        why: 'it stands for something that is written elsewhere in the file',
        remedy: 'edit that line by hand; nothing was changed',
      });
    }
    if (value === undefined) return;
    document.setIn(above, document.createNode({}));
  }
  if (value === undefined) document.deleteIn(keys);
  else document.setIn(keys, value);
}

/** The text with nothing changed but the value; undefined where the place is not as simple as that. */
function splice(
  text: string,
  document: Document,
  keys: readonly string[],
  value: ConfigurationScalar | undefined,
): string | undefined {
  const node = document.getIn(keys, true);
  if (value !== undefined && isScalar(node) && node.range) {
    return replaced(text, node.range[0], node.range[1], scalarText(value));
  }
  const around = document.getIn(keys.slice(0, -1), true);
  const key = keys.at(-1) ?? '';
  if (!isMap(around)) return undefined;
  return around.flow === true ? inFlowMap(text, around, key, value) : inBlockMap(text, around, key, value);
}

/** `{ one: 1, two: 2 }` */
function inFlowMap(
  text: string,
  { items, range }: YAMLMap,
  key: string,
  value: ConfigurationScalar | undefined,
): string | undefined {
  if (!range || text.slice(range[0], range[1]).includes('\n')) return undefined;
  const kept = items.filter((item) => keyOf(item) !== key).map((item) => sourceOf(text, item));
  const pairs = value === undefined ? kept : [...kept, `${key}: ${scalarText(value)}`];
  return replaced(text, range[0], range[1], pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`);
}

/** A line for each pair. */
function inBlockMap(
  text: string,
  { items }: YAMLMap,
  key: string,
  value: ConfigurationScalar | undefined,
): string | undefined {
  const item = value === undefined ? items.find((each) => keyOf(each) === key) : items.at(-1);
  const [from, until] = item === undefined ? [] : placeOf(item);
  if (from === undefined || until === undefined) return undefined;
  const lineStart = text.lastIndexOf('\n', from) + 1;
  const lineEnd = text.indexOf('\n', until) + 1 || text.length;
  if (value === undefined) return replaced(text, lineStart, lineEnd, '');
  const indentation = text.slice(lineStart, from);
  const before = text.slice(0, lineEnd);
  const line = `${indentation}${key}: ${scalarText(value)}\n`;
  return `${before}${before.endsWith('\n') ? '' : '\n'}${line}${text.slice(lineEnd)}`;
}

function scalarText(value: ConfigurationScalar): string {
  return stringify(value).trimEnd();
}

function replaced(text: string, from: number, until: number, by: string): string {
  return text.slice(0, from) + by + text.slice(until);
}

function keyOf({ key }: Pair): unknown {
  return isScalar(key) ? key.value : undefined;
}

/** Where key and value stand; empty for a value that is no scalar. */
function placeOf({ key, value }: Pair): readonly [number, number] | readonly [] {
  return isScalar(key) && key.range && isScalar(value) && value.range ? [key.range[0], value.range[1]] : [];
}

function sourceOf(text: string, item: Pair): string {
  const [from, until] = placeOf(item);
  return text.slice(from ?? 0, until ?? 0);
}
