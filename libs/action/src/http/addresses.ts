/** What kind of place a host name or address is, however it is spelt: metadata services, this machine, the own network, outside. */
import ipaddr from 'ipaddr.js';

export type Place = 'metadata' | 'internal' | 'rebinding' | 'outside';

export interface Host {
  readonly place: Place;
  /** As URLs write it: lower case, without a trailing dot, IPv4 dotted. */
  readonly name: string;
  /** One clause: why it is that place; '' for outside. */
  readonly why: string;
}

/** Addresses at which clouds hand out an instance's credentials and user data. */
const METADATA_ADDRESSES: ReadonlySet<string> = new Set([
  '169.254.169.254', // AWS, Google, Azure, OpenStack, DigitalOcean, Oracle
  '169.254.170.2', // AWS ECS tasks
  '169.254.170.23', // AWS EKS pod identity
  '169.254.0.23', // Tencent
  '169.254.42.42', // Scaleway
  '100.100.100.200', // Alibaba
  '192.0.0.192', // Oracle classic
  '168.63.129.16', // Azure wire server
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
  'fd00:42::42',
]);

const METADATA_NAMES: ReadonlySet<string> = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.tencentyun.com',
  'metadata.packet.net',
  'metadata.platformequinix.com',
  'metadata.azure.internal',
  'api.metadata.cloud.ibm.com',
]);

/** Names under these belong to nobody outside (RFC 6761, 6762, 8375, ICANN's `internal`, Kubernetes, common custom). */
const INTERNAL_SUFFIXES = [
  'localhost',
  'local',
  'internal',
  'lan',
  'home.arpa',
  'localdomain',
  'intranet',
  'corp',
  'home',
  'private',
  'svc',
  'cluster',
  'consul',
  'test',
];

/** Public names that answer with 127.0.0.1. */
const LOOPBACK_NAMES = ['localtest.me', 'lvh.me', 'vcap.me', 'lacolhost.com', 'fuf.me'];

/** Public name servers that answer with the address in the name. */
const ECHO_NAMES = ['nip.io', 'sslip.io', 'xip.io', 'traefik.me', 'ip.es.io', 'local-ip.co', 'local-ip.sh', 'nip.dev'];

/** Name servers made to change their answer between check and use. */
const REBINDING_NAMES = ['rbndr.us', '1u.ms', 'rebind.network', 'rebind.it', 'make-rebind.com'];

/** `hostname` as the WHATWG URL parser gives it: numeric IPv4 in any spelling is already dotted, IDN is punycode. */
export function placeOf(hostname: string): Host {
  const bare = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const name = bare.endsWith('.') ? bare.slice(0, -1) : bare;
  if (name === '') return { place: 'rebinding', name, why: 'there is no host name' };
  if (ipaddr.isValid(name)) return placeOfAddress(name);
  if (METADATA_NAMES.has(name)) return metadata(name);
  if (under(name, REBINDING_NAMES))
    return { place: 'rebinding', name, why: 'the name may answer with another address each time' };
  if (under(name, LOOPBACK_NAMES)) return internal(name, 'the name answers with a loopback address');
  if (under(name, ECHO_NAMES)) return placeOfEcho(name);
  if (!name.includes('.') || under(name, INTERNAL_SUFFIXES)) return internal(name, 'a name of the own network');
  return { place: 'outside', name, why: '' };
}

function placeOfAddress(text: string): Host {
  const address = embeddedIpv4(ipaddr.process(text));
  const name = address.toString();
  if (METADATA_ADDRESSES.has(name)) return metadata(name);
  const range = address.range();
  switch (range) {
    case 'linkLocal':
      return { place: 'metadata', name, why: 'a link-local address, where clouds keep instance metadata and credentials' };
    case 'loopback':
    case 'unspecified':
      return internal(name, 'a loopback address');
    case 'private':
    case 'uniqueLocal':
    case 'carrierGradeNat':
      return internal(name, 'an address of a private network');
    case 'unicast':
      return { place: 'outside', name, why: '' };
    default:
      // Multicast, reserved, tunnels whose inner address is not known: nobody can say who answers.
      return { place: 'rebinding', name, why: `an address of the range ${range}` };
  }
}

/** The IPv4 address inside IPv6 forms of transition: NAT64, 6to4, Teredo, ISATAP, IPv4-compatible and IPv4-translated. */
function embeddedIpv4(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (!isIpv6(address)) return address;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = address.parts;
  const nat64 = a === 0x64 && b === 0xff9b && (c === 1 || (c === 0 && d === 0 && e === 0 && f === 0));
  const compatible = (a | b | c | d | e | f) === 0 && g !== 0;
  const translated = (a | b | c | d) === 0 && e === 0xffff && f === 0;
  const isatap = (e === 0 || e === 0x200) && f === 0x5efe;
  if (nat64 || compatible || translated || isatap) return ipv4(g, h);
  if (a === 0x2002) return ipv4(b, c);
  if (a === 0x2001 && b === 0) return ipv4(g ^ 0xffff, h ^ 0xffff);
  return address;
}

function isIpv6(address: ipaddr.IPv4 | ipaddr.IPv6): address is ipaddr.IPv6 {
  return address.kind() === 'ipv6';
}

function ipv4(high: number, low: number): ipaddr.IPv4 {
  return new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
}

const DOTTED = /(?:^|[.-])(\d{1,3})[.-](\d{1,3})[.-](\d{1,3})[.-](\d{1,3})(?=[.-]|$)/;
const HEX = /(?:^|[.-])([0-9a-f]{8})(?=[.-]|$)/;

function placeOfEcho(name: string): Host {
  const dotted = DOTTED.exec(name);
  const hex = HEX.exec(name)?.[1];
  const address =
    dotted !== null
      ? dotted.slice(1).map(Number)
      : hex !== undefined
        ? [0, 2, 4, 6].map((from) => Number.parseInt(hex.slice(from, from + 2), 16))
        : [];
  if (address.length !== 4 || address.some((part) => part > 255)) {
    return { place: 'rebinding', name, why: 'the name answers with an address that it encodes' };
  }
  const inner = placeOfAddress(address.join('.'));
  if (inner.place === 'outside') return { place: 'outside', name, why: '' };
  return { place: inner.place, name, why: `the name answers with ${inner.name}, ${inner.why}` };
}

/** True for the names themselves and everything below them. */
export function under(name: string, suffixes: readonly string[]): boolean {
  return suffixes.some(
    (suffix) =>
      name === suffix || (name.length > suffix.length && name.endsWith(suffix) && name[name.length - suffix.length - 1] === '.'),
  );
}

function metadata(name: string): Host {
  return { place: 'metadata', name, why: 'the metadata service of the cloud hands out credentials' };
}

function internal(name: string, why: string): Host {
  return { place: 'internal', name, why };
}
