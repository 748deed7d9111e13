/** `net.cidr_*`: networks as ranges of addresses. Nothing here asks the network. */
import { type RegoValue, isArray, isMap, isSet } from '../host/value.ts';
import { isIPv4, isIPv6 } from 'node:net';
import type { Builtin } from './index.ts';
import { items, text } from './operands.ts';

export const NETWORK: Readonly<Record<string, Builtin>> = {
  'net.cidr_is_valid': (cidr) => typeof cidr === 'string' && parseCidr(cidr) !== undefined,
  'net.cidr_expand': (cidr) => expand(network(text(cidr))),
  'net.cidr_merge': (networks) => merge(items(networks).map((item) => networkOrAddress(text(item)))),
  'net.cidr_contains_matches': containsMatches,
};

/** First and last address as numbers; `bits` 32 or 128 tells the families apart. */
interface Range {
  readonly bits: number;
  readonly first: bigint;
  readonly last: bigint;
}

/** A /12 of IPv4; more would fill the memory that a decision may use. */
const CAP_ADDRESSES = 1n << 20n;

function parseCidr(source: string): Range | undefined {
  const slash = source.indexOf('/');
  const length = source.slice(slash + 1);
  const address = slash < 0 ? undefined : parseAddress(source.slice(0, slash));
  if (address === undefined || !/^(?:0|[1-9]\d{0,2})$/.test(length) || Number(length) > address.bits) return undefined;
  const host = BigInt(address.bits - Number(length));
  const first = (address.value >> host) << host;
  return { bits: address.bits, first, last: first + (1n << host) - 1n };
}

function parseAddress(source: string): { readonly bits: number; readonly value: bigint } | undefined {
  if (isIPv4(source)) return { bits: 32, value: ipv4(source) };
  if (!isIPv6(source) || source.includes('%')) return undefined;
  const dotted = /[0-9.]+$/.exec(source)?.[0] ?? '';
  const plain = dotted.includes('.') ? source.slice(0, -dotted.length) + hexPair(ipv4(dotted)) : source;
  const [head = '', tail] = plain.split('::');
  const left = groups(head);
  const right = groups(tail ?? '');
  const zeros = Array<string>(8 - left.length - right.length).fill('0');
  return { bits: 128, value: [...left, ...zeros, ...right].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n) };
}

function groups(part: string): readonly string[] {
  return part === '' ? [] : part.split(':');
}

function ipv4(source: string): bigint {
  return source.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function hexPair(value: bigint): string {
  return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}

function network(source: string): Range {
  const range = parseCidr(source);
  if (range === undefined) throw new SyntaxError(`not a CIDR: ${source}`);
  return range;
}

/** A bare IPv4 address stands for the network of its class, as in OPA (cidr.go, Go's IP.DefaultMask). */
function networkOrAddress(source: string): Range {
  const address = parseAddress(source);
  if (address === undefined) return network(source);
  if (address.bits !== 32) throw new SyntaxError('IPv6 invalid: needs prefix length');
  const top = address.value >> 24n;
  const length = top < 128n ? 8 : top < 192n ? 16 : 24;
  return network(`${source}/${length}`);
}

function expand({ bits, first, last }: Range): RegoValue {
  if (last - first >= CAP_ADDRESSES) throw new RangeError('network too large to expand');
  return new Set(Array.from({ length: Number(last - first) + 1 }, (_, index) => addressText(first + BigInt(index), bits)));
}

/** The fewest networks that cover the same addresses: joined where they touch, then cut at powers of two. */
function merge(ranges: readonly Range[]): RegoValue {
  const sorted = [...ranges].sort((a, b) => a.bits - b.bits || (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const joined: Range[] = [];
  for (const range of sorted) {
    const before = joined.at(-1);
    if (before && before.bits === range.bits && range.first <= before.last + 1n) {
      joined[joined.length - 1] = { ...before, last: range.last > before.last ? range.last : before.last };
    } else joined.push(range);
  }
  return new Set(joined.flatMap(toCidrs));
}

function toCidrs({ bits, first, last }: Range): string[] {
  const cidrs: string[] = [];
  for (let at = first; at <= last;) {
    let host = 0n;
    while (host < BigInt(bits) && at % (1n << (host + 1n)) === 0n && at + (1n << (host + 1n)) - 1n <= last) host += 1n;
    cidrs.push(`${addressText(at, bits)}/${bits - Number(host)}`);
    at += 1n << host;
  }
  return cidrs;
}

/** RFC 5952: the longest run of zero groups is shortened, the first of equals; a single one is not. */
function addressText(value: bigint, bits: number): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.');
  const list = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(16 * (7 - index))) & 0xffffn).toString(16));
  let best = { at: 0, length: 1 };
  for (let at = 0; at < list.length; at += 1) {
    let length = 0;
    while (list[at + length] === '0') length += 1;
    if (length > best.length) best = { at, length };
  }
  if (best.length < 2) return list.join(':');
  return `${list.slice(0, best.at).join(':')}::${list.slice(best.at + best.length).join(':')}`;
}

function containsMatches(networks: RegoValue | undefined, others: RegoValue | undefined): RegoValue {
  const matches: RegoValue[] = [];
  const inner = candidates(others).map(({ source, index }) => ({ range: addressRange(source), index }));
  for (const { source, index } of candidates(networks)) {
    const outer = network(source);
    for (const other of inner) {
      const { bits, first, last } = other.range;
      if (bits === outer.bits && first >= outer.first && last <= outer.last) matches.push([index, other.index]);
    }
  }
  return new Set(matches);
}

function addressRange(source: string): Range {
  const address = parseAddress(source);
  return address ? { bits: address.bits, first: address.value, last: address.value } : network(source);
}

/** Each CIDR with what stands for it in the answer: itself, its index, its set member or its key. */
function candidates(value: RegoValue | undefined): readonly { readonly source: string; readonly index: RegoValue }[] {
  const first = (item: RegoValue): string => text(isArray(item) ? item[0] : item);
  if (typeof value === 'string') return [{ source: value, index: value }];
  if (isArray(value)) return value.map((item, index) => ({ source: first(item), index }));
  if (isSet(value)) return Array.from(value, (item) => ({ source: first(item), index: item }));
  if (isMap(value)) return Array.from(value.entries(), ([index, item]) => ({ source: first(item), index }));
  return [];
}
