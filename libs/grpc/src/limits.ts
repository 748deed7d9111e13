/** What a peer may ask of the server, set on purpose. */
import type { ServerOptions } from '@grpc/grpc-js';

export interface Limits {
  /** Largest request message. 4 MiB is what gRPC clients expect; the 1 MB texts that must be *answered* (with a deny) fit. */
  readonly maxReceiveBytes: number;
  /** Largest answer: a full page of approvals or rows, with room. */
  readonly maxSendBytes: number;
  /**
   * Calls at once on one connection. Each agent that waits for people holds one open stream, and a gateway holds all its
   * agents' streams on one connection: 500 waiting agents and as many decisions in flight.
   */
  readonly maxConcurrentStreams: number;
  /** A ping after this much silence finds peers that vanished without a FIN; below common NAT and load balancer timeouts. */
  readonly keepaliveTimeMs: number;
  /** How long the peer has to answer the ping. */
  readonly keepaliveTimeoutMs: number;
  /** Connections without a call are closed after this; clients reconnect by themselves. */
  readonly maxConnectionIdleMs: number;
}

const MIB = 1024 * 1024;
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

export const DEFAULT_LIMITS: Limits = {
  maxReceiveBytes: 4 * MIB,
  maxSendBytes: 16 * MIB,
  maxConcurrentStreams: 1_000,
  keepaliveTimeMs: MINUTE_MS,
  keepaliveTimeoutMs: 20 * SECOND_MS,
  maxConnectionIdleMs: 30 * MINUTE_MS,
};

/**
 * As grpc-js wants them. Two limits are Node's own and cannot be set through grpc-js: a header block may be 64 KiB (128 pairs),
 * and a peer that pings or resets too often is cut off by nghttp2's flood protection; there is no minimum ping interval.
 */
export function serverOptions(limits: Limits): ServerOptions {
  return {
    'grpc.max_receive_message_length': limits.maxReceiveBytes,
    'grpc.max_send_message_length': limits.maxSendBytes,
    'grpc.max_concurrent_streams': limits.maxConcurrentStreams,
    'grpc.keepalive_time_ms': limits.keepaliveTimeMs,
    'grpc.keepalive_timeout_ms': limits.keepaliveTimeoutMs,
    'grpc.max_connection_idle_ms': limits.maxConnectionIdleMs,
    // Channelz counts every call and frame for a debugging service that is not served.
    'grpc.enable_channelz': 0,
  };
}
