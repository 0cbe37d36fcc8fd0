export { encodeOnnx } from './onnx-model.ts';
export { type TrainerChoices, type TrainingParameters, trainingParameters } from './parameters.ts';
export { predictProbabilities } from './predict.ts';
export { requireBinaryTarget } from './require-binary-target.ts';
export { temporalSplit } from './temporal-split.ts';
export { type TrainingQuestion, trainBoostedTrees } from './train-boosted-trees.ts';
export type { BoostedTrees, Tree, TreeNode } from './tree.ts';
