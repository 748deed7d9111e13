/** Finds and masks secrets before anything is stored or shown. */
export { type Finding, type Masked, type SecretKind, mapSpan } from './masked.ts';
export { type MaskedJson, type Masker, createMasker, mask } from './masker.ts';
