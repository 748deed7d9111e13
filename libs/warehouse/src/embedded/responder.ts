/** What goes back over HTTP: results and errors with the headers that ClickHouse clients read. */
import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ClickHouseException } from './exception.ts';
import { httpStatusOf } from './exception.ts';
import { contentTypeOf } from './formats.ts';

export interface Answer {
  readonly bytes: Buffer;
  readonly format: string;
  /** Rows of the result. */
  readonly rows: number;
  readonly elapsedSeconds: number;
}

const gzipped = promisify(gzip);

export async function sendAnswer(response: ServerResponse, answer: Answer, queryId: string, wantsGzip: boolean): Promise<void> {
  common(response, queryId);
  response.setHeader('content-type', contentTypeOf(answer.format));
  response.setHeader('x-clickhouse-format', answer.format);
  response.setHeader('x-clickhouse-summary', summaryOf(answer));
  let bytes = answer.bytes;
  if (wantsGzip && bytes.length > 0) {
    bytes = await gzipped(bytes, { level: 1 });
    response.setHeader('content-encoding', 'gzip');
  }
  response.setHeader('content-length', bytes.length);
  response.end(bytes);
}

export function sendException(response: ServerResponse, exception: ClickHouseException, queryId: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  common(response, queryId);
  const status = httpStatusOf(exception.code);
  if (status === 401) response.setHeader('www-authenticate', 'Basic realm="Countersign: the password is a token"');
  if (status === 503) response.setHeader('retry-after', '1');
  response.setHeader('content-type', 'text/plain; charset=UTF-8');
  response.setHeader('x-clickhouse-exception-code', exception.code);
  // The rest of an unread body would be taken for the next request.
  response.setHeader('connection', 'close');
  response.statusCode = status;
  response.end(`${exception.text}\n`);
}

function common(response: ServerResponse, queryId: string): void {
  response.setHeader('x-clickhouse-query-id', queryId);
  response.setHeader('x-clickhouse-timezone', 'UTC');
  response.setHeader('x-clickhouse-server-display-name', 'countersign');
}

/** All numbers as text, as ClickHouse writes them; what was read is not told, because it would count other tenants' rows. */
function summaryOf(answer: Answer): string {
  return JSON.stringify({
    read_rows: '0',
    read_bytes: '0',
    written_rows: '0',
    written_bytes: '0',
    total_rows_to_read: '0',
    result_rows: String(answer.rows),
    result_bytes: String(answer.bytes.length),
    elapsed_ns: String(Math.round(answer.elapsedSeconds * 1e9)),
  });
}
