/** Finds the API that a request speaks to, and the route that its path takes. */
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
  const vendor = vendorOf(bucketless(address.host.name));
  const api = vendor ?? calledApi(address.host.name) ?? shapedApi(address);
  return api === undefined ? undefined : { api, vendor: vendor !== undefined, segments: withoutBase(api, address.segments) };
}

/** First come, first served: the more special APIs stand before the general ones. */
function indexed(keysOf: (api: Api) => readonly string[] | undefined): ReadonlyMap<string, Api> {
  const out = new Map<string, Api>();
  for (const api of APIS) for (const key of keysOf(api) ?? []) if (!out.has(key)) out.set(key, api);
  return out;
}

const BY_VENDOR = indexed((api) => api.vendor);
const BY_LABEL = indexed((api) => api.labels);
const BY_SEGMENT = indexed((api) => api.segments);

/** By the first segment of the start. */
const BY_START: ReadonlyMap<string, readonly (readonly [start: readonly string[], api: Api])[]> = Map.groupBy(
  APIS.flatMap((api) => (api.starts ?? []).map((start) => [start.split('/'), api] as const)),
  ([start]) => start[0] ?? '',
);

function vendorOf(name: string): Api | undefined {
  let rest = name;
  for (;;) {
    const api = BY_VENDOR.get(rest);
    const dot = rest.indexOf('.');
    if (api !== undefined || dot < 0) return api;
    rest = rest.slice(dot + 1);
  }
}

/** `es.gitlab-2.corp` is called after GitLab. */
function calledApi(name: string): Api | undefined {
  for (const part of name.split(/[.-]/)) {
    const api = BY_LABEL.get(part) ?? BY_LABEL.get(part.replace(/\d+$/, ''));
    if (api !== undefined) return api;
  }
  for (const label of COMPOUND) if (name.includes(label)) return BY_LABEL.get(label);
  return undefined;
}

/** Labels that have a dash themselves. */
const COMPOUND = [...BY_LABEL.keys()].filter((label) => label.includes('-'));

function shapedApi(address: Address): Api | undefined {
  const { segments, port } = address;
  const version = /^v1\.\d+$/.test(segments[0] ?? '') ? segments.slice(1) : segments;
  const starts = BY_START.get(version[0] ?? '') ?? [];
  const shaped = starts.filter(([start]) => start.every((part, index) => part === version[index])).map(([, api]) => api);
  for (const segment of segments) {
    const api = BY_SEGMENT.get(segment);
    if (api !== undefined) shaped.push(api);
  }
  const ported = APIS.filter((api) => api.ports?.includes(port));
  const plain = (api: Api): boolean => api.needsPortAndStart !== true;
  return ported.find((api) => shaped.includes(api)) ?? ported.find(plain) ?? shaped.find(plain);
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
