import type { DriftFeature } from '../data/results/drift.ts';
import { fieldRole, type SchemaField, type TableSchema } from '../data/schema.ts';
import { type Column, findColumn, type Table } from '../data/table.ts';
import { areVectors } from './kinds/vectors.ts';

export type FeatureType = DriftFeature['type'];

export interface Feature {
  readonly name: string;
  readonly type: FeatureType;
}

/** The features among the columns of a pair, and their types. */
export type TypingRule = (reference: Table, current: Table) => readonly Feature[];

const fewValues = 10;

/**
 * Types as Evidently 0.7.23 infers them from the pair: numbers with fractions are numerical, whole numbers of at most ten
 * distinct values categorical; text with more than half of its values distinct is free text, else categorical.
 */
export function inferLikeEvidently(reference: Table, current: Table): readonly Feature[] {
  return shared(reference, current)
    .filter(({ type }) => type !== 'datetime')
    .map((column) => ({
      name: column.name,
      type: inferred(column, findColumn(current, column.name)),
    }));
}

/** Types by the columns alone, the same whichever values a week brings: numbers numerical, booleans and text categorical, times by their pattern. */
export function featureTypes(reference: Table, current: Table): readonly Feature[] {
  return shared(reference, current).map((column) => ({ name: column.name, type: byColumn(column) }));
}

/** The schema's features: its `measure`, else numbers numerical, times by their pattern and the rest categorical. */
export function schemaFeatureTypes(schema: TableSchema): readonly Feature[] {
  return schema.fields
    .filter((field) => fieldRole(field) === 'feature')
    .map((field) => ({ name: field.name, type: field.measure ?? byField(field.type) }));
}

function byField(type: SchemaField['type']): FeatureType {
  if (type === 'datetime') return 'time';
  return type === 'number' || type === 'integer' ? 'numerical' : 'categorical';
}

function shared(reference: Table, current: Table): readonly Column[] {
  return reference.columns.filter((column) => findColumn(current, column.name) !== undefined);
}

function byColumn(column: Column): FeatureType {
  if (column.kind === 'text' && areVectors(column.dictionary)) return 'embedding';
  if (column.kind === 'text') return isFreeText(column) ? 'text' : 'categorical';
  if (column.type === 'datetime') return 'time';
  return column.type === 'boolean' ? 'categorical' : 'numerical';
}

/** Evidently looks at the current file first, and at the reference where the current one says nothing else. */
function inferred(reference: Column, current: Column | undefined): FeatureType {
  const column = current ?? reference;
  if (column.kind === 'text') return isFreeText(column) ? 'text' : 'categorical';
  if (column.type !== 'integer' || column.values.some(Number.isNaN)) return byColumn(column);
  return hasFewValues(column.values) ? 'categorical' : 'numerical';
}

function hasFewValues(values: Float64Array): boolean {
  const seen = new Set<number>();
  return values.every((value) => seen.add(value).size <= fewValues);
}

function isFreeText(column: Extract<Column, { kind: 'text' }>): boolean {
  const present = column.codes.reduce((count, code) => count + (code >= 0 ? 1 : 0), 0);
  return column.dictionary.length > present / 2;
}
