import type { DataIssue } from '../../data/results/quality.ts';
import type { SchemaField } from '../../data/schema.ts';
import { findColumn } from '../../data/table.ts';
import type { Feature } from '../feature-types.ts';
import { type DataPair, type FeaturePair, featurePair } from './feature-pair.ts';
import { constant } from './issues/constant.ts';
import type { IssueFinder } from './issues/issue-finder.ts';
import { missingJump } from './issues/missing-jump.ts';
import { rangeBreak } from './issues/range-break.ts';
import { sentinel } from './issues/sentinel.ts';
import { typeBreak } from './issues/type-break.ts';
import { unitChange } from './issues/unit-change.ts';
import { unseenCategory } from './issues/unseen-category.ts';

/** In order of what explains more; of these a feature shows the first alone. To add one: its file, and its entry here. */
const valueFaults: readonly IssueFinder[] = [
  typeBreak,
  constant,
  unitChange,
  sentinel,
  rangeBreak,
  unseenCategory,
];

export interface DataIssueQuestion extends DataPair {
  /** The schema's fields, for declared ranges and enums; without them only the reference speaks. */
  readonly fields?: readonly SchemaField[];
}

/**
 * What looks like a fault of the data rather than a change of the population, surest first.
 *
 * A feature shows at most one fault of its values, the one that explains the others, and a jump of its missing values
 * beside it. Never throws for bad data: a missing column or a wrong type is a finding here, where `measureDrift` refuses.
 */
export function findDataIssues(question: DataIssueQuestion): readonly DataIssue[] {
  return question.features
    .flatMap((feature) => issuesOf(question, feature))
    .sort((a, b) => b.confidence - a.confidence);
}

function issuesOf(question: DataIssueQuestion, feature: Feature): readonly DataIssue[] {
  if (findColumn(question.current, feature.name) === undefined) return [missingColumn(question, feature)];
  const field = question.fields?.find((each) => each.name === feature.name);
  const pair = featurePair(question, feature, field);
  if (pair === undefined) return [];
  return [firstOf(valueFaults, pair), missingJump(pair)].filter((issue) => issue !== undefined);
}

function firstOf(finders: readonly IssueFinder[], pair: FeaturePair): DataIssue | undefined {
  for (const finder of finders) {
    const issue = finder(pair);
    if (issue !== undefined) return issue;
  }
  return undefined;
}

function missingColumn({ current }: DataIssueQuestion, feature: Feature): DataIssue {
  return {
    kind: 'missing_column',
    feature: feature.name,
    rows: current.rows,
    example: null,
    confidence: 1,
    sentence: `${feature.name} is no column of the current data`,
  };
}

/** The features that both tables have, of one kind: those that `measureDrift` can compare. */
export function comparableFeatures({ reference, current, features }: DataPair): readonly Feature[] {
  return features.filter(({ name }) => {
    const kind = findColumn(reference, name)?.kind;
    return kind !== undefined && kind === findColumn(current, name)?.kind;
  });
}
