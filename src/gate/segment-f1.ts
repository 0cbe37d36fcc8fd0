import type { GateCriterion, GateSegment } from '../data/results/gate.ts';
import { falseDiscoveryRate } from './compare-segments.ts';
import type { Comparison } from './question.ts';
import { count, listed, movement, percentages, settled, signed, written } from './wording.ts';

/**
 * No segment in which more of the champion's F1 is lost than allowed: it fails where such a loss is established, so that
 * noise on few rows rejects nobody. Where the rows tell neither this nor the contrary it says so, segment by segment;
 * when none has rows and positives enough to look at, the criterion does not pass.
 */
export function segmentF1({ criteria, obstacle, compared }: Comparison): GateCriterion {
  const required = criteria.maximumSegmentLoss;
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
  if (compared === null) return unknown(`Segments cannot be compared: ${obstacle}.`);
  const { segments, establishedLoss } = compared;
  const undecided = notEnoughEvidence(segments);
  if (establishedLoss === null) {
    const remedy = 'wait for more labels, or set gate.overrides.maximum_segment_loss: null to do without';
    return unknown([`No segment can be judged: ${remedy}.`, ...undecided].join(' '));
  }
  return {
    name: 'segment_f1',
    passed: establishedLoss <= settled(required),
    observed: establishedLoss,
    required,
    detail: [verdict(segments, required), ...undecided].join(' '),
  };
}

function verdict(segments: readonly GateSegment[], required: number): string {
  const [allowed, rate] = percentages([required, falseDiscoveryRate]);
  const worse = byLoss(segments.filter((segment) => segment.verdict === 'worse'));
  const rule = `of F1 beyond the allowed ${allowed} is established in`;
  const judged = `(false discovery rate ${rate})`;
  if (worse.length > 0)
    return `A loss ${rule} ${count(worse.length)} of ${count(segments.length)} segments ${judged}: ${listed(worse.map(change))}.`;
  const where = segments.length === 1 ? 'the one segment' : `any of ${count(segments.length)} segments`;
  const [most] = byLoss(segments).filter((segment) => lossIn(segment) > 0);
  const seen = most === undefined ? 'none loses on these rows' : `greatest loss seen: ${change(most)}`;
  return `No loss ${rule} ${where} ${judged}; ${seen}.`;
}

function notEnoughEvidence(segments: readonly GateSegment[]): readonly string[] {
  const undecided = byLoss(segments.filter((segment) => segment.verdict === 'not_enough_evidence'));
  if (undecided.length === 0) return [];
  const names = undecided.map(({ name, ...segment }) => `'${name}' (${size(segment)})`);
  return [`Not enough evidence to tell in ${count(undecided.length)}: ${listed(names)}.`];
}

function change(segment: GateSegment): string {
  const { name, champion_f1, challenger_f1, interval } = segment;
  const [share] = percentages([-lossIn(segment)]);
  const between =
    interval === null
      ? ''
      : `, 95 % interval of the difference ${written([interval.low, interval.high], 3).map(signed).join(' to ')}`;
  return `'${name}', F1 ${movement(champion_f1 ?? 0, challenger_f1 ?? 0)} (${signed(share ?? '')}${between}) on ${size(segment)}`;
}

function size({ rows, positives }: Pick<GateSegment, 'rows' | 'positives'>): string {
  return `${count(rows)} rows, ${count(positives)} positive`;
}

function byLoss(segments: readonly GateSegment[]): readonly GateSegment[] {
  return segments.toSorted((a, b) => lossIn(b) - lossIn(a));
}

/** Share of the champion's F1 that is lost, below 0 where it grows; 0 where there is nothing to lose. */
function lossIn({ champion_f1, challenger_f1 }: GateSegment): number {
  if (champion_f1 === null || challenger_f1 === null || champion_f1 === 0) return 0;
  return settled((champion_f1 - challenger_f1) / champion_f1);
}
