export {
  type BootstrapFloors,
  type GateCriteria,
  type GateOverrides,
  type GatePreset,
  gateCriteria,
  gatePresets,
} from './criteria.ts';
export { evaluateGate } from './evaluate-gate.ts';
export type { GateQuestion, ScoredModel, Segment } from './question.ts';
export { type RejudgedDecision, rejudge, withChanges } from './rejudge.ts';
export { type SegmentFeature, segmentsOf } from './segments.ts';
