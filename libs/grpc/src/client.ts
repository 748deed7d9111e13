/** A typed client over grpc-js for the CLI and for tests. Not a load generator: it tops out at a few thousand calls a second. */
import type { DescMessage, DescMethod, DescService, MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import { type CallOptions, Client as Channel, Metadata, type ServiceError, credentials, status } from '@grpc/grpc-js';
import { DEFAULT_LIMITS } from './limits.ts';
import { decode, encode } from './registration.ts';
import { StatusError } from './status.ts';

export interface ClientOptions {
  /** "host:port". */
  readonly address: string;
  /** Sent as `authorization: Bearer …`; none is sent where it is missing. */
  readonly token?: string;
}

export interface ClientCallOptions {
  readonly signal?: AbortSignal;
  /** The deadline, from now. */
  readonly timeoutMs?: number;
}

type ClientMethod<M extends DescMethod> = M extends { methodKind: 'unary' }
  ? (request: MessageInitShape<M['input']>, options?: ClientCallOptions) => Promise<MessageShape<M['output']>>
  : M extends { methodKind: 'server_streaming' }
    ? (request: MessageInitShape<M['input']>, options?: ClientCallOptions) => AsyncIterable<MessageShape<M['output']>>
    : M extends { methodKind: 'bidi_streaming' }
      ? (
          requests: AsyncIterable<MessageInitShape<M['input']>>,
          options?: ClientCallOptions,
        ) => AsyncIterable<MessageShape<M['output']>>
      : never;

/** One function a method; failures reject with a StatusError. Streams start when they are iterated and end with the iteration. */
export type Client<S extends DescService> = { readonly [K in keyof S['method']]: ClientMethod<S['method'][K]> } & {
  close(): void;
};

export function createClient<S extends DescService>(desc: S, options: ClientOptions): Client<S> {
  const channel = new Channel(options.address, credentials.createInsecure(), {
    // An answer may be larger than a request; loopback never goes through a proxy that the environment names.
    'grpc.max_receive_message_length': DEFAULT_LIMITS.maxSendBytes,
    'grpc.enable_http_proxy': 0,
    'grpc.enable_channelz': 0,
  });
  const metadata = new Metadata();
  if (options.token !== undefined) metadata.set('authorization', `Bearer ${options.token}`);
  const methods = desc.methods.map((method) => [method.localName, clientMethod(channel, metadata, method)]);
  return { ...Object.fromEntries(methods), close: () => channel.close() } as Client<S>;
}

type Init = MessageInitShape<DescMessage>;

function clientMethod(channel: Channel, metadata: Metadata, method: DescMethod): unknown {
  switch (method.methodKind) {
    case 'unary':
      return (request: Init, options?: ClientCallOptions) => unary(channel, metadata, method, request, options);
    case 'server_streaming':
      return (request: Init, options?: ClientCallOptions) => serverStream(channel, metadata, method, request, options);
    case 'bidi_streaming':
      return (requests: AsyncIterable<Init>, options?: ClientCallOptions) => bidi(channel, metadata, method, requests, options);
    case 'client_streaming':
      // No contract has one; the type of the client leaves it out.
      return undefined;
  }
}

function unary(channel: Channel, metadata: Metadata, method: DescMethod, request: Init, options?: ClientCallOptions) {
  return new Promise((resolve, reject) => {
    const bytes = encode(method.input, request);
    const call = channel.makeUnaryRequest(
      pathOf(method),
      identity,
      identity,
      bytes,
      metadata,
      callOptions(options),
      (failure, answer) => {
        options?.signal?.removeEventListener('abort', cancel);
        if (failure !== null) return reject(statusError(failure));
        resolve(decode(method.output, answer ?? Buffer.alloc(0)));
      },
    );
    const cancel = (): void => call.cancel();
    options?.signal?.addEventListener('abort', cancel);
    if (options?.signal?.aborted) cancel();
  });
}

async function* serverStream(
  channel: Channel,
  metadata: Metadata,
  method: DescMethod,
  request: Init,
  options?: ClientCallOptions,
): AsyncGenerator<unknown> {
  const bytes = encode(method.input, request);
  const call = channel.makeServerStreamRequest(pathOf(method), identity, identity, bytes, metadata, callOptions(options));
  yield* answers(call, method, options?.signal);
}

async function* bidi(
  channel: Channel,
  metadata: Metadata,
  method: DescMethod,
  requests: AsyncIterable<Init>,
  options?: ClientCallOptions,
): AsyncGenerator<unknown> {
  const call = channel.makeBidiStreamRequest(pathOf(method), identity, identity, metadata, callOptions(options));
  let sourceFailure: unknown;
  const sent = (async () => {
    for await (const request of requests) {
      if (call.destroyed || call.writableEnded) return;
      if (!call.write(encode(method.input, request))) await drained(call);
    }
    call.end();
  })().catch((thrown: unknown) => {
    sourceFailure = thrown;
    call.cancel();
  });
  try {
    yield* answers(call, method, options?.signal);
  } catch (thrown) {
    throw sourceFailure ?? thrown;
  }
  await sent;
}

interface AnswerStream extends AsyncIterable<Buffer> {
  cancel(): void;
}

async function* answers(call: AnswerStream, method: DescMethod, signal: AbortSignal | undefined): AsyncGenerator<unknown> {
  const cancel = (): void => call.cancel();
  signal?.addEventListener('abort', cancel);
  if (signal?.aborted) cancel();
  try {
    for await (const bytes of call) yield decode(method.output, bytes);
  } catch (thrown) {
    throw statusError(thrown);
  } finally {
    signal?.removeEventListener('abort', cancel);
    call.cancel();
  }
}

/** Until there is room to write, or the call is over. */
function drained(call: NodeJS.EventEmitter): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const name of ['drain', 'close', 'end', 'error']) call.off(name, done);
      resolve();
    };
    for (const name of ['drain', 'close', 'end', 'error']) call.on(name, done);
  });
}

function callOptions(options: ClientCallOptions | undefined): CallOptions {
  return options?.timeoutMs === undefined ? {} : { deadline: Date.now() + options.timeoutMs };
}

function statusError(thrown: unknown): unknown {
  const failure = thrown as Partial<ServiceError>;
  if (typeof failure.code !== 'number') return thrown;
  return new StatusError(failure.code, failure.details ?? status[failure.code], { cause: thrown });
}

function pathOf(method: DescMethod): string {
  return `/${method.parent.typeName}/${method.name}`;
}

function identity(bytes: Buffer): Buffer {
  return bytes;
}
