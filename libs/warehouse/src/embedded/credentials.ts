/** Who is asking: the writer, the lineage service's internal reader, or the holder of a Countersign token. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { CODE, ClickHouseException } from './exception.ts';
import type { ReaderCredential, ServeOptions } from './protocol.ts';
import { READER_USER, TENANT_HEADER, WRITER_USER } from './protocol.ts';

export type Caller = { readonly role: 'writer' } | { readonly role: 'reader'; readonly tenant: string };

/** Every tenant name ends up as an argument of a connection; the same shape that tokens are issued with, generously. */
const TENANT = /^[^\p{Cc}]{1,256}$/u;

export class Credentials {
  readonly #writer: Buffer;
  readonly #reader: Buffer;
  #tenantByToken = new Map<string, string>();

  constructor(options: Pick<ServeOptions, 'writerPassword' | 'readerPassword' | 'readers'>) {
    this.#writer = digest(options.writerPassword);
    this.#reader = digest(options.readerPassword);
    this.setReaders(options.readers);
  }

  /** Replaces the whole list, so a revoked token stops at once. */
  setReaders(readers: readonly ReaderCredential[]): void {
    this.#tenantByToken = new Map(readers.map(({ tokenSha256Hex, tenant }) => [tokenSha256Hex.toLowerCase(), tenant]));
  }

  /** Basic or Bearer authorization, X-ClickHouse-User/-Key, or `user` and `password` in the URL. Throws AUTHENTICATION_FAILED. */
  authenticate(headers: IncomingHttpHeaders, url: URLSearchParams): Caller {
    const { user, password } = presented(headers, url);
    if (password === '') throw refused('no credentials: give a Countersign token as the password (any user name)');
    const sum = digest(password);
    if (user === WRITER_USER) {
      if (!timingSafeEqual(sum, this.#writer)) throw refused(`wrong password for ${WRITER_USER}`);
      return { role: 'writer' };
    }
    if (user === READER_USER) {
      if (!timingSafeEqual(sum, this.#reader)) throw refused(`wrong password for ${READER_USER}`);
      return reader(single(headers[TENANT_HEADER]));
    }
    return reader(this.#tenantByToken.get(sum.toString('hex')));
  }
}

function reader(tenant: string | undefined): Caller {
  if (tenant === undefined || !TENANT.test(tenant)) {
    throw refused('unknown token: `countersign token create --role auditor` makes one that may read');
  }
  return { role: 'reader', tenant };
}

function presented(headers: IncomingHttpHeaders, url: URLSearchParams): { readonly user: string; readonly password: string } {
  const authorization = /^(basic|bearer) +(.+)$/i.exec(headers.authorization ?? '');
  if (authorization !== null) {
    const [, scheme = '', value = ''] = authorization;
    if (scheme.toLowerCase() === 'bearer') return { user: '', password: value.trim() };
    const pair = Buffer.from(value, 'base64').toString();
    const colon = pair.indexOf(':');
    return colon < 0 ? { user: pair, password: '' } : { user: pair.slice(0, colon), password: pair.slice(colon + 1) };
  }
  const key = single(headers['x-clickhouse-key']);
  if (key !== undefined) return { user: single(headers['x-clickhouse-user']) ?? '', password: key };
  return { user: url.get('user') ?? '', password: url.get('password') ?? '' };
}

function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function refused(why: string): ClickHouseException {
  return new ClickHouseException(CODE.AUTHENTICATION_FAILED, `Authentication failed: ${why}.`);
}
