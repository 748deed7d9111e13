export { runCli, type ProgramInfo } from './program.ts';
export type { Host, Output } from './host.ts';
