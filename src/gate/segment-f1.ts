import type { GateCriterion } from '../data/results/gate.ts';
import { minimumSegmentRows } from './criteria.ts';
import { f1Of } from './f1-improvement.ts';
import type { Comparison, ScoredModel, Segment } from './question.ts';
import { count, movement, named, percentages, settled, signed } from './wording.ts';

interface SegmentChange {
  readonly name: string;
  readonly rows: number;
  readonly before: number;
  readonly after: number;
  /** Share of the champion's F1 that is lost; below 0 where it grows. */
  readonly loss: number;
}

/**
 * The greatest relative loss of F1 in any one segment.
 *
 * Segments below 30 rows, and segments without a positive row (where F1 is not defined), are named and not judged; when
 * none is left to judge the criterion does not pass. Where the champion's F1 in a segment is 0 there is nothing to lose.
 */
export function segmentF1(comparison: Comparison): GateCriterion {
  const required = comparison.criteria.maximumSegmentLoss;
  if (required === null) {
    const detail = 'Segments are not compared: these criteria ask for none.';
    return { name: 'segment_f1', passed: true, observed: null, required, detail };
  }
  const unknown = (detail: string): GateCriterion => ({
    name: 'segment_f1',
    passed: false,
    observed: null,
    required,
    detail,
  });
  if (comparison.obstacle !== undefined)
    return unknown(`Segments cannot be compared: ${comparison.obstacle}.`);

  const { segments, labels } = comparison;
  const small = segments.filter((segment) => segment.rows.length < minimumSegmentRows);
  const large = segments.filter((segment) => segment.rows.length >= minimumSegmentRows);
  const undefinedF1 = large.filter((segment) => !segment.rows.some((row) => labels[row] === 1));
  const changes = large
    .filter((segment) => !undefinedF1.includes(segment))
    .map((segment) => changeIn(segment, comparison));
  const leftOut = [
    ...(small.length === 0
      ? []
      : [`Too small to judge (fewer than ${minimumSegmentRows} rows): ${named(small.map(nameOf))}.`]),
    ...(undefinedF1.length === 0
      ? []
      : [`Without a positive row, so F1 is not defined: ${named(undefinedF1.map(nameOf))}.`]),
  ];
  const worst = changes.reduce<SegmentChange | undefined>(
    (most, each) => (most === undefined || each.loss > most.loss ? each : most),
    undefined,
  );
  if (worst === undefined) {
    const remedy = 'wait for more labels, or set gate.overrides.maximum_segment_loss: null to do without';
    return unknown([`No segment can be judged: ${remedy}.`, ...leftOut].join(' '));
  }
  return {
    name: 'segment_f1',
    passed: worst.loss <= settled(required),
    observed: worst.loss,
    required,
    detail: [sentence(worst, changes, required), ...leftOut].join(' '),
  };
}

function nameOf(segment: Segment): string {
  return segment.name;
}

function changeIn({ name, rows }: Segment, { champion, challenger, labels }: Comparison): SegmentChange {
  const labelsHere = valuesAt(labels, rows);
  const before = f1Of(onRows(champion, rows), labelsHere);
  const after = f1Of(onRows(challenger, rows), labelsHere);
  const loss = before === 0 ? 0 : settled((before - after) / before);
  return { name, rows: rows.length, before, after, loss };
}

function onRows(model: ScoredModel, rows: Uint32Array): ScoredModel {
  return { ...model, probabilities: valuesAt(model.probabilities, rows) };
}

function valuesAt(values: ArrayLike<number>, rows: Uint32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index++) taken[index] = values[rows[index] ?? 0] ?? Number.NaN;
  return taken;
}

function sentence(worst: SegmentChange, judged: readonly SegmentChange[], required: number): string {
  const [change, allowed] = percentages([-worst.loss, required]);
  const of = judged.length === 1 ? 'the one segment judged' : `the ${count(judged.length)} segments judged`;
  const share = worst.before === 0 ? '' : ` (${signed(change ?? '')})`;
  const f1 = `its F1 ${movement(worst.before, worst.after)}${share} on ${count(worst.rows)} rows`;
  const tooMuch = judged.filter((each) => each.loss > settled(required)).length;
  const others = tooMuch > 1 ? `, and ${count(tooMuch)} of them lose more` : '';
  const least = worst.loss > 0 ? 'loses most' : 'gains least, and none loses';
  return `Of ${of}, '${worst.name}' ${least}: ${f1}; at most ${allowed} may be lost${others}.`;
}
