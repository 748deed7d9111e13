/** One map from everything that a handler may throw to the status that the caller gets. */
import { status } from '@grpc/grpc-js';
import { EnvironmentError, messageOf } from '@countersign/kernel';

/** An expected refusal of a call, in the caller's words. Handlers throw it; clients get it back with the same code and message. */
export class StatusError extends Error {
  readonly code: status;

  constructor(code: status, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StatusError';
    this.code = code;
  }
}

/** The bytes are not a message of the expected type: the sender's mistake. */
export class MalformedMessage extends Error {
  constructor(typeName: string, cause: unknown) {
    super(`the message is not a valid ${typeName}: ${messageOf(cause)}`, { cause });
    this.name = 'MalformedMessage';
  }
}

/** What goes on the wire. `details` is the caller's; it never names what broke inside. */
export interface WireStatus {
  readonly code: status;
  readonly details: string;
}

/** Where failures that the caller must not see in detail are written; a pino logger fits. */
export interface GrpcLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Trailers must fit into the peers' header limits (8 KiB is the smallest in use), percent-encoding included. */
const CAP_DETAILS_CHARS = 2_000;

/** The status for whatever was thrown while `path` was handled. Environment trouble and bugs are logged; refusals are not. */
export function statusOf(thrown: unknown, path: string, log: GrpcLog): WireStatus {
  if (thrown instanceof StatusError) return wire(thrown.code, thrown.message);
  if (thrown instanceof MalformedMessage) return wire(status.INVALID_ARGUMENT, thrown.message);
  if (thrown instanceof EnvironmentError) {
    log.warn({ path, err: thrown }, 'call failed: environment');
    return wire(status.UNAVAILABLE, `${thrown.message}. ${thrown.advice}`);
  }
  // What fetch, timers and streams throw when the call's own signal fired.
  if (thrown instanceof Error && thrown.name === 'AbortError') return wire(status.CANCELLED, 'the call was cancelled');
  log.error({ path, err: thrown }, 'call failed: bug');
  return wire(status.INTERNAL, 'internal error: the request was not carried out; the server log has the details');
}

function wire(code: status, message: string): WireStatus {
  // grpc-js encodes with encodeURI, which throws on a lone surrogate.
  return { code, details: message.slice(0, CAP_DETAILS_CHARS).toWellFormed() };
}
