export { type ActionInput, type Analysis, unreadable } from './analysis.ts';
export { type Analyser, type AnalyserCaps, openAnalyser } from './analyser.ts';
export { describeEffects } from './describe.ts';
