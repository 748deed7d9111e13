/** Finds the API that a request speaks to, and the route that its path takes. */
import { under } from '../addresses.ts';
import type { Address } from '../url.ts';
import type { Api, Route } from './api.ts';
import { FORGE_APIS } from './forges.ts';
import { MACHINE_APIS } from './machines.ts';
import { SEARCH_APIS } from './search.ts';
import { SERVICE_APIS } from './services.ts';
import { STORE_APIS } from './stores.ts';

export interface Known {
  readonly api: Api;
  /** The host is the vendor's own, so nobody else receives what is sent. */
  readonly vendor: boolean;
  /** The path without the API's base. */
  readonly segments: readonly string[];
}

export interface Match {
  readonly does: string;
  readonly why: string;
  /** Names that the path gave, by parameter; `**` is the rest. */
  readonly names: ReadonlyMap<string, string>;
}

const APIS: readonly Api[] = [...SEARCH_APIS, ...STORE_APIS, ...MACHINE_APIS, ...FORGE_APIS, ...SERVICE_APIS];

/** Surest first: the vendor's host, what people call the host, port and path, the path, the port. */
export function findApi(address: Address): Known | undefined {
  const name = address.host.name;
  const by = (api: Api | undefined, vendor: boolean): Known | undefined =>
    api === undefined ? undefined : { api, vendor, segments: withoutBase(api, address.segments) };
  const path = address.segments.join('/');
  const vendors = APIS.find((api) => api.vendor !== undefined && under(bucketless(name), api.vendor));
  if (vendors !== undefined) return by(vendors, true);
  const labels = name.split(/[.-]/);
  const hosts = APIS.find((api) => (api.labels ?? []).some((label) => labels.includes(label) || name.includes(`${label}.`)));
  if (hosts !== undefined) return by(hosts, false);
  const ports = APIS.filter((api) => api.ports?.includes(address.port));
  const paths = APIS.filter(
    (api) => startsLike(api, path) || address.segments.some((segment) => api.segments?.includes(segment)),
  );
  const both = ports.find((api) => paths.includes(api));
  if (both !== undefined) return by(both, false);
  const plain = (api: Api): boolean => api.needsPortAndStart !== true;
  return by(ports.find(plain) ?? paths.find(plain), false);
}

/** `logs.s3.eu-west-1.amazonaws.com` is S3, as `s3.amazonaws.com` is. */
function bucketless(name: string): string {
  return name.endsWith('.amazonaws.com')
    ? name.replace(/^(?:.*\.)?s3[.-](?:[a-z0-9-]+\.)*amazonaws\.com$/, 's3.amazonaws.com')
    : name;
}

export function apiNamed(name: string): Api | undefined {
  return APIS.find((api) => api.name === name);
}

function startsLike(api: Api, path: string): boolean {
  const bare = path.replace(/^v1\.\d+\//, '');
  return (api.starts ?? []).some(
    (start) => path === start || path.startsWith(`${start}/`) || bare === start || bare.startsWith(`${start}/`),
  );
}

export function withoutBase(api: Api, segments: readonly string[]): readonly string[] {
  const base = api.base ?? [];
  return base.length > 0 && base.every((pattern, index) => fits(pattern, segments[index] ?? ''))
    ? segments.slice(base.length)
    : segments;
}

interface Compiled {
  readonly methods: ReadonlySet<string> | undefined;
  readonly parts: readonly string[];
  readonly route: Route;
}

const compiled = new WeakMap<Api, readonly Compiled[]>();

export function findRoute(api: Api, method: string, segments: readonly string[]): Match | undefined {
  let routes = compiled.get(api);
  if (routes === undefined) {
    routes = api.routes.flatMap(compile);
    compiled.set(api, routes);
  }
  for (const { methods, parts, route } of routes) {
    if (methods !== undefined && !methods.has(method)) continue;
    const names = namesIn(parts, segments);
    if (names !== undefined) return { does: route[2], why: route[3] ?? '', names };
  }
  return undefined;
}

function compile(route: Route): Compiled[] {
  const [methods, path] = route;
  const optional = /^(.*?)\[(.*?)\](.*)$/.exec(path);
  const paths = optional === null ? [path] : [`${optional[1]}${optional[2]}${optional[3]}`, `${optional[1]}${optional[3]}`];
  return paths.map((one) => ({
    methods: methods === '*' ? undefined : new Set(methods.split('|')),
    parts: one.split('/').filter((part) => part !== ''),
    route,
  }));
}

function namesIn(parts: readonly string[], segments: readonly string[]): Map<string, string> | undefined {
  const open = parts.at(-1) === '**';
  const fixed = open ? parts.length - 1 : parts.length;
  if (segments.length < fixed || (!open && segments.length > fixed)) return undefined;
  const names = new Map<string, string>();
  for (let index = 0; index < fixed; index += 1) {
    const part = parts[index] ?? '';
    const segment = segments[index] ?? '';
    if (part.startsWith(':')) names.set(part.slice(1), segment);
    else if (!fits(part, segment)) return undefined;
  }
  if (open) names.set('**', segments.slice(fixed).join('/'));
  return names;
}

function fits(pattern: string, segment: string): boolean {
  if (pattern === '*') return true;
  if (pattern.includes('|')) return pattern.split('|').some((one) => fits(one, segment));
  if (pattern.endsWith('*')) return segment.startsWith(pattern.slice(0, -1));
  return pattern === segment;
}
