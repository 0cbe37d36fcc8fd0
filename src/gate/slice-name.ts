import type { Tree } from '../training/tree.ts';
import { listed } from './wording.ts';

/** A feature as a tree sees it. */
export interface CodedFeature {
  readonly name: string;
  /** One a row, NaN is missing; of a categorical feature the codes of its categories. */
  readonly values: Float64Array;
  /** What a code stands for; undefined for numbers. */
  readonly categories: ((code: number) => string) | undefined;
}

interface Condition {
  readonly above: number;
  readonly upTo: number;
  readonly oneOf: readonly number[] | undefined;
  readonly noneOf: readonly number[];
  /** Rows without the value are among them, if there are any. */
  readonly missing: boolean;
}

const anything: Condition = {
  above: Number.NEGATIVE_INFINITY,
  upTo: Number.POSITIVE_INFINITY,
  oneOf: undefined,
  noneOf: [],
  missing: true,
};

/** The way from the root to a leaf in words: `worst slice: age above 33, region north or east`. */
export function sliceName(features: readonly CodedFeature[], tree: Tree, leaf: number): string {
  const conditions = new Map<number, Condition>();
  for (let child = leaf; child !== 0; ) {
    const parent = tree.findIndex(({ left, right }) => left === child || right === child);
    const node = tree[parent];
    if (node === undefined) break;
    const before = conditions.get(node.feature) ?? anything;
    conditions.set(node.feature, narrowed(before, node, node.left === child));
    child = parent;
  }
  const told = [...conditions].map(([place, condition]) => inWords(features[place], condition)).toReversed();
  return `worst slice: ${told.join(', ')}`;
}

function narrowed(
  before: Condition,
  { categories, threshold, missingLeft }: Tree[number],
  left: boolean,
): Condition {
  const missing = before.missing && missingLeft === left;
  if (categories !== undefined) {
    // Nearer to the leaf is narrower, and is met first.
    return left
      ? { ...before, missing, oneOf: before.oneOf ?? categories }
      : { ...before, missing, noneOf: [...before.noneOf, ...categories] };
  }
  return left
    ? { ...before, missing, upTo: Math.min(before.upTo, threshold) }
    : { ...before, missing, above: Math.max(before.above, threshold) };
}

function inWords(feature: CodedFeature | undefined, condition: Condition): string {
  if (feature === undefined) return '';
  const present = presentValues(feature.categories ?? String, condition);
  const missing = condition.missing && feature.values.some(Number.isNaN) ? ['missing'] : [];
  return `${feature.name} ${[...present, ...missing].join(' or ')}`;
}

/** One phrase; none where only missing values are meant. */
function presentValues(
  textOf: (code: number) => string,
  { above, upTo, oneOf, noneOf }: Condition,
): readonly string[] {
  if (oneOf !== undefined) {
    const left = oneOf.filter((code) => !noneOf.includes(code));
    return left.length === 0 ? [] : [listed(left.map(textOf))];
  }
  if (noneOf.length > 0) return [`other than ${listed(noneOf.map(textOf))}`];
  if (above === Number.POSITIVE_INFINITY) return [];
  const phrases = [
    ...(Number.isFinite(above) ? [`above ${shortened(above)}`] : []),
    ...(Number.isFinite(upTo) ? [`up to ${shortened(upTo)}`] : []),
  ];
  return [phrases.length === 0 ? 'present' : phrases.join(' ')];
}

function shortened(value: number): string {
  return String(Number(value.toPrecision(6)));
}
