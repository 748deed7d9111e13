/** Runs registered methods on grpc-js: admission, cancellation, back pressure and the way errors go out. */
import {
  type Metadata,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type UntypedHandleCall,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import type { Principal } from '@countersign/kernel';
import { ServerCall, cancellation } from './call.ts';
import { Inbox } from './inbox.ts';
import type { MethodRegistration, RawBidi, RawClientStream, RawServerStream, RawUnary } from './registration.ts';
import { type GrpcLog, type StatusError, type WireStatus, statusOf } from './status.ts';

/** Lets a call in as somebody, by its `authorization` header, or says why not. */
export type Admit = (authorization: string | undefined) => Principal | WireStatus;

export interface Host {
  readonly log: GrpcLog;
  /** Ways to end the streams that run now; unary calls end by themselves. */
  readonly streams: Set<(reason: StatusError) => void>;
}

const BEARER = 'Bearer ';

const NO_TOKEN: WireStatus = {
  code: status.UNAUTHENTICATED,
  details: 'no token: send the metadata "authorization: Bearer <token>" (countersign token create makes one)',
};

const BAD_TOKEN: WireStatus = {
  code: status.UNAUTHENTICATED,
  details: 'the token is unknown, expired or revoked: ask an administrator for a new one (countersign token create)',
};

/** `authenticate` is asked for each call, so that a revoked token stops working at once; it must be cheap (a map lookup). */
export function admitByToken(authenticate: (token: string) => Principal | undefined): Admit {
  return (authorization) => {
    if (authorization === undefined || !authorization.startsWith(BEARER)) return NO_TOKEN;
    return authenticate(authorization.slice(BEARER.length)) ?? BAD_TOKEN;
  };
}

function authorizationOf(metadata: Metadata): string | undefined {
  const [value] = metadata.get('authorization');
  return typeof value === 'string' ? value : undefined;
}

/** The grpc-js handler of one method. */
export function serve(method: MethodRegistration, path: string, admit: Admit, host: Host): UntypedHandleCall {
  switch (method.kind) {
    case 'unary':
      return unary(method.handle, path, admit, host);
    case 'server_streaming':
      return serverStream(method.handle, path, admit, host);
    case 'client_streaming':
      return clientStream(method.handle, path, admit, host);
    case 'bidi_streaming':
      return bidi(method.handle, path, admit, host);
  }
}

function unary(handle: RawUnary, path: string, admit: Admit, { log }: Host): UntypedHandleCall {
  return (surface: ServerUnaryCall<Buffer, Buffer>, respond: sendUnaryData<Buffer>) => {
    const principal = admit(authorizationOf(surface.metadata));
    if ('code' in principal) return respond(principal);
    const call = new ServerCall(principal, surface);
    const succeed = (answer: Buffer): void => {
      call.finish();
      respond(null, answer);
    };
    const fail = (thrown: unknown): void => {
      call.finish();
      respond(statusOf(thrown, path, log));
    };
    try {
      const answer = handle(surface.request, call);
      if (answer instanceof Uint8Array) succeed(answer);
      else answer.then(succeed, fail);
    } catch (thrown) {
      fail(thrown);
    }
  };
}

function serverStream(handle: RawServerStream, path: string, admit: Admit, host: Host): UntypedHandleCall {
  return (surface: ServerWritableStream<Buffer, Buffer>) => {
    const principal = admit(authorizationOf(surface.metadata));
    if ('code' in principal) return void surface.emit('error', principal);
    const call = new ServerCall(principal, surface);
    void send(
      surface,
      call,
      path,
      host,
      (reason) => call.stop(reason),
      () => handle(surface.request, call),
    );
  };
}

function bidi(handle: RawBidi, path: string, admit: Admit, host: Host): UntypedHandleCall {
  return (surface: ServerDuplexStream<Buffer, Buffer>) => {
    const principal = admit(authorizationOf(surface.metadata));
    if ('code' in principal) return refuseStream(surface, () => surface.emit('error', principal));
    const call = new ServerCall(principal, surface);
    const inbox = new Inbox(surface, () => cancellation(call.deadlineMs));
    // What was received is still answered; the status then tells the caller where to go on.
    const stop = (reason: StatusError): void => {
      call.stop(reason);
      inbox.end();
    };
    void send(surface, call, path, host, stop, () => handle(inbox, call));
  };
}

function clientStream(handle: RawClientStream, path: string, admit: Admit, host: Host): UntypedHandleCall {
  return (surface: ServerReadableStream<Buffer, Buffer>, respond: sendUnaryData<Buffer>) => {
    const principal = admit(authorizationOf(surface.metadata));
    if ('code' in principal) return refuseStream(surface, () => respond(principal));
    const call = new ServerCall(principal, surface);
    const inbox = new Inbox(surface, () => cancellation(call.deadlineMs));
    const answered = (async () => handle(inbox, call))();
    const stop = (reason: StatusError): void => call.stop(reason);
    host.streams.add(stop);
    void answered
      .then(
        (answer) => respond(null, answer),
        (thrown: unknown) => respond(statusOf(thrown, path, host.log)),
      )
      .finally(() => {
        call.finish();
        host.streams.delete(stop);
      });
  };
}

type Answering = ServerWritableStream<Buffer, Buffer> | ServerDuplexStream<Buffer, Buffer>;

async function send(
  surface: Answering,
  call: ServerCall,
  path: string,
  host: Host,
  stop: (reason: StatusError) => void,
  answers: () => AsyncIterable<Buffer>,
): Promise<void> {
  host.streams.add(stop);
  try {
    for await (const bytes of answers()) {
      if (surface.cancelled) break;
      if (!surface.write(bytes)) await room(surface);
    }
    if (call.stopped !== undefined) throw call.stopped;
    call.finish();
    surface.end();
  } catch (thrown) {
    call.finish();
    // How grpc-js takes a status on a stream; on a cancelled one it goes nowhere.
    surface.emit('error', statusOf(thrown, path, host.log));
  } finally {
    host.streams.delete(stop);
  }
}

/** Until the peer has read enough, or is gone: after a cancel grpc-js never reports a drain. */
function room(surface: Answering): Promise<void> {
  if (surface.cancelled) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      surface.off('drain', done);
      surface.off('cancelled', done);
      resolve();
    };
    surface.on('drain', done);
    surface.on('cancelled', done);
  });
}

/** The requests of a refused stream are read and dropped, else the peer could not finish sending. */
function refuseStream(
  surface: ServerReadableStream<Buffer, Buffer> | ServerDuplexStream<Buffer, Buffer>,
  answer: () => void,
): void {
  surface.resume();
  answer();
}
