/**
 * `io.jwt.*`: decoding and verifying JSON Web Tokens (RFC 7515, 7519) with HMAC, RSA, ECDSA and Ed25519. Signing is not served: a
 * decision makes no tokens, and ECDSA and PSS signatures would differ each time.
 */
import { type RegoObject, type RegoValue, isArray, parseValue } from '../host/value.ts';
import {
  type KeyObject,
  X509Certificate,
  constants,
  createHmac,
  createPublicKey,
  createSecretKey,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import type { Builtin } from './index.ts';
import { object, text } from './operands.ts';

type Verifier = (algorithm: string) => Builtin;

const verifier: Verifier = (algorithm) => (token, key) => verifyWith(readToken(text(token)), readKeys(text(key)), algorithm);
const hmacVerifier: Verifier = (algorithm) => (token, secret) =>
  signatureHolds(readToken(text(token), false), createSecretKey(Buffer.from(text(secret))), algorithm);

export const JWT: Readonly<Record<string, Builtin>> = {
  'io.jwt.decode': (token) => decode(text(token)),
  'io.jwt.decode_verify': (token, constraints) => decodeVerify(text(token), object(constraints)),
  ...Object.fromEntries(
    ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'].map((algorithm) => [
      `io.jwt.verify_${algorithm.toLowerCase()}`,
      verifier(algorithm),
    ]),
  ),
  ...Object.fromEntries(
    ['HS256', 'HS384', 'HS512'].map((algorithm) => [`io.jwt.verify_${algorithm.toLowerCase()}`, hmacVerifier(algorithm)]),
  ),
};

interface Token {
  /** What is signed: the first two parts as they came. */
  readonly signed: string;
  readonly header: RegoObject;
  readonly payload: Buffer;
  readonly signature: Buffer;
}

interface VerificationKey {
  readonly key: KeyObject;
  readonly algorithm: string;
  readonly kid: string;
}

function readToken(source: string, withHeader = true): Token {
  const parts = source.split('.');
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined) {
    throw new SyntaxError('a JWT has three parts');
  }
  return {
    signed: `${header}.${payload}`,
    header: withHeader ? readHeader(base64url(header)) : new Map(),
    payload: base64url(payload),
    signature: base64url(signature),
  };
}

function readHeader(bytes: Buffer): RegoObject {
  const header = readObject(bytes);
  if (header.has('enc')) throw new SyntaxError('an encrypted JWT is not supported');
  return header;
}

function readObject(bytes: Buffer): RegoObject {
  const source = bytes.toString('utf8');
  JSON.parse(source);
  return object(parseValue(source));
}

function base64url(part: string): Buffer {
  if (!/^[A-Za-z0-9_-]*={0,2}$/.test(part) || part.replace(/=+$/, '').length % 4 === 1) throw new SyntaxError('not base64url');
  return Buffer.from(part, 'base64url');
}

function decode(source: string): RegoValue {
  const { header, payload, signature } = readToken(source);
  // A token in a token (RFC 7519 §5.2), quoted as JSON.
  if (header.get('cty') === 'JWT') return decode(unquote(payload));
  return [header, readObject(payload), signature.toString('hex')];
}

function readKeys(source: string): readonly VerificationKey[] {
  if (source.includes('-----BEGIN')) {
    const blocks = source.match(/-----BEGIN [^-]+-----[\s\S]*?-----END [^-]+-----\n?/g) ?? [];
    if (blocks.length !== 1 || source.slice(source.indexOf('-----BEGIN')) !== blocks[0])
      throw new SyntaxError('one PEM block is expected');
    const certificate = source.includes('BEGIN CERTIFICATE');
    if (!certificate && !source.includes('BEGIN PUBLIC KEY')) throw new SyntaxError('neither a certificate nor a public key');
    return [{ key: certificate ? new X509Certificate(source).publicKey : createPublicKey(source), algorithm: '', kid: '' }];
  }
  const parsed = JSON.parse(source) as { keys?: Record<string, unknown>[] } & Record<string, unknown>;
  return (parsed.keys ?? [parsed]).flatMap((jwk) => {
    const algorithm = typeof jwk['alg'] === 'string' ? jwk['alg'] : '';
    if (algorithm !== '' && !(algorithm in HASHES)) return [];
    const key =
      jwk['kty'] === 'oct'
        ? createSecretKey(Buffer.from(String(jwk['k']), 'base64url'))
        : createPublicKey({ key: jwk, format: 'jwk' });
    return [{ key, algorithm, kid: typeof jwk['kid'] === 'string' ? jwk['kid'] : '' }];
  });
}

/** A key with the token's id is the only one tried; otherwise each whose algorithm fits. `algorithm` is how the signature is read. */
function verifyWith(token: Token, keys: readonly VerificationKey[], algorithm: string): boolean {
  const kid = optionalText(token.header, 'kid');
  const stated = optionalText(token.header, 'alg');
  const named = kid === '' ? undefined : keys.find((key) => key.kid === kid);
  if (named) return signatureHolds(token, named.key, algorithm);
  return keys.some((key) => (key.algorithm === '' || key.algorithm === stated) && signatureHolds(token, key.key, algorithm));
}

