/** The part of the HTTP request that the controllers read; the process that owns the server puts the principal there. */
import type { Principal } from '@countersign/kernel';

export interface AuthenticatedRequest {
  /** Undefined where no valid token came with the request. */
  readonly principal?: Principal | undefined;
}
