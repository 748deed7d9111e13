/** What happens to tokens. The facts are stored; the token itself is shown once and never stored. */
import type { Role } from '@countersign/kernel';

export interface TokenIssued {
  readonly type: 'TokenIssued';
  readonly atMs: number;
  readonly tenant: string;
  readonly tokenId: string;
  /** SHA-256 of the token's text, 32 bytes. */
  readonly tokenHash: Uint8Array;
  readonly subject: string;
  /** Empty for a person, and for a pipeline that nobody owns. */
  readonly owner: string;
  readonly roles: readonly Role[];
  readonly actsFor: readonly string[];
  /** undefined: until it is revoked. */
  readonly expiresAtMs: number | undefined;
  readonly issuedBy: string;
}

export interface TokenRevoked {
  readonly type: 'TokenRevoked';
  readonly atMs: number;
  readonly tenant: string;
  readonly tokenId: string;
  readonly revokedBy: string;
}

export type IdentityEvent = TokenIssued | TokenRevoked;