const HASHES: Readonly<Record<string, string | null>> = {
  ...Object.fromEntries(
    ['HS', 'RS', 'PS', 'ES'].flatMap((family) => ['256', '384', '512'].map((bits) => [family + bits, `sha${bits}`])),
  ),
  EdDSA: null,
};
const KEY_TYPES: Readonly<Record<string, string>> = { RS: 'rsa', PS: 'rsa', ES: 'ec', Ed: 'ed25519' };

function signatureHolds({ signed, signature }: Token, key: KeyObject, algorithm: string): boolean {
  const digest = HASHES[algorithm];
  const family = algorithm.slice(0, 2);
  if (digest === undefined) return false;
  if (family === 'HS') {
    if (key.type !== 'secret' || digest === null) return false;
    const wanted = createHmac(digest, key).update(signed).digest();
    return wanted.length === signature.length && timingSafeEqual(wanted, signature);
  }
  if (key.asymmetricKeyType !== KEY_TYPES[family]) return false;
  const padding = family === 'PS' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO } : {};
  const encoding = family === 'ES' ? ({ dsaEncoding: 'ieee-p1363' } as const) : {};
  return verify(digest, Buffer.from(signed), { key, ...padding, ...encoding }, signature);
}

const CONSTRAINTS = ['cert', 'secret', 'alg', 'iss', 'aud', 'time'];
const NANOSECONDS_PER_SECOND = 1e9;

/** The time must be a constraint: there is no clock here. */
function decodeVerify(source: string, constraints: RegoObject): RegoValue {
  for (const key of constraints.keys())
    if (!CONSTRAINTS.includes(text(key))) throw new TypeError('unknown token validation constraint');
  const refused: RegoValue = [false, new Map(), new Map()];
  const at = constraints.get('time');
  if (at !== undefined && typeof at !== 'number' && typeof at !== 'bigint') throw new TypeError('time must be a number');
  if (at !== undefined && at < 0) throw new RangeError('time must not be negative');
  const keys = keysOf(constraints);
  const wanted = optionalText(constraints, 'alg');
  // A token in a token (RFC 7519 §5.2): each layer is verified with the same keys.
  for (let layer = source; ;) {
    const token = readToken(layer);
    const algorithm = optionalText(token.header, 'alg');
    if (algorithm === '' || !understood(token.header)) return refused;
    if ((wanted !== '' && wanted !== algorithm) || !verifyWith(token, keys, algorithm)) return refused;
    if (token.header.get('cty') === 'JWT') {
      layer = unquote(token.payload);
      continue;
    }
    const payload = readObject(token.payload);
    return claimsHold(payload, constraints, at) ? [true, token.header, payload] : refused;
  }
}

function unquote(payload: Buffer): string {
  return payload.toString('utf8').replace(/^["']+|["']+$/g, '');
}

function keysOf(constraints: RegoObject): readonly VerificationKey[] {
  const certificate = constraints.get('cert');
  const secret = optionalText(constraints, 'secret');
  if ((certificate === undefined) === (secret === '')) throw new TypeError('one of cert and secret is needed');
  if (certificate !== undefined) return readKeys(text(certificate));
  return [{ key: createSecretKey(Buffer.from(secret)), algorithm: '', kid: '' }];
}

/** RFC 7515 §4.1.11: what is critical must be known. */
function understood(header: RegoObject): boolean {
  const critical = header.get('crit');
  if (critical === undefined) return true;
  if (!isArray(critical) || critical.length === 0) throw new TypeError('crit must be a nonempty list');
  const known = ['alg', 'kid', 'typ', 'cty', 'crit'];
  return !critical.some((name) => header.has(name) && !known.includes(text(name)));
}

function claimsHold(payload: RegoObject, constraints: RegoObject, at: number | bigint | undefined): boolean {
  const issuer = optionalText(constraints, 'iss');
  if (issuer !== '' && payload.get('iss') !== issuer) return false;
  const audience = optionalText(constraints, 'aud');
  const given = payload.get('aud');
  if (given === undefined ? audience !== '' : !(isArray(given) ? given : [given]).includes(audience)) return false;
  const [expires, begins] = [payload.get('exp'), payload.get('nbf')];
  if (expires === undefined && begins === undefined) return true;
  if (at === undefined) throw new TypeError('the constraint time is needed: a decision has no clock of its own');
  const seconds = Number(at) / NANOSECONDS_PER_SECOND;
  return (expires === undefined || seconds < number(expires)) && (begins === undefined || seconds >= number(begins));
}

function number(value: RegoValue): number {
  if (typeof value !== 'number' && typeof value !== 'bigint') throw new TypeError('must be a number');
  return Number(value);
}

function optionalText(fields: RegoObject, name: string): string {
  const value = fields.get(name);
  return value === undefined ? '' : text(value);
}
