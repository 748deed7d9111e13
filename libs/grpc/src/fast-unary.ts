/**
 * Unary calls framed by hand on the HTTP/2 streams of grpc-js' own server: half of what a unary call costs there is its call
 * objects and listeners, and this path has neither. Anything out of the ordinary (compression, a strange content type or timeout)
 * is left to grpc-js, as are all streams.
 */
import type { IncomingHttpHeaders, OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { type Server, status } from '@grpc/grpc-js';
import type { Principal } from '@countersign/kernel';
import { ServerCall, cancellation } from './call.ts';
import type { RawUnary } from './registration.ts';
import { type GrpcLog, type WireStatus, statusOf } from './status.ts';

export interface FastUnary {
  readonly path: string;
  readonly handle: RawUnary;
}

export interface FastUnaryHost {
  /** By the `authorization` header. */
  readonly admit: (authorization: string | undefined) => Principal | WireStatus;
  readonly maxReceiveBytes: number;
  readonly maxSendBytes: number;
  readonly log: GrpcLog;
}

/** The parts of grpc-js' server that are not in its types; a version in which they are not there keeps every call to itself. */
interface Inside {
  readonly http2Servers?: Map<StreamSource, unknown>;
  /** Keeps a connection with running calls from being called idle. */
  readonly onStreamOpened?: (stream: ServerHttp2Stream) => void;
}

type OnStream = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void;

interface StreamSource {
  listeners(event: 'stream'): OnStream[];
  removeAllListeners(event: 'stream'): unknown;
  on(event: 'stream', listener: OnStream): unknown;
}

/** Length-prefixed message: one byte for compression, four for the length. */
const PREFIX_BYTES = 5;

const RESPONSE = { ':status': 200, 'content-type': 'application/grpc' };
/** The same as the flat list that Node takes without looking at each pair. */
const RESPONSE_LIST = [':status', '200', 'content-type', 'application/grpc'];
const OK_TRAILERS = { 'grpc-status': '0' };
const WITH_TRAILERS = { waitForTrailers: true };
const ENDS = { endStream: true };

/** gRPC over HTTP/2: at most eight digits and a unit. */
const TIMEOUT = /^(\d{1,8})([HMSmun])$/;
const MS_OF_UNIT: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };

/** To be called once the server's listeners are made. False where grpc-js has changed inside, and serves these calls itself. */
export function joinFastUnary(server: Server, methods: readonly FastUnary[], host: FastUnaryHost): boolean {
  const inside = server as unknown as Inside;
  const { http2Servers, onStreamOpened } = inside;
  const sources: StreamSource[] = http2Servers instanceof Map ? [...http2Servers.keys()] : [];
  if (sources.length === 0 || typeof onStreamOpened !== 'function') return false;
  const turn = openTurn();
  const byPath = new Map(methods.map(({ path, handle }) => [path, handle]));
  for (const source of sources) {
    const usual = source.listeners('stream');
    source.removeAllListeners('stream');
    source.on('stream', (stream, headers) => {
      const handle = byPath.get(headers[':path'] ?? '');
      if (handle === undefined || !isPlain(headers)) {
        for (const listener of usual) listener(stream, headers);
        return;
      }
      onStreamOpened.call(server, stream);
      new FastCall(stream, headers, handle, host, turn);
    });
  }
  return true;
}

function isPlain(headers: IncomingHttpHeaders): boolean {
  const timeout = headers['grpc-timeout'];
  return (
    headers[':method'] === 'POST' &&
    (headers['content-type'] === 'application/grpc' || headers['content-type'] === 'application/grpc+proto') &&
    (headers['grpc-encoding'] === undefined || headers['grpc-encoding'] === 'identity') &&
    (timeout === undefined || (typeof timeout === 'string' && TIMEOUT.test(timeout)))
  );
}

/**
 * Runs the calls whose requests came in during one turn of the event loop one after the other: the code of the handler stays in the
 * processor's caches, and what they append shares one commit. After `TURN_MS` the rest has to wait for the next turn: large
 * requests that arrive together must not stall the loop together.
 */
function openTurn(): (call: FastCall) => void {
  let waiting: FastCall[] = [];
  const run = (): void => {
    const calls = waiting;
    const startMs = performance.now();
    let done = 0;
    while (done < calls.length && performance.now() - startMs < TURN_MS) calls[done++]?.run();
    waiting = calls.slice(done);
    if (waiting.length > 0) setImmediate(run);
  };
  return (call) => {
    if (waiting.push(call) === 1) setImmediate(run);
  };
}

/** One call: its bytes come in, its answer or status goes out, once. */
class FastCall {
  readonly #stream: ServerHttp2Stream;
  readonly #handle: RawUnary;
  readonly #host: FastUnaryHost;
  readonly #path: string;
  readonly #principal: Principal | WireStatus;
  #deadlineMs = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  readonly #turn: (call: FastCall) => void;
  #received: Buffer[] = [];
  #receivedBytes = 0;
  /** First the prefix, which says how long the message is, then all of it. */
  #wantedBytes = PREFIX_BYTES;
  /** The request message, once it is whole. */
  #request: Buffer | undefined;
  #call: ServerCall | undefined;
  #answered = false;

