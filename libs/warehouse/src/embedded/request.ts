/** One HTTP request of the ClickHouse interface, read: statement, parameters, settings, format and body. */
import type { IncomingMessage } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CODE, ClickHouseException } from './exception.ts';
import { isFormatName } from './formats.ts';

export interface Asked {
  /** URL parameters and multipart fields together. */
  readonly parameters: URLSearchParams;
  /** The `query` parameter; the body follows it. */
  readonly query: string;
  /** Unread, unpacked. Ended at once for multipart requests. */
  readonly body: Readable;
  readonly format: string | undefined;
  readonly wantsGzip: boolean;
}

const MULTIPART_CAP_BYTES = 2 ** 20;

/** Reads what stands before the body; of a multipart request all of it. Throws BAD_ARGUMENTS. */
export async function readRequest(message: IncomingMessage, url: URL): Promise<Asked> {
  const parameters = new URLSearchParams(url.searchParams);
  let body = unpacked(message);
  const boundary = /^multipart\/form-data;.*\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(message.headers['content-type'] ?? '');
  if (boundary !== null) {
    const bytes = await readAll(body, MULTIPART_CAP_BYTES);
    for (const [name, value] of fieldsOf(bytes, (boundary[1] ?? boundary[2]) as string)) parameters.append(name, value);
    body = Readable.from([]);
  }
  if (parameters.get('decompress') === '1' || parameters.get('compress') === '1') {
    throw new ClickHouseException(CODE.BAD_ARGUMENTS, "ClickHouse's own block compression is not served here: use gzip or none.");
  }
  const header = message.headers['x-clickhouse-format'];
  const format = parameters.get('default_format') ?? (typeof header === 'string' ? header : undefined);
  if (format !== undefined && !isFormatName(format))
    throw new ClickHouseException(CODE.BAD_ARGUMENTS, `Bad format name '${format}'.`);
  const accepted = message.headers['accept-encoding'] ?? '';
  const wantsGzip = parameters.get('enable_http_compression') === '1' && /\bgzip\b/.test(String(accepted));
  return { parameters, query: parameters.get('query') ?? '', body, format, wantsGzip };
}

/** The whole body; throws QUERY_IS_TOO_LARGE past the cap without reading on. */
export async function readAll(body: Readable, capBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > capBytes) throw new ClickHouseException(CODE.QUERY_IS_TOO_LARGE, `The body is larger than ${capBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function unpacked(message: IncomingMessage): Readable {
  const encoding = message.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return message;
  if (encoding !== 'gzip')
    throw new ClickHouseException(CODE.BAD_ARGUMENTS, `Content-Encoding '${encoding}' is not served: use gzip.`);
  // Errors of either end reach whoever reads the unpacked stream.
  return pipeline(message, createGunzip(), () => undefined);
}

/** Fields of `multipart/form-data` (RFC 7578); files are not a thing of this interface. */
function fieldsOf(bytes: Buffer, boundary: string): readonly (readonly [string, string])[] {
  const fields: (readonly [string, string])[] = [];
  for (const part of bytes.toString('latin1').split(`--${boundary}`).slice(1)) {
    if (part.startsWith('--')) break;
    const split = part.indexOf('\r\n\r\n');
    const name = /^content-disposition:[^\r\n]*;\s*name="([^"]*)"/im.exec(part.slice(0, Math.max(split, 0)))?.[1];
    if (split < 0 || name === undefined) throw new ClickHouseException(CODE.BAD_ARGUMENTS, 'The multipart body is malformed.');
    const value = part.slice(split + 4).replace(/\r\n$/, '');
    fields.push([Buffer.from(name, 'latin1').toString(), Buffer.from(value, 'latin1').toString()]);
  }
  return fields;
}
