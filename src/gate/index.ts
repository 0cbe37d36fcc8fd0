export {
  type BootstrapFloors,
  type DecisionCosts,
  type GateCriteria,
  type GateOverrides,
  type GatePreset,
  gateCriteria,
  gatePresets,
} from './criteria.ts';
export { evaluateGate } from './evaluate-gate.ts';
export type { ProtectedColumn } from './group-differences.ts';
export type { GateQuestion, ScoredModel, Segment } from './question.ts';
export { type RejudgedDecision, rejudge, withChanges } from './rejudge.ts';
export { type SegmentFeature, type SegmentPlan, segmentsOf } from './segments.ts';
export { worstSlice } from './worst-slice.ts';
