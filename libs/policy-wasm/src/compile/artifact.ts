/** The committed Rego compiler: where it lies and which one it is. */
import { sha256Hex } from '@countersign/kernel';
import { EnvironmentError } from '@countersign/kernel';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// The same from src/compile and from dist/compile.
const ARTIFACT = fileURLToPath(new URL('../../compiler/rego-compiler.wasm.br', import.meta.url));

let digest: string | undefined;

/** Brotli bytes of the compiler for WASI. */
export function readArtifact(): Buffer {
  try {
    return readFileSync(ARTIFACT);
  } catch (cause) {
    throw new EnvironmentError(`the Rego compiler is missing: ${ARTIFACT}`, 'install the package again', { cause });
  }
}

/** SHA-256 of the packed compiler: another compiler may give other code, so cached results belong to one. */
export function artifactDigest(): string {
  digest ??= sha256Hex(readArtifact());
  return digest;
}