  constructor(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    handle: RawUnary,
    host: FastUnaryHost,
    turn: (call: FastCall) => void,
  ) {
    this.#turn = turn;
    this.#stream = stream;
    this.#handle = handle;
    this.#host = host;
    this.#path = headers[':path'] ?? '';
    this.#principal = host.admit(headers.authorization);
    // A broken stream has no peer to be told; `close` follows and ends the call.
    stream.on('error', ignore);
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    stream.on('end', () => this.#ended());
    const timeout = headers['grpc-timeout'];
    if (typeof timeout === 'string') this.#limit(timeout);
  }

  get cancelled(): boolean {
    return this.#stream.destroyed || this.#stream.closed;
  }

  getDeadline(): number {
    return this.#deadlineMs;
  }

  once(_event: 'cancelled', listener: () => void): void {
    this.#stream.once('close', listener);
  }

  #limit(timeout: string): void {
    const [, digits = '', unit = ''] = TIMEOUT.exec(timeout) ?? [];
    const ms = Number(digits) * (MS_OF_UNIT[unit] ?? 0);
    this.#deadlineMs = Date.now() + ms;
    this.#timer = setTimeout(() => this.#expire(), Math.min(Math.ceil(ms), MAX_TIMER_MS));
  }

  #expire(): void {
    this.#call?.stop(cancellation(this.#deadlineMs));
    this.#refuse({ code: status.DEADLINE_EXCEEDED, details: 'the deadline of the call has passed' });
  }

  #take(chunk: Buffer): void {
    if (this.#answered) return;
    // Nothing is held for somebody who may not ask.
    if ('code' in this.#principal) return this.#refuse(this.#principal);
    if (this.#request !== undefined)
      return this.#refuse({ code: status.UNIMPLEMENTED, details: 'more than one request message' });
    this.#received.push(chunk);
    this.#receivedBytes += chunk.length;
    if (this.#receivedBytes < this.#wantedBytes) return;
    // Put together when the length is known and when all is there, not with every piece: a long message has hundreds.
    const received = this.#received.length === 1 ? chunk : Buffer.concat(this.#received);
    this.#received = [received];
    const length = received.readUInt32BE(1);
    this.#wantedBytes = PREFIX_BYTES + length;
    if (length > this.#host.maxReceiveBytes) {
      const details = `Received message larger than max (${length} vs ${this.#host.maxReceiveBytes})`;
      this.#refuse({ code: status.RESOURCE_EXHAUSTED, details });
    } else if (received.length >= this.#wantedBytes) this.#whole(received, this.#wantedBytes);
  }

  #whole(received: Buffer, end: number): void {
    this.#received = [];
    if (received[0] !== 0) return this.#refuse({ code: status.INTERNAL, details: 'a compressed message without grpc-encoding' });
    if (received.length > end) return this.#refuse({ code: status.UNIMPLEMENTED, details: 'more than one request message' });
    this.#request = received.subarray(PREFIX_BYTES, end);
    this.#turn(this);
  }

  /** In its turn; a call that has ended meanwhile is not carried out. */
  run(): void {
    const principal = this.#principal;
    if (this.#answered || this.cancelled || this.#request === undefined || 'code' in principal) return;
    const call = new ServerCall(principal, this);
    this.#call = call;
    try {
      const answer = this.#handle(this.#request, call);
      if (answer instanceof Uint8Array) this.#answer(answer);
      else answer.then(this.#answer, this.#fail);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** The peer has sent all it will: without a whole message there is nothing to answer. */
  #ended(): void {
    if (this.#answered || this.#request !== undefined) return;
    const principal = this.#principal;
    this.#refuse('code' in principal ? principal : { code: status.UNIMPLEMENTED, details: 'the request message is missing' });
  }

  readonly #answer = (answer: Buffer): void => {
    if (!this.#settle()) return;
    if (answer.length > this.#host.maxSendBytes) {
      const details = `Attempted to send message with a size larger than ${this.#host.maxSendBytes}`;
      return this.#status({ code: status.RESOURCE_EXHAUSTED, details });
    }
    const stream = this.#stream;
    const frame = Buffer.allocUnsafe(PREFIX_BYTES + answer.length);
    frame[0] = 0;
    frame.writeUInt32BE(answer.length, 1);
    answer.copy(frame, PREFIX_BYTES);
    stream.respond(RESPONSE_LIST as unknown as OutgoingHttpHeaders, WITH_TRAILERS);
    stream.once('wantTrailers', sendOk);
    stream.end(frame);
  };

  readonly #fail = (thrown: unknown): void => {
    this.#refuse(statusOf(thrown, this.#path, this.#host.log));
  };

  #refuse(wire: WireStatus): void {
    if (this.#settle()) this.#status(wire);
  }

  /** True once, and only while there is a peer. */
  #settle(): boolean {
    if (this.#answered) return false;
    this.#answered = true;
    this.#received = [];
    this.#call?.finish();
    clearTimeout(this.#timer);
    return !this.cancelled;
  }

  /** A response of trailers only. */
  #status({ code, details }: WireStatus): void {
    this.#stream.respond({ ...RESPONSE, 'grpc-status': String(code), 'grpc-message': encodeURI(details) }, ENDS);
    // What the peer still sends is dropped; with it unread the stream would never close.
    this.#stream.resume();
  }
}

const TURN_MS = 10;

/** The longest that a timer of Node can be set to. */
const MAX_TIMER_MS = 2 ** 31 - 1;

function sendOk(this: ServerHttp2Stream): void {
  this.sendTrailers(OK_TRAILERS);
}

function ignore(): void {
  // See the constructor of FastCall.
}
