export { readConfig, SETTINGS, type StandaloneConfig } from './config.ts';
export { run } from './run.ts';
export { type Standalone, startStandalone } from './start.ts';
