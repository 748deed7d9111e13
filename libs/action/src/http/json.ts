/** Looks into JSON that strangers wrote: parsing with caps, and guards instead of casts. */

export type Members = Readonly<Record<string, unknown>>;

/** Longest JSON (UTF-16 units) that is parsed in one go: about a millisecond. */
export const JSON_UNITS = 256 * 1024;

/** undefined: not JSON, or too long to look at. */
export function parseJson(text: string, capUnits = JSON_UNITS): unknown {
  if (text.length > capUnits) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** The payload as text; undefined when it is not UTF-8 or longer than the cap. */
export function textOfBytes(bytes: Uint8Array, capBytes = 4 * JSON_UNITS): string | undefined {
  if (bytes.byteLength > capBytes) return undefined;
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member when it is a string. */
export function stringIn(members: Members, name: string): string | undefined {
  const value = Object.hasOwn(members, name) ? members[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

export function membersIn(members: Members, name: string): Members | undefined {
  const value = Object.hasOwn(members, name) ? members[name] : undefined;
  return isMembers(value) ? value : undefined;
}

/** Walks to `a.b.c`; undefined where a step is missing. */
export function at(value: unknown, path: string): unknown {
  let here = value;
  for (const step of path.split('.')) {
    if (!isMembers(here) || !Object.hasOwn(here, step)) return undefined;
    here = here[step];
  }
  return here;
}
