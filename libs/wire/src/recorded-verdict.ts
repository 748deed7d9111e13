/** The verdict of a stored decision at a glance, for a reader that must look at every decision and cares for few. */
import type { VerdictName } from '@countersign/kernel';
import { VERDICT_NUMBERS } from './decision-codec.ts';
import { WIRE_BYTES, WIRE_VARINT, WireError, WireReader } from './wire-reader.ts';

const DECISION_TAG = (20 << 3) | WIRE_BYTES;
const VERDICT_TAG = (4 << 3) | WIRE_VARINT;

/** Undefined for other events, and for bytes that are no message. */
export function readRecordedVerdict(stored: Uint8Array): VerdictName | undefined {
  const reader = new WireReader(Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength));
  try {
    if (!seek(reader, DECISION_TAG)) return undefined;
    reader.end = reader.fieldEnd();
    if (!seek(reader, VERDICT_TAG)) return undefined;
    const number = reader.varint();
    return (Object.keys(VERDICT_NUMBERS) as VerdictName[]).find((name) => VERDICT_NUMBERS[name] === number);
  } catch (cause) {
    if (cause instanceof WireError) return undefined;
    throw cause;
  }
}

/** Moves to the content of the first field with this tag. */
function seek(reader: WireReader, wanted: number): boolean {
  while (reader.at < reader.end) {
    const tag = reader.varint();
    if (tag === wanted) return true;
    reader.skip(tag);
  }
  return false;
}
