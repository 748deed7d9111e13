/** URLs as the server will understand them: one spelling for all, and a refusal where clients would disagree about the host. */
import { type Result, err, ok } from '@countersign/kernel';
import { type Host, placeOf } from './addresses.ts';

export interface Address {
  /** Without the colon: http, https, ftp, file, … */
  readonly scheme: string;
  readonly host: Host;
  /** The port in force, 0 for schemes without one. */
  readonly port: number;
  /** Decoded, without empty and dot segments and without `;parameters`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** A part of the path is only known at run time: `$ID`, `{{ id }}`. */
  readonly computed: boolean;
  /** User and password in the URL, '' for none. */
  readonly user: string;
}

/** Longer ones are refused by most servers. */
const URL_UNITS = 16 * 1024;

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;
const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443, ftp: 21, ftps: 990 };
const PLACEHOLDER = /\$\{|\$\(|\$[A-Za-z_0-9@*]|\{\{|`|<[A-Za-z_]/;

/** The error is one clause for a person. */
export function readUrl(text: string): Result<Address, string> {
  const raw = text.trim();
  if (raw === '') return err('there is no URL');
  if (raw.length > URL_UNITS) return err('the URL is too long to be looked at');
  const full = SCHEME.test(raw) || /^file:/i.test(raw) ? raw : `http://${raw.replace(/^\/\//, '')}`;
  const doubt = doubtful(full);
  if (doubt !== '') return err(doubt);
  let url: URL;
  try {
    url = new URL(full);
  } catch {
    return err('the URL cannot be parsed');
  }
  const scheme = url.protocol.slice(0, -1);
  const path = segmentsOf(url.pathname);
  if (path === undefined) return err('the path of the URL is not valid percent-encoding');
  // One protocol is smuggled into another by line ends: `/%0d%0aFLUSHALL`.
  if (path.some((segment) => /[\r\n]/.test(segment))) return err('the path of the URL hides line ends');
  return ok({
    scheme,
    host: scheme === 'file' ? { place: 'internal', name: url.hostname, why: 'a file' } : placeOf(hostOf(url)),
    port: url.port === '' ? (PORTS[scheme] ?? 0) : Number(url.port),
    segments: path,
    query: url.searchParams,
    computed: PLACEHOLDER.test(raw),
    user: url.username,
  });
}

/** Only http and its kin get their host normalised by the URL parser; the others are put through it once more. */
function hostOf(url: URL): string {
  if (url.protocol in { 'http:': 1, 'https:': 1, 'ws:': 1, 'wss:': 1, 'ftp:': 1 }) return url.hostname;
  try {
    return new URL(`http://${url.hostname}`).hostname;
  } catch {
    return url.hostname;
  }
}

/** Spellings on which curl, browsers and libraries disagree: the host that is checked is then not the host that is asked. */
function doubtful(full: string): string {
  const authority = full.slice(full.indexOf(':') + 1).replace(/^\/*/, '');
  const end = authority.search(/[/?#]/);
  const host = end < 0 ? authority : authority.slice(0, end);
  if (PLACEHOLDER.test(host)) return 'the host is only known at run time';
  if (/[\u0000-\u0020\u007f]/.test(host)) return 'the URL has blanks or control characters where its host is named';
  if (/[\\]/.test(full)) return 'the URL has a backslash, which clients read differently';
  if (/[\t\r\n]/.test(full)) return 'the URL has a tab or a line end, which clients read differently';
  if (host.split('@').length > 2) return 'the URL has more than one @ before its path';
  const user = host.includes('@') ? ((host.split('@')[0] ?? '').split(':')[0] ?? '') : '';
  if (/^(?:[a-z0-9-]+\.)+[a-z]{2,}$/i.test(user)) return 'the user in the URL looks like the host of another';
  const path = end < 0 ? '' : (authority.slice(end).split(/[?#]/)[0] ?? '');
  // Who drops the empty segments first takes `..` back over another one.
  if (path.includes('//') && /\/(?:\.|%2e){2}(?:\/|$)/i.test(path))
    return 'the path has empty segments before a .., which servers read differently';
  if (/^[?#][^/]*@/.test(authority.slice(Math.max(end, 0)))) return 'the URL hides a second host behind ? or #';
  return '';
}

function segmentsOf(pathname: string): string[] | undefined {
  const out: string[] = [];
  for (const part of pathname.split('/')) {
    let segment: string;
    try {
      segment = decodeURIComponent(part);
    } catch {
      return undefined;
    }
    const cut = segment.indexOf(';');
    const bare = cut >= 0 ? segment.slice(0, cut) : segment;
    if (bare === '' || bare === '.') continue;
    if (bare === '..') out.pop();
    else out.push(bare);
  }
  return out;
}
