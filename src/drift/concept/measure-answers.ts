import type { DriftFeature, DriftResult } from '../../data/results/drift.ts';
import type { Column, NumericColumn, Table } from '../../data/table.ts';
import { type ComparisonRules, compareFeature } from '../compare-feature.ts';
import { profileChunks, profileColumn } from '../feature-profile.ts';
import type { Feature } from '../feature-types.ts';
import { measureConcept } from './measure-concept.ts';

/** Rows with what the model said of them and what came true, one entry a row in every part. */
export interface AnsweredRows {
  readonly features: Table;
  readonly prediction?: Column | undefined;
  readonly label?: Column | undefined;
}

export interface AnswersQuestion {
  readonly reference: AnsweredRows;
  readonly current: AnsweredRows;
  /** Rows whose labels are known, where they are others than the current ones: labels come late. */
  readonly labelled?: AnsweredRows;
  readonly features: readonly Feature[];
  readonly rules: ComparisonRules;
  /** With fewer labelled rows on a side errors are not judged. */
  readonly minimumRows: number;
}

type Answers = Pick<DriftResult, 'prediction' | 'label' | 'concept' | 'notes'>;

/**
 * Drift of the model's answers, of the true labels, and of what holds between the two (`measureConcept`); each where both sides
 * have the columns for it. None of them counts among the features.
 */
export function measureAnswers(question: AnswersQuestion): Answers {
  const { reference, current, labelled = current, rules } = question;
  const prediction = compareAlone(reference.prediction, current.prediction, rules);
  const label = compareAlone(reference.label, labelled.label, rules);
  const before = binary(reference);
  const after = binary(labelled);
  const concept =
    before === undefined || after === undefined
      ? null
      : measureConcept({ ...question, reference: before, current: after, falseAlarms: rules.falseAlarms });
  const isTooFew = before !== undefined && after !== undefined && concept === null;
  return {
    ...(prediction === undefined ? {} : { prediction }),
    ...(label === undefined ? {} : { label }),
    ...(concept === null ? {} : { concept }),
    ...(isTooFew
      ? { notes: [`errors are not judged: fewer than ${question.minimumRows} labelled rows on a side`] }
      : {}),
  };
}

function compareAlone(
  reference: Column | undefined,
  current: Column | undefined,
  rules: ComparisonRules,
): DriftFeature | undefined {
  if (reference === undefined || current === undefined) return undefined;
  const feature: Feature = {
    name: reference.name,
    type: isClass(reference) ? 'categorical' : 'numerical',
  };
  const measured = compareFeature(feature, profileColumn(reference), profileColumn(current), rules, (count) =>
    profileChunks(reference, count),
  );
  return rules.convention.decide([measured], rules)[0];
}

const mostClasses = 10;

/** Text, or numbers of few values: classes rather than quantities. */
function isClass(column: Column): boolean {
  if (column.kind === 'text') return true;
  const distinct = new Set<number>();
  for (const value of column.values)
    if (!Number.isNaN(value) && distinct.add(value).size > mostClasses) return false;
  return true;
}

/** Where labels are 0 or 1 and predictions probabilities; else there is no residual to speak of. */
function binary({ features, prediction, label }: AnsweredRows) {
  if (prediction?.kind !== 'numeric' || label?.kind !== 'numeric') return undefined;
  const fits =
    everyPresent(label, (value) => value === 0 || value === 1) &&
    everyPresent(prediction, (value) => value >= 0 && value <= 1);
  return fits ? { features, probabilities: prediction.values, labels: label.values } : undefined;
}

function everyPresent({ values }: NumericColumn, holds: (value: number) => boolean): boolean {
  return values.every((value) => Number.isNaN(value) || holds(value));
}
