/** UUIDs of RFC 9562: version 7 for first-hand facts, version 8 for facts derived from others. */
import { hash } from 'node:crypto';

const MILLISECOND_BYTES = 6;

/** UUIDv7 from a time (ms since the epoch) and 10 random bytes; 36 characters. Pure, so that tests and replays can fix both. */
export function uuidV7(nowMs: number, random: Uint8Array): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(nowMs, 0, MILLISECOND_BYTES);
  bytes.set(random.subarray(0, 10), MILLISECOND_BYTES);
  return format(bytes, 0x70);
}

/**
 * UUIDv8 from the SHA-256 of the parts (joined with NUL): the same input position and step give the same id, so that an event
 * written twice by two owners is recognised as one.
 */
export function uuidV8(...parts: readonly (string | number | bigint)[]): string {
  const bytes = hash('sha256', parts.join('\0'), 'buffer').subarray(0, 16);
  return format(Buffer.from(bytes), 0x80);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

const UUID_CHARS = 36;
const HYPHEN = 0x2d;
const HYPHENS_BEFORE: ReadonlySet<number> = new Set([4, 6, 8, 10]);
const HEX = Buffer.from('0123456789abcdef');
const text = Buffer.alloc(UUID_CHARS, HYPHEN);

/** Written into one buffer and cut out once: an id a decision should not cost a dozen short-lived strings. */
function format(bytes: Buffer, version: number): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | version;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  let at = 0;
  for (let i = 0; i < 16; i++) {
    if (HYPHENS_BEFORE.has(i)) at += 1;
    const byte = bytes[i] as number;
    text[at++] = HEX[byte >> 4] as number;
    text[at++] = HEX[byte & 0x0f] as number;
  }
  return text.toString('latin1');
}
