/** A service as its handlers: typed ones wrapped with protobuf-es codecs, raw ones (bytes in, bytes out) as they are. */
import {
  type DescMessage,
  type DescMethod,
  type DescService,
  type MessageInitShape,
  type MessageShape,
  create,
  fromBinary,
  toBinary,
} from '@bufbuild/protobuf';
import type { Call } from './call.ts';
import { MalformedMessage } from './status.ts';

type Awaitable<T> = T | Promise<T>;

/** The handler of one method, typed by its kind. Throw a StatusError to refuse. */
export type Handler<M extends DescMethod> = M extends { methodKind: 'unary' }
  ? (request: MessageShape<M['input']>, call: Call) => Awaitable<MessageInitShape<M['output']>>
  : M extends { methodKind: 'server_streaming' }
    ? (request: MessageShape<M['input']>, call: Call) => AsyncIterable<MessageInitShape<M['output']>>
    : M extends { methodKind: 'client_streaming' }
      ? (requests: AsyncIterable<MessageShape<M['input']>>, call: Call) => Awaitable<MessageInitShape<M['output']>>
      : M extends { methodKind: 'bidi_streaming' }
        ? (requests: AsyncIterable<MessageShape<M['input']>>, call: Call) => AsyncIterable<MessageInitShape<M['output']>>
        : never;

/** The same on message bytes. The request's Buffer is the handler's to keep; the answer must be a Buffer, not any Uint8Array. */
export type RawHandler<M extends DescMethod> = M extends { methodKind: 'unary' }
  ? RawUnary
  : M extends { methodKind: 'server_streaming' }
    ? RawServerStream
    : M extends { methodKind: 'client_streaming' }
      ? RawClientStream
      : M extends { methodKind: 'bidi_streaming' }
        ? RawBidi
        : never;

export type RawUnary = (request: Buffer, call: Call) => Awaitable<Buffer>;
export type RawServerStream = (request: Buffer, call: Call) => AsyncIterable<Buffer>;
export type RawClientStream = (requests: AsyncIterable<Buffer>, call: Call) => Awaitable<Buffer>;
export type RawBidi = (requests: AsyncIterable<Buffer>, call: Call) => AsyncIterable<Buffer>;

export type MethodRegistration =
  | { readonly desc: DescMethod; readonly kind: 'unary'; readonly handle: RawUnary }
  | { readonly desc: DescMethod; readonly kind: 'server_streaming'; readonly handle: RawServerStream }
  | { readonly desc: DescMethod; readonly kind: 'client_streaming'; readonly handle: RawClientStream }
  | { readonly desc: DescMethod; readonly kind: 'bidi_streaming'; readonly handle: RawBidi };

export interface ServiceRegistration {
  readonly desc: DescService;
  readonly methods: readonly MethodRegistration[];
}

/**
 * Ties handlers to a service. Every method needs one, typed in `handlers` or raw in `raw`; a raw one decodes for itself and
 * should throw `malformed(desc, cause)` for bytes it cannot read.
 */
export function registration<S extends DescService, R extends keyof S['method'] = never>(
  desc: S,
  handlers: { readonly [K in Exclude<keyof S['method'], R>]: Handler<S['method'][K]> },
  raw?: { readonly [K in R]: RawHandler<S['method'][K]> },
): ServiceRegistration {
  const typed = handlers as Readonly<Record<string, AnyHandler>>;
  const bytes = (raw ?? {}) as Readonly<Record<string, MethodRegistration['handle']>>;
  const methods = desc.methods.map((method) => {
    const handle = bytes[method.localName] ?? wrap(method, typed[method.localName]);
    return { desc: method, kind: method.methodKind, handle } as MethodRegistration;
  });
  return { desc, methods };
}

/** Decodes, or throws a MalformedMessage (INVALID_ARGUMENT for the caller). Strings must be valid UTF-8. */
export function decode<D extends DescMessage>(desc: D, bytes: Uint8Array): MessageShape<D> {
  try {
    return fromBinary(desc, bytes);
  } catch (cause) {
    throw new MalformedMessage(desc.typeName, cause);
  }
}

/** grpc-js calls `copy` on what it is given: a Uint8Array would fail the call after the work was done. */
export function encode<D extends DescMessage>(desc: D, message: MessageInitShape<D>): Buffer {
  const bytes = toBinary(desc, create(desc, message));
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

// Inside the wrapper the method's kind ties input, output and handler together; the compiler cannot follow that.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type AnyHandler = (request: any, call: Call) => any;

function wrap(method: DescMethod, handler: AnyHandler | undefined): MethodRegistration['handle'] {
  if (handler === undefined) throw new TypeError(`no handler for ${method.parent.typeName}/${method.name}`);
  const { input, output } = method;
  switch (method.methodKind) {
    case 'unary':
      return async (request: Buffer, call: Call) => encode(output, await handler(decode(input, request), call));
    case 'server_streaming':
      return (request: Buffer, call: Call) => encodeAll(output, handler(decode(input, request), call));
    case 'client_streaming':
      return async (requests: AsyncIterable<Buffer>, call: Call) =>
        encode(output, await handler(decodeAll(input, requests), call));
    case 'bidi_streaming':
      return (requests: AsyncIterable<Buffer>, call: Call) => encodeAll(output, handler(decodeAll(input, requests), call));
  }
}

async function* decodeAll(desc: DescMessage, requests: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
  for await (const bytes of requests) yield decode(desc, bytes);
}

async function* encodeAll(desc: DescMessage, answers: AsyncIterable<MessageInitShape<DescMessage>>): AsyncGenerator<Buffer> {
  for await (const answer of answers) yield encode(desc, answer);
}
