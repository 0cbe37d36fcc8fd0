export { listPages } from './list-pages.ts';
export type { Operator } from './operator.ts';
export {
  contentHash,
  type OwnPages,
  type PageSource,
  pageSources,
  readPage,
  requirePage,
  requireStep,
} from './page-sources.ts';
export { parsePage } from './parse-page.ts';
export { planPage } from './plan-page.ts';
export { endIncident, listIncidents, reportIncident } from './report-incident.ts';
export { type RunEnded, type RunRequest, resumeRun, runPage } from './run-page.ts';
export { isTrustedPage, trustSource } from './trust.ts';
export { unattended } from './unattended.ts';
