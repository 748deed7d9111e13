/** Requests of the ClickHouse HTTP interface: who asks, what, and the answer or the exception. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Credentials } from './credentials.ts';
import type { Engine } from './engine.ts';
import { EngineUnavailable } from './engine.ts';
import { CODE, ClickHouseException } from './exception.ts';
import { Reader } from './reader.ts';
import { readRequest } from './request.ts';
import { sendAnswer, sendException } from './responder.ts';
import { Writer } from './writer.ts';

export interface Serving {
  readonly engine: Engine;
  readonly credentials: Credentials;
  readonly stopping: AbortSignal;
}

export function serveClickHouse({ engine, credentials, stopping }: Serving): RequestListener {
  const writer = new Writer(engine);
  const reader = new Reader(engine);
  const answer = async (message: IncomingMessage, response: ServerResponse, queryId: string) => {
    const url = new URL(message.url ?? '/', 'http://localhost');
    if (url.pathname === '/ping' || (url.pathname === '/' && message.method === 'GET' && url.search === ''))
      return plain(response, 'Ok.\n');
    if (url.pathname !== '/') return plain(response, 'There is no handle for this path; use / or /ping.\n', 404);
    if (message.method !== 'GET' && message.method !== 'POST') return plain(response, 'Use GET or POST.\n', 405);
    const caller = credentials.authenticate(message.headers, url.searchParams);
    const signal = AbortSignal.any([stopping, goneSignal(response)]);
    const asked = await readRequest(message, url);
    const result = caller.role === 'writer' ? await writer.run(asked, signal) : await reader.run(asked, caller.tenant, signal);
    await sendAnswer(response, result, queryId, asked.wantsGzip);
  };
  return (message, response) => {
    const queryId = queryIdOf(message.url ?? '');
    answer(message, response, queryId).catch((thrown: unknown) => sendException(response, exceptionOf(thrown), queryId));
  };
}

/** Aborts when the client drops the connection before it has its answer. */
function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort(new ClickHouseException(CODE.QUERY_WAS_CANCELLED, 'The client has gone.'));
  });
  return gone.signal;
}

function exceptionOf(thrown: unknown): ClickHouseException {
  if (thrown instanceof ClickHouseException) return thrown;
  if (thrown instanceof EngineUnavailable)
    return new ClickHouseException(CODE.ABORTED, `The server cannot answer now: ${thrown.message}.`);
  return new ClickHouseException(CODE.UNKNOWN, thrown instanceof Error ? thrown.message : String(thrown));
}

function queryIdOf(url: string): string {
  const asked = /[?&]query_id=([\w.%-]{1,128})(&|$)/.exec(url)?.[1];
  return asked !== undefined && !asked.includes('%') ? asked : randomUUID();
}

function plain(response: ServerResponse, text: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=UTF-8', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
