export { type DriftPageSubject, renderDriftPage } from './drift-page.tsx';
export { driftView } from './drift-view.ts';
