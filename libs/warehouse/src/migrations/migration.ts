/** A numbered, frozen step of the schema. */
import { sha256Hex } from '@countersign/kernel';

export interface Migration {
  /** From 1, without gaps. */
  readonly version: number;
  readonly name: string;
  /** Run in order; each must be harmless when repeated, since a crash may fall between it and the record that it ran. */
  readonly statements: readonly string[];
}

/** SHA-256 (hex) of the statements: what is stored beside the version and frozen by a test. */
export function checksumOf(migration: Migration): string {
  return sha256Hex(migration.statements.join(';\n'));
}
