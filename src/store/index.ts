export { type AuditEntry, auditProblems, recordEvent } from './audit.ts';
export { storeProblems } from './integrity.ts';
export * from './model-versions.ts';
export { openStore, type Store } from './store.ts';
