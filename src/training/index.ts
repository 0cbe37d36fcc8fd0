export { mostCategories } from './binned-feature.ts';
export {
  type CalibrationChoice,
  type CalibrationMethod,
  chooseCalibration,
  uncalibrated,
} from './calibration/choose-calibration.ts';
export { treesToContinue } from './continued-trees.ts';
export { examineFeatures, type FeatureFaults, leakAuc } from './examination/examine-features.ts';
export type { StartHelper } from './fit/fit.ts';
export { fitBytes } from './fit/fit-bytes.ts';
export type { Model } from './model.ts';
export type { ModelQuestion } from './model-question.ts';
export { encodeOnnx } from './onnx-model.ts';
export {
  type Estimator,
  type EstimatorParameters,
  estimatorParameters,
  type TrainerChoices,
  type TrainingParameters,
  trainingParameters,
} from './parameters.ts';
export { modelScores, predictProbabilities } from './predict.ts';
export { requireBinaryTarget, requireBothClasses } from './require-binary-target.ts';
export { requireFeatures } from './require-parameters.ts';
export { temporalSplit } from './temporal-split.ts';
export { chooseThreshold } from './threshold/choose-threshold.ts';
export type { ThresholdRule } from './threshold/threshold-rule.ts';
export { type TrainingQuestion, trainBoostedTrees } from './train-boosted-trees.ts';
export { trainModel } from './train-model.ts';
export type { BoostedTrees, Tree, TreeNode } from './tree.ts';
export { crossValidate, usableFolds } from './tuning/cross-validate.ts';
export { searchedValues, searchSpace, withValues } from './tuning/search-space.ts';
export {
  randomValues,
  type ScoredValues,
  startUpTrials,
  suggestValues,
  type Values,
} from './tuning/suggest.ts';
