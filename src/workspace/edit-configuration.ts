import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isScalar, parseDocument, stringify } from 'yaml';
import { ConfigurationError } from '../platform/errors.ts';
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
 * @throws ConfigurationError when the text is wrong already, or the value is not what the key may hold
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
  const spliced = value === undefined ? undefined : splice(text, document, keys, value);
  const meaning = edited.toJS();
  const whole =
    spliced !== undefined && isDeepStrictEqual(parseDocument(spliced).toJS(), meaning)
      ? spliced
      : edited.toString({ lineWidth: 0 });
  return { text: whole, config: parseConfiguration(whole, path) };
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
    if (node !== undefined && !(isScalar(node) && node.value === null)) {
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

/** The text with only the value replaced, or written into a map on one line; undefined where it takes more than that. */
function splice(
  text: string,
  document: Document,
  keys: readonly string[],
  value: ConfigurationScalar,
): string | undefined {
  const written = stringify(value).trimEnd();
  const place = (from: number, until: number, by: string) => text.slice(0, from) + by + text.slice(until);
  const node = document.getIn(keys, true);
  if (isScalar(node) && node.range) return place(node.range[0], node.range[1], written);
  const around = document.getIn(keys.slice(0, -1), true);
  if (!isMap(around) || around.flow !== true || !around.range) return undefined;
  const [from, until] = around.range;
  const pair = `${keys.at(-1)}: ${written}`;
  if (around.items.length === 0) return place(from, until, `{ ${pair} }`);
  const inside = text.slice(from, until - 1).trimEnd();
  return place(from, until, `${inside}, ${pair} }`);
}
