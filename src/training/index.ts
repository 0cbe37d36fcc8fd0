export { encodeOnnx } from './onnx-model.ts';
export { defaultTrainingParameters, type TrainingParameters } from './parameters.ts';
export { predictProbabilities } from './predict.ts';
export { temporalSplit } from './temporal-split.ts';
export { type TrainingQuestion, trainBoostedTrees } from './train-boosted-trees.ts';
export type { BoostedTrees, Tree, TreeNode } from './tree.ts';
