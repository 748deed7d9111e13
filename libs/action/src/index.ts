export { type ActionInput, type Analysis, unreadable } from './analysis.ts';
export { type Catalogue, type CatalogueEffect, type ToolEntry, EMPTY_CATALOGUE } from './catalogue.ts';
export { parseCatalogue } from './tools/catalogue-reader.ts';
export type { Program } from './programs/program.ts';
export { type Analyser, type AnalyserCaps, openAnalyser } from './analyser.ts';
export { describeEffects } from './describe.ts';
