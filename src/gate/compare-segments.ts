import { benjaminiHochberg } from '../data/benjamini-hochberg.ts';
import type { GateSegment } from '../data/results/gate.ts';
import { minimumSegmentRows } from './criteria.ts';
import { endOf, type F1Difference, f1Difference } from './f1-difference.ts';
import type { GateQuestion, ScoredModel, Segment } from './question.ts';
import { settled } from './wording.ts';

/** Share of the segments called worse that are not: runbook/decisions/0024. */
export const falseDiscoveryRate = 0.05;
/** Chance beyond either end of the 95 % intervals. */
const outsideInterval = 0.025;
/** With fewer, even the worst of all outcomes has a chance above `outsideInterval`: one half for each row. */
const fewestDiscordant = Math.ceil(-Math.log2(outsideInterval));

export interface SegmentsCompared {
  readonly segments: readonly GateSegment[];
  /**
   * The greatest share of the champion's F1 whose loss is established in any segment: 0 where none is; null where no segment
   * has rows and positives enough to look at.
   */
  readonly establishedLoss: number | null;
}

interface Compared {
  readonly segment: Segment;
  readonly f1: F1Difference | undefined;
}

/**
 * Every segment with the difference of F1 on its rows, an interval, and whether a loss beyond `allowed` is established, at a
 * false discovery rate of 5 % over the segments. A segment enters the test by its number of rows and of rows decided
 * differently alone, neither of which says which model is better (Tarone 1990).
 * @param allowed relative loss of F1, 0..1
 */
export function compareSegments(
  { challenger, labels, segments }: GateQuestion,
  champion: ScoredModel,
  allowed: number,
): SegmentsCompared {
  const compared = segments.map((segment) => ({
    segment,
    f1: segment.rows.some((row) => labels[row] === 1)
      ? f1Difference(champion, challenger, labels, segment.rows)
      : undefined,
  }));
  const judged = compared.flatMap(({ segment, f1 }) =>
    f1 !== undefined && segment.rows.length >= minimumSegmentRows ? [f1] : [],
  );
  const tested = judged.filter(({ discordant }) => discordant >= fewestDiscordant);
  const pValues = tested.map((f1) => f1.pValue(allowed));
  const { q } = benjaminiHochberg(pValues);
  return {
    segments: compared.map((each) => {
      const place = each.f1 === undefined ? -1 : tested.indexOf(each.f1);
      return outcome(each, allowed, pValues[place] ?? null, q[place] ?? null);
    }),
    establishedLoss: judged.length === 0 ? null : settled(endOf((loss) => isEstablished(tested, loss), 0, 1)),
  };
}

function isEstablished(tested: readonly F1Difference[], loss: number): boolean {
  return benjaminiHochberg(tested.map((f1) => f1.pValue(loss))).q.some((q) => q <= falseDiscoveryRate);
}

function outcome(
  { segment, f1 }: Compared,
  allowed: number,
  pValue: number | null,
  qValue: number | null,
): GateSegment {
  const interval = f1 === undefined || qValue === null ? null : f1.interval(outsideInterval);
  return {
    name: segment.name,
    rows: segment.rows.length,
    positives: f1?.positives ?? 0,
    verdict:
      qValue !== null && qValue <= falseDiscoveryRate
        ? 'worse'
        : f1 !== undefined && interval !== null && interval.low >= -allowed * f1.before
          ? 'within'
          : 'not_enough_evidence',
    champion_f1: f1?.before ?? null,
    challenger_f1: f1?.after ?? null,
    interval,
    p_value: pValue,
    q_value: qValue,
  };
}
