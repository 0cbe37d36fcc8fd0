import type { DriftOnset } from '../../data/results/drift.ts';
import type { Column } from '../../data/table.ts';
import { mean } from '../moments.ts';
import { sumBlocks } from './block-sums.ts';
import { type Block, cutBlocks } from './blocks.ts';
import { type ChangePoint, findStepUp } from './change-point.ts';
import { chooseCourse, hasStep } from './choose-course.ts';
import { fitRamp, fitSeason, phaseOf, type Season } from './fits.ts';
import { type Places, placesOf, seasonInWords } from './in-words.ts';
import { rowsAhead, scoreRows } from './row-scores.ts';

/** Rows of one feature in order of time. */
export interface OnsetQuestion {
  readonly reference: Column;
  readonly current: Column;
  /** Epoch milliseconds, ascending; absent where the data have no times. */
  readonly times?: Float64Array | undefined;
}

/** A ramp that goes on is measured by so much of the rows, the last. */
const endShare = 0.05;
/** Fewer rows show no beginning. */
const fewestRows = 20;

/**
 * When a feature began to differ from the reference, with a 95 % interval, and how.
 *
 * Each row is scored by how much its value speaks against the reference (`scoreRows`); the course of those scores' mean is then sought
 * by least squares among five: constant, a step (sudden), a ramp (gradual), a pulse (returning), and some weekdays or hours that are
 * higher (seasonal). The step is preferred to the others unless one's Schwarz criterion is better by 10; all have to be better than the
 * constant by as much. What lay half as far from the reference before has not begun, but changed its degree.
 * @returns undefined where no beginning can be told from chance
 */
export function findOnset({ reference, current, times }: OnsetQuestion): DriftOnset | undefined {
  const values = scoreRows(reference, current);
  if (values.length < fewestRows) return undefined;
  const timed = times !== undefined;
  const positions = times ?? values.map((_, row) => row + 1);
  const places = placesOf(positions, timed);
  const { blocks, length } = cutBlocks(positions, values, timed);
  const course = chooseCourse(sumBlocks(blocks), timed ? length : undefined);
  const rowOf = (block: number) => blocks[Math.min(block, blocks.length - 1)]?.row ?? 0;
  switch (course?.shape) {
    case undefined:
      return asOldAsTheData(places, values);
    case 'sudden':
      return sudden(places, values, blocks);
    case 'gradual': {
      // By one yardstick, that of its end, the mean grows as the shift does; by that of the rows around, as its square.
      const end = Math.min(rowOf(course.fit.end), Math.floor(values.length * (1 - endShare)));
      const byEnd = scoreRows(reference, current, (row) => row >= end);
      const { start, earliest, latest } = fitRamp(sumBlocks(cutBlocks(positions, byEnd, timed).blocks));
      if (hasStep(blocks.slice(0, start))) return sudden(places, values, blocks);
      return since(places, { row: rowOf(start), from: rowOf(earliest), until: rowOf(latest) }, 'gradual');
    }
    case 'returning': {
      // By the rows between alone: those after its last ones are what they were before.
      const [start, end] = [rowOf(course.fit.start), rowOf(course.fit.end)];
      const byInside = scoreRows(reference, current, (row) => row >= start && row < end);
      return cameAndWent(places, byInside, start, end);
    }
    case 'seasonal': {
      // By the higher days alone: the rows after a Sunday are those of a working day.
      const higher =
        ({ period, phases }: Season) =>
        (row: number) =>
          phases.includes(phaseOf(period, positions[row] ?? 0));
      const byHigher = scoreRows(reference, current, higher(course.fit));
      const sums = sumBlocks(cutBlocks(positions, byHigher, timed).blocks);
      const season = fitSeason(sums, course.fit.period, length) ?? course.fit;
      return onSomePhases(places, byHigher, season, higher(season));
    }
  }
}

/** Where the mean is above 0 by more than chance (3 standard errors), and so from the first fifth on. */
function asOldAsTheData(places: Places, values: Float64Array): DriftOnset | undefined {
  const all = mean(values);
  const error = Math.sqrt(mean(values.map((value) => (value - all) ** 2)) / values.length);
  const early = mean(values.subarray(0, Math.ceil(values.length / 5)));
  return all > 3 * error && early >= all / 2 ? fromTheStart(places) : undefined;
}

/**
 * The first of the steps up, where one is followed by a larger one. What was half as far from the reference before has only changed its
 * degree. Rows that were scored by those after the step scatter more than the others and are not asked for an earlier one.
 */
function sudden(places: Places, values: Float64Array, blocks: readonly Block[]): DriftOnset | undefined {
  const found = findStepUp(values);
  if (found === undefined) return undefined;
  const calm = found.row - rowsAhead(values.length);
  const before = blocks.filter(({ row, rows }) => row + rows <= calm);
  if (hasStep(before)) return sudden(places, values.subarray(0, calm), before);
  const isNew = mean(values.subarray(0, found.row)) < mean(values.subarray(found.row)) / 2;
  return isNew ? since(places, found, 'sudden') : fromTheStart(places);
}

function since(places: Places, { row, from, until }: ChangePoint, shape: DriftOnset['shape']): DriftOnset {
  return {
    at: places.exact(row),
    from: places.exact(from),
    until: places.exact(until),
    shape,
    sentence: `since ${places.inWords(row)}, ${places.reach(row, from, until)}`,
  };
}

function fromTheStart(places: Places): DriftOnset {
  const at = places.exact(0);
  return { at, from: at, until: at, shape: null, sentence: `since before ${places.inWords(0)}` };
}

/** Its two ends are sought apart: the beginning among the rows up to the end, and the end among those from the beginning on. */
function cameAndWent(
  places: Places,
  values: Float64Array,
  start: number,
  end: number,
): DriftOnset | undefined {
  const came = findStepUp(values.subarray(0, end));
  const went = findStepUp(values.subarray(start).map((value) => -value));
  if (came === undefined || went === undefined) return undefined;
  const level = mean(values.subarray(came.row, start + went.row));
  if (mean(values.subarray(0, came.row)) >= level / 2) return fromTheStart(places);
  const onset = since(places, came, 'returning');
  const last = places.inWords(start + went.row);
  return { ...onset, sentence: `${onset.sentence}, until ${last}` };
}

/** The beginning is sought among the rows of the higher weekdays or hours alone. */
function onSomePhases(
  places: Places,
  values: Float64Array,
  season: Season,
  isHigher: (row: number) => boolean,
): DriftOnset | undefined {
  const rows = Uint32Array.from(values.keys()).filter(isHigher);
  const found =
    season.start === 0 ? undefined : findStepUp(Float64Array.from(rows, (row) => values[row] ?? 0));
  const rowOf = (index: number) => rows[index] ?? 0;
  const onset =
    found === undefined
      ? fromTheStart(places)
      : since(
          places,
          { row: rowOf(found.row), from: rowOf(found.from), until: rowOf(found.until) },
          'seasonal',
        );
  return { ...onset, shape: 'seasonal', sentence: `${onset.sentence}, ${seasonInWords(season)}` };
}
