/** Semantic versions (semver.org 2.0.0) and UUIDs (RFC 9562), read only. */
import type { RegoValue } from '../host/value.ts';
import type { Builtin } from './index.ts';
import { exact, text } from './operands.ts';

export const VERSIONS: Readonly<Record<string, Builtin>> = {
  'semver.compare': (a, b) => compare(parse(text(a)), parse(text(b))),
  'semver.is_valid': (value) => typeof value === 'string' && SEMVER.test(value),
  'uuid.parse': (value) => parseUuid(text(value)),
};

const NUMBER = '(0|[1-9]\\d*)';
const PRE_PART = '(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)';
const META_PART = '[0-9A-Za-z-]+';
const SEMVER = new RegExp(
  `^v?${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${PRE_PART}(?:\\.${PRE_PART})*))?(?:\\+${META_PART}(?:\\.${META_PART})*)?$`,
);

interface Version {
  readonly numbers: readonly bigint[];
  readonly pre: readonly string[];
}

function parse(source: string): Version {
  const [, major, minor, patch, pre] = SEMVER.exec(source) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) throw new SyntaxError(`not a SemVer: ${source}`);
  return { numbers: [BigInt(major), BigInt(minor), BigInt(patch)], pre: pre?.split('.') ?? [] };
}

/** semver.org §11. */
function compare(a: Version, b: Version): number {
  for (const [index, number] of a.numbers.entries()) {
    const order = order2(number, b.numbers[index] ?? 0n);
    if (order !== 0) return order;
  }
  if (a.pre.length === 0 || b.pre.length === 0) return Math.sign(b.pre.length - a.pre.length);
  for (const [index, part] of a.pre.entries()) {
    const other = b.pre[index];
    if (other === undefined) return 1;
    const order = comparePart(part, other);
    if (order !== 0) return order;
  }
  return a.pre.length === b.pre.length ? 0 : -1;
}

function comparePart(a: string, b: string): number {
  const [aNumber, bNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (aNumber && bNumber) return order2(BigInt(a), BigInt(b));
  if (aNumber !== bNumber) return aNumber ? -1 : 1;
  return order2(a, b);
}

function order2<T extends bigint | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const UUID = /^(?:urn:uuid:)?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/i;
/** A UUID of 36 characters between two more. */
const BRACED_LENGTH = 38;
/** UUID times count 100 ns from 1582-10-15 (RFC 9562 §5.1). */
const GREGORIAN_OFFSET = 122_192_928_000_000_000n;
const DOMAINS = ['Person', 'Group', 'Org'];

function parseUuid(source: string): RegoValue | undefined {
  // Go's library takes any two characters for the braces.
  const found = UUID.exec(source.length === BRACED_LENGTH ? source.slice(1, -1) : source);
  if (!found) return undefined;
  const bytes = Buffer.from(found.slice(1).join(''), 'hex');
  const version = (bytes[6] ?? 0) >> 4;
  const fields = new Map<string, RegoValue>([
    ['version', version],
    ['variant', variantOf(bytes[8] ?? 0)],
  ]);
  if (version !== 1 && version !== 2) return fields;
  const low = BigInt(bytes.readUInt32BE(0));
  const time = low | (BigInt(bytes.readUInt16BE(4)) << 32n) | (BigInt(bytes.readUInt16BE(6) & 0x0fff) << 48n);
  fields.set('time', exact((time - GREGORIAN_OFFSET) * 100n));
  fields.set(
    'nodeid',
    bytes
      .subarray(10)
      .toString('hex')
      .replace(/(..)(?=.)/g, '$1-'),
  );
  fields.set('macvariables', macVariables(bytes[10] ?? 0));
  fields.set('clocksequence', bytes.readUInt16BE(8) & 0x3fff);
  if (version === 2) {
    fields.set('id', bytes.readUInt32BE(0));
    fields.set('domain', DOMAINS[bytes[9] ?? 0] ?? `Domain${bytes[9]}`);
  }
  return fields;
}

function variantOf(byte: number): string {
  if ((byte & 0xc0) === 0x80) return 'RFC4122';
  if ((byte & 0xe0) === 0xc0) return 'Microsoft';
  return (byte & 0xe0) === 0xe0 ? 'Future' : 'Reserved';
}

/** RFC 7042 §2.1: the two lowest bits of a MAC address. */
function macVariables(byte: number): string {
  return ['global:unicast', 'global:multicast', 'local:unicast', 'local:multicast'][byte & 3] ?? '';
}
