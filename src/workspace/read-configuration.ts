import { readFileSync } from 'node:fs';
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigurationError, fromSystemError } from '../platform/errors.ts';
import {
  type Configuration,
  configurationDefinition,
  type GateConfiguration,
  gateDefinition,
} from './configuration.ts';
import { expectation } from './expectation.ts';
import { isMissing, nearestKind } from './nearest-kind.ts';

type Keys = readonly PropertyKey[];

/**
 * Reads mlops.yaml, every default filled in.
 * @throws ConfigurationError naming file, line and column of the first fault and what was expected there; further
 *   faults follow in its `why`. NoInputError or InputOutputError when the file cannot be read.
 */
export function readConfiguration(path: string): Configuration {
  return parseConfiguration(readConfigurationText(path), path);
}

/** As `readConfiguration`, of a text that is or would become the file at `path`. @throws ConfigurationError */
export function parseConfiguration(text: string, path: string): Configuration {
  return parseYaml(text, path, configurationDefinition, []);
}

/**
 * Reads a file of the gate's criteria: what stands under `gate` in mlops.yaml, alone.
 * @throws as `readConfiguration`
 */
export function readGateCriteria(path: string): GateConfiguration {
  return parseYaml(readConfigurationText(path), path, gateDefinition, ['gate']);
}

/** @param above where in mlops.yaml the content of the file would stand */
function parseYaml<T>(text: string, path: string, definition: z.ZodType<T>, above: Keys): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${path}, line ${line}, column ${col}`;
  };
  const [broken] = document.errors;
  if (broken !== undefined) {
    throw new ConfigurationError(`${place(broken.pos[0])}: not YAML`, {
      why: broken.code === 'MULTIPLE_DOCS' ? 'a second document begins here, after ---' : broken.message,
      remedy: 'correct that line; nothing was changed',
    });
  }
  const input: unknown = plainValue(document, path) ?? {};
  const parsed = definition.safeParse(input);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) =>
    faultsOf(issue, { input, above }).map((fault) => ({ ...fault, at: place(offsetOf(document, fault)) })),
  );
  // A value out of its range can also break a rule of the map around it; the first says what is wrong.
  const [first, ...others] = faults.filter(
    (fault, index) => faults.findIndex((each) => each.at === fault.at) === index,
  );
  throw new ConfigurationError(`${first?.at ?? path}: ${first?.what ?? 'the configuration is not valid'}`, {
    why: [first?.expected ?? '', ...others.map((each) => `${each.at}: ${each.what}, ${each.expected}`)].join(
      '; ',
    ),
    remedy: 'correct what is named; nothing was changed',
  });
}

function plainValue(document: Document, path: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new ConfigurationError(`${path}: not YAML`, {
      why: error instanceof Error ? error.message : String(error),
      remedy: 'correct the aliases (words after *); nothing was changed',
    });
  }
}

/** What was read, and where in mlops.yaml it would stand. */
interface Read {
  readonly input: unknown;
  readonly above: Keys;
}

interface Fault {
  readonly keys: Keys;
  readonly unknownKey: boolean;
  readonly what: string;
  readonly expected: string;
}

/** @param around path of the value that the issue's own path begins at */
function faultsOf(issue: z.core.$ZodIssue, read: Read, around: Keys = []): readonly Fault[] {
  const path = [...around, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      keys: [...path, key],
      unknownKey: true,
      what: `unknown key '${[...path, key].join('.')}'`,
      expected: inOwnWords(issue) ? issue.message : expected(path, read),
    }));
  }
  const meant = issue.code === 'invalid_union' ? nearestKind(issue) : undefined;
  if (meant !== undefined) return meant.flatMap((each) => faultsOf(each, read, path));
  const name = path.join('.');
  const what = isMissing(issue) ? `'${name}' is missing` : `bad value of '${name || 'the document'}'`;
  return [
    {
      keys: path,
      unknownKey: false,
      what,
      expected: inOwnWords(issue) ? issue.message : expected(path, read),
    },
  ];
}

/** What the whole configuration would expect there. */
function expected(path: Keys, { input, above }: Read): string {
  return expectation(
    [...above, ...path],
    above.reduceRight<unknown>((content, key) => ({ [key]: content }), input),
  );
}

/** The definition itself says what it expects. */
function inOwnWords({ message }: z.core.$ZodIssue): boolean {
  return message.startsWith('expected');
}

/** Where the value stands, or its key; the thing around it when it is missing. */
function offsetOf(document: Document, { keys, unknownKey }: Fault): number {
  let node: unknown = document.contents;
  let offset = startOf(node, 0);
  for (const [depth, key] of keys.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (pair === undefined) return offset;
      offset = startOf(pair.key, offset);
      if (unknownKey && depth === keys.length - 1) return offset;
      node = pair.value;
    } else if (isSeq(node)) node = node.items[Number(key)];
    else return offset;
    offset = startOf(node, offset);
  }
  return offset;
}

function startOf(node: unknown, otherwise: number): number {
  return isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise;
}

/** @throws ConfigurationError when it is not UTF-8; NoInputError or InputOutputError when it cannot be read */
export function readConfigurationText(path: string): string {
  let content: Uint8Array;
  try {
    content = readFileSync(path);
  } catch (error) {
    throw fromSystemError(error, `${path} cannot be read`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new ConfigurationError(`${path} is not text`, {
      why: 'it holds bytes that are not UTF-8',
      remedy: 'save it as UTF-8',
    });
  }
}
