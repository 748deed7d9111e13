/** HTTP methods by what they do, and every way in which a request says that it means another one (RFC 9110, RFC 4918, RFC 5789). */
import type { EffectKind, EffectScope } from '@countersign/kernel';
import type { HttpRequest } from './request.ts';

export interface MethodMeaning {
  readonly kind: EffectKind;
  readonly scope: EffectScope;
  readonly why: string;
}

/** Of a resource that no table knows. What a DELETE takes with it is the server's business, so its scope is not known. */
const METHODS: ReadonlyMap<string, MethodMeaning> = new Map([
  ...rows('GET HEAD OPTIONS TRACE PROPFIND SEARCH REPORT QUERY', 'read', 'bounded', ''),
  ...rows('POST PUT PATCH', 'write', 'bounded', ''),
  ...rows('PROPPATCH MKCOL MKCALENDAR LOCK UNLOCK LINK BIND COPY ACL CHECKIN CHECKOUT MERGE', 'write', 'bounded', ''),
  ...rows('DELETE UNLINK UNBIND', 'delete', 'unknown', 'what the resource holds is not known'),
  ...rows('MOVE', 'delete', 'unknown', 'the resource leaves its place'),
  ...rows('PURGE BAN', 'delete', 'unknown', 'empties a cache'),
  ...rows('CONNECT', 'network', 'one', 'opens a tunnel'),
]);

function rows(names: string, kind: EffectKind, scope: EffectScope, why: string): [string, MethodMeaning][] {
  return names.split(' ').map((name) => [name, { kind, scope, why }]);
}

export function meaningOf(method: string): MethodMeaning | undefined {
  return METHODS.get(method);
}

/** True for methods that are to change nothing. */
export function isSafe(method: string): boolean {
  return METHODS.get(method)?.kind === 'read';
}

const OVERRIDE_HEADERS = ['x-http-method-override', 'x-http-method', 'x-method-override', 'x-original-method'];

export interface Override {
  readonly method: string;
  /** How it is said: the name of the header or parameter. */
  readonly via: string;
}

/** A server that honours the override does another thing than one that does not: both count. */
export function overridesOf(request: HttpRequest, query: URLSearchParams, form: URLSearchParams | undefined): Override[] {
  const out: Override[] = [];
  const add = (value: string | null | undefined, via: string): void => {
    const method = (value ?? '').trim().toUpperCase();
    if (method !== '' && method !== request.method.toUpperCase()) out.push({ method, via });
  };
  for (const name of OVERRIDE_HEADERS) add(request.headers.get(name), name);
  for (const name of ['_method', '_HttpMethod', 'x-http-method-override']) {
    add(query.get(name), `?${name}`);
    add(form?.get(name), `${name} in the body`);
  }
  return out;
}
