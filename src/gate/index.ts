export {
  type BootstrapFloors,
  type DecisionCosts,
  type GateCriteria,
  type GateOverrides,
  type GatePreset,
  gateCriteria,
  gatePresets,
} from './criteria.ts';
export { earlyLabelsDiffer } from './early-labels.ts';
export { evaluateGate } from './evaluate-gate.ts';
export type { ProtectedColumn } from './group-differences.ts';
export { type ImmatureWeeks, immatureWeeks } from './immature-weeks.ts';
export type { GateQuestion, ScoredModel, Segment } from './question.ts';
export { type RejudgedDecision, rejudge, withChanges } from './rejudge.ts';
export { type SegmentFeature, type SegmentPlan, segmentsOf } from './segments.ts';
export type { LabelSelection } from './weigh-selection.ts';
export { worstSlice } from './worst-slice.ts';
