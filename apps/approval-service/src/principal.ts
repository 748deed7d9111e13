/** What the HTTP application puts on a request before a route is reached. */
import type { Principal } from '@countersign/kernel';

export interface AuthenticatedRequest {
  readonly principal: Principal;
  /** Node's own request; its socket closes when the client leaves. */
  readonly raw: { readonly socket: CloseSource };
}

export interface CloseSource {
  once(event: 'close', listener: () => void): unknown;
  off(event: 'close', listener: () => void): unknown;
}
