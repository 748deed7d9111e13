/** Reads protobuf's wire format in place, for the hot path: field by field, no object a field, strict about what it does not expect. */
import { isUtf8 } from 'node:buffer';

export const WIRE_VARINT = 0;
export const WIRE_FIXED64 = 1;
export const WIRE_BYTES = 2;
export const WIRE_FIXED32 = 5;

/** The bytes are no message of the expected shape; the message says where and why. */
export class WireError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WireError';
  }
}

const MAX_LENGTH_BYTES = 5;
const NUL_OR_BEYOND_ASCII = /[\0\x80-\xff]/;
const SHARED_DECODING_CAP_BYTES = 4096;

export class WireReader {
  readonly buffer: Buffer;
  at: number;
  end: number;
  /** Set once a field was passed over that this reader does not know. */
  sawUnknown = false;
  #latin1: string | undefined;

  constructor(buffer: Buffer) {
    this.buffer = buffer;
    this.at = 0;
    this.end = buffer.length;
  }

  /** An unsigned number below 2^35; throws for longer ones. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < MAX_LENGTH_BYTES; i++) {
      if (this.at >= this.end) throw new WireError('the message ends in the middle of a field');
      const byte = this.buffer[this.at++] as number;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new WireError('a number is too large');
  }

  /** Reads a length and returns the end of that field's bytes, which start at `at`. */
  fieldEnd(): number {
    const length = this.varint();
    const end = this.at + length;
    if (end > this.end) throw new WireError('a field is longer than the message');
    return end;
  }

  /** A UTF-8 string; throws for other bytes instead of replacing them. */
  string(name: string): string {
    const end = this.fieldEnd();
    const start = this.at;
    this.at = end;
    // A cut keeps the whole alive as long as the cut is cached: a large message must not hang on to a short text.
    if (this.buffer.length > SHARED_DECODING_CAP_BYTES) return this.#unusual(name, start, end);
    // One decoding for all ASCII fields of the message: a call into the engine costs more than cutting a string.
    this.#latin1 ??= this.buffer.toString('latin1');
    const ascii = this.#latin1.substring(start, end);
    if (!NUL_OR_BEYOND_ASCII.test(ascii)) return ascii;
    return this.#unusual(name, start, end);
  }

  #unusual(name: string, start: number, end: number): string {
    const text = this.buffer.toString('utf8', start, end);
    // U+FFFD is what the decoder puts for bad bytes; only then is the second look needed.
    if (text.includes('\ufffd') && !isUtf8(this.buffer.subarray(start, end))) {
      throw new WireError(`${name} is not valid UTF-8`);
    }
    // NUL separates the parts of keys; only an action's text may hold one, and is opaque then.
    if (name !== 'action.text' && text.includes('\0')) throw new WireError(`${name} must not contain NUL`);
    return text;
  }

  /** A view on the field's bytes. */
  bytes(): Buffer {
    const end = this.fieldEnd();
    const view = this.buffer.subarray(this.at, end);
    this.at = end;
    return view;
  }

  /** Reads a nested message with `read`, which must stop at `end`. */
  nested<T>(read: (reader: WireReader) => T): T {
    const outer = this.end;
    this.end = this.fieldEnd();
    const value = read(this);
    this.end = outer;
    return value;
  }

  /** Passes over a field that is not known. */
  skip(tag: number): void {
    this.sawUnknown = true;
    switch (tag & 7) {
      case WIRE_VARINT:
        while (this.at < this.end && (this.buffer[this.at++] as number) >= 0x80);
        return;
      case WIRE_FIXED64:
        this.at += 8;
        break;
      case WIRE_BYTES:
        this.at = this.fieldEnd();
        return;
      case WIRE_FIXED32:
        this.at += 4;
        break;
      default:
        throw new WireError('a field has an unknown wire type');
    }
    if (this.at > this.end) throw new WireError('the message ends in the middle of a field');
  }
}
