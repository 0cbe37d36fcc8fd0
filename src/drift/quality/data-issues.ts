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

/**
 * What looks like a fault of the data rather than a change of the population, surest first.
 *
 * A feature shows at most one fault of its values, the one that explains the others, and beside it a jump of its missing values and
 * what the order of its rows shows; times of both sides are held to one time zone, features or not. Never throws for
 * bad data: a missing column or a wrong type is a finding.
 */
export function findDataIssues(question: DataIssueQuestion): readonly DataIssue[] {
  const { reference, current, features, fields } = question;
  const before = byName(reference.columns);
  const after = byName(current.columns);
  const declared = byName(fields ?? []);
  const search = new FaultSearch({ reference: reference.rows, current: current.rows });
  const issues: (DataIssue | undefined)[] =
    fields === undefined ? [] : [...extraColumns(reference, current, fields)];
  for (const feature of features) {
    const { name } = feature;
    const [earlier, now] = [before.get(name), after.get(name)];
    if (now === undefined) issues.push(missingColumn(current, feature));
    if (earlier === undefined || now === undefined) continue;
    const pair = pairProfiles(feature, profileColumn(earlier), profileColumn(now), declared.get(name));
    search.examine(pair, { name, reference: earlier, current: now });
  }
  const examined = new Set(features.map(({ name }) => name));
  for (const column of current.columns) {
    const { name } = column;
    const earlier = before.get(name);
    if (earlier === undefined || (earlier.type !== 'datetime' && column.type !== 'datetime')) continue;
    issues.push(timeZone({ name, reference: earlier, current: column }));
    if (!examined.has(name)) issues.push(timesBroken({ name, reference: earlier, current: column }));
  }
  return [...issues, ...search.conclude()]
    .filter((issue) => issue !== undefined)
    .sort((a, b) => b.confidence - a.confidence);
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
