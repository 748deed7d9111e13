/**
 * The builtins that OPA's WASM does not bring and this host serves, and the ones it refuses. Served is what the same arguments
 * always give the same answer for; time, randomness and the network reach a policy only as recorded input.
 */
import type { RegoValue } from '../host/value.ts';
import { COLLECTIONS } from './collections.ts';
import { ENCODING } from './encoding.ts';
import { JSON_BUILTINS } from './json.ts';
import { JWT } from './jwt.ts';
import { NETWORK } from './network.ts';
import { TEXT } from './text.ts';
import { TIME } from './time.ts';
import { UNITS } from './units.ts';
import { VERSIONS } from './versions.ts';

/** Undefined, or anything thrown, means: no value, the expression is undefined. */
export type Builtin = (...args: RegoValue[]) => RegoValue | undefined;

export const SERVED: ReadonlyMap<string, Builtin> = new Map(
  Object.entries({ ...COLLECTIONS, ...ENCODING, ...JSON_BUILTINS, ...JWT, ...NETWORK, ...TEXT, ...TIME, ...UNITS, ...VERSIONS }),
);

const REFUSED: Readonly<Record<string, string>> = {
  'http.send': 'a decision never asks the network; put the fact into the data or the input',
  'net.lookup_ip_addr': 'a decision never asks the network; put the fact into the data or the input',
  'io.jwt.encode_sign': 'a decision makes no tokens',
  'io.jwt.encode_sign_raw': 'a decision makes no tokens',
  'providers.aws.sign_req': 'a decision makes no requests',
  'opa.runtime': 'it would tell about this machine; put the fact into the data or the input',
  'rand.intn': 'a decision must be the same each time it is replayed',
  'uuid.rfc4122': 'a decision must be the same each time it is replayed',
  'time.now_ns': 'the time of a decision is recorded input: use time.parse_rfc3339_ns(input.time)',
};

/** Why a builtin is not served, for the person who called it. */
export function refusalOf(name: string): string {
  return REFUSED[name] ?? 'this host does not have it';
}
