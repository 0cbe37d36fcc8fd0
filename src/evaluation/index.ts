export { evaluateModel } from './evaluate-model.ts';
export { fewest as fewestInSegment } from './segment-figures.ts';
