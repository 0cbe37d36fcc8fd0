export { type Configuration, configurationDefinition } from './configuration.ts';
export { driftDefaults, minimumSample, trainerDefaults } from './defaults.ts';
export { initWorkspace, openWorkspace, type Workspace } from './workspace.ts';
