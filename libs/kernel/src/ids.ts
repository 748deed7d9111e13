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

function format(bytes: Buffer, version: number): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | version;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
