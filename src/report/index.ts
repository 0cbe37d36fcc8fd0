export { type DriftFormat, driftText } from './drift-formats.ts';
export type { DriftSubject } from './drift-subject.ts';
