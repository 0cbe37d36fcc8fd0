import type { ColumnSource } from '../../data/column-source.ts';
import type { DataIssue } from '../../data/results/quality.ts';
import type { SchemaField } from '../../data/schema.ts';
import { findColumn, type Table } from '../../data/table.ts';
import { profileColumn } from '../feature-profile.ts';
import type { Feature } from '../feature-types.ts';
import { extraColumns } from './across/extra-columns.ts';
import { FaultSearch } from './fault-search.ts';
import { type DataPair, pairProfiles } from './feature-pair.ts';
import { typeBreak } from './issues/type-break.ts';
import type { ColumnPair } from './row-order/column-pair.ts';
import { timeZone } from './row-order/time-zone.ts';

export interface DataIssueQuestion extends DataPair {
  /** The schema's fields, for declared ranges and enums; without them only the reference speaks. */
  readonly fields?: readonly SchemaField[];
}

/** What is known of the two sides before any of their values is read. */
export interface OpenSides {
  readonly reference: Pick<ColumnSource, 'rows' | 'columns'>;
  readonly current: Pick<ColumnSource, 'rows' | 'columns'>;
}

/**
 * What looks like a fault of the data rather than a change of the population, surest first.
 *
 * A feature shows at most one fault of its values, the one that explains the others, and beside it a jump of its missing values and
 * what the order of its rows shows; times of both sides are held to one time zone, features or not. Never throws for
 * bad data: a missing column or a wrong type is a finding.
 */
export function findDataIssues({ fields, ...pair }: DataIssueQuestion): readonly DataIssue[] {
  const search = new DataIssueSearch(pair, fields);
  search.add(pair);
  return search.conclude();
}

/** The same, group of columns by group of columns, for sides that do not fit into memory; what it keeps is told at `FaultSearch`. */
export class DataIssueSearch {
  readonly #issues: (DataIssue | undefined)[];
  readonly #search: FaultSearch;
  readonly #declared: ReadonlyMap<string, SchemaField>;

  constructor({ reference, current }: OpenSides, fields: readonly SchemaField[] | undefined) {
    this.#declared = byName(fields ?? []);
    this.#search = new FaultSearch({ reference: reference.rows, current: current.rows });
    this.#issues = fields === undefined ? [] : [...extraColumns(reference, current, fields)];
  }

  add({ reference, current, features }: DataPair): void {
    for (const feature of features) {
      const { name } = feature;
      const [earlier, now] = [findColumn(reference, name), findColumn(current, name)];
      if (now === undefined) this.#issues.push(missingColumn(current, feature));
      if (earlier === undefined || now === undefined) continue;
      const declared = this.#declared.get(name);
      const pair = pairProfiles(feature, profileColumn(earlier), profileColumn(now), declared);
      this.#search.examine(pair, { name, reference: earlier, current: now });
    }
    const examined = new Set(features.map(({ name }) => name));
    for (const column of current.columns) {
      const { name } = column;
      const earlier = findColumn(reference, name);
      if (earlier === undefined || (earlier.type !== 'datetime' && column.type !== 'datetime')) continue;
      const columns = { name, reference: earlier, current: column };
      this.#issues.push(timeZone(columns));
      if (!examined.has(name)) this.#issues.push(timesBroken(columns));
    }
  }

  conclude(): readonly DataIssue[] {
    return [...this.#issues, ...this.#search.conclude()]
      .filter((issue) => issue !== undefined)
      .sort((a, b) => b.confidence - a.confidence);
  }
}

/** Times are compared as no feature, and yet are to stay times. */
function timesBroken({ name, reference, current }: ColumnPair): DataIssue | undefined {
  const noFeature: Feature = { name, type: 'text' };
  return typeBreak(pairProfiles(noFeature, profileColumn(reference), profileColumn(current), undefined));
}

function byName<Named extends { readonly name: string }>(all: readonly Named[]): ReadonlyMap<string, Named> {
  return new Map(all.map((each) => [each.name, each]));
}

function missingColumn(current: Table, feature: Feature): DataIssue {
  return {
    kind: 'missing_column',
    feature: feature.name,
    rows: current.rows,
    example: null,
    confidence: 1,
    sentence: `${feature.name} is no column of the current data`,
  };
}

/** The features that both tables have. */
export function comparableFeatures({ reference, current, features }: DataPair): readonly Feature[] {
  return features.filter(
    ({ name }) => findColumn(reference, name) !== undefined && findColumn(current, name) !== undefined,
  );
}
