export { type ArtifactKind, artifactPath, readArtifact } from './artifacts.ts';
export { keepTable } from './keep-table.ts';
export {
  findChallenger,
  findProduction,
  findProductionAt,
  type GoldenRow,
  listVersions,
  type ModelVersion,
  requireProduction,
  requireVersion,
} from './model-version.ts';
export {
  alternatives,
  type Change,
  type NewVersion,
  promoteVersion,
  registerVersion,
  rollbackTarget,
  rollbackVersion,
} from './transition.ts';
