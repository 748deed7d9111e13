/** A growing buffer that writes protobuf's wire format; for the one path where generated codecs cost too much (docs/adr/0004). */

const WIRE_VARINT = 0;
const WIRE_BYTES = 2;
const SHORT_ASCII_CHARS = 48;
const TWO_POW_32 = 0x1_0000_0000;

export class ByteWriter {
  #buffer: Buffer;
  #at = 0;

  constructor(initialBytes = 4096) {
    this.#buffer = Buffer.allocUnsafeSlow(initialBytes);
  }

  reset(): void {
    this.#at = 0;
  }

  get length(): number {
    return this.#at;
  }

  /** A view of what was written; valid until the next write or reset. */
  view(): Buffer {
    return this.#buffer.subarray(0, this.#at);
  }

  /** A copy of what was written, its own from then on. */
  copy(): Buffer {
    const copy = Buffer.allocUnsafe(this.#at);
    this.#buffer.copy(copy, 0, 0, this.#at);
    return copy;
  }

  /** Non-negative safe integers; 0, the proto3 default, is left out. */
  uint(field: number, value: number): void {
    if (value === 0) return;
    this.#ensure(20);
    this.#varint((field << 3) | WIRE_VARINT);
    this.#varint(value);
  }

  /** UTF-8; the empty string, the proto3 default, is left out. */
  string(field: number, value: string): void {
    const chars = value.length;
    if (chars === 0) return;
    this.#ensure(chars * 3 + 20);
    this.#varint((field << 3) | WIRE_BYTES);
    const lengthBytes = varintBytes(chars);
    const start = this.#at + lengthBytes;
    const written = this.#writeText(value, start);
    // The guess holds for ASCII; other texts may need a longer length, so they move up.
    const needed = varintBytes(written);
    if (needed !== lengthBytes) this.#buffer.copyWithin(start + needed - lengthBytes, start, start + written);
    this.#varint(written);
    this.#at += written;
  }

  /** Empty bytes are left out. */
  bytes(field: number, value: Uint8Array): void {
    if (value.length > 0) this.message(field, value);
  }

  /** An encoded message; an empty one is present, not left out. */
  message(field: number, encoded: Uint8Array): void {
    this.#ensure(encoded.length + 20);
    this.#varint((field << 3) | WIRE_BYTES);
    this.#varint(encoded.length);
    this.#buffer.set(encoded, this.#at);
    this.#at += encoded.length;
  }

  /** Bytes that are fields already. */
  raw(encoded: Uint8Array): void {
    this.#ensure(encoded.length);
    this.#buffer.set(encoded, this.#at);
    this.#at += encoded.length;
  }

  /** Starts a nested message; give what it returns to `end`. */
  begin(field: number): number {
    this.#ensure(20);
    this.#varint((field << 3) | WIRE_BYTES);
    this.#at += 1;
    return this.#at;
  }

  end(start: number): void {
    const length = this.#at - start;
    const needed = varintBytes(length);
    if (needed > 1) {
      this.#ensure(needed);
      this.#buffer.copyWithin(start + needed - 1, start, this.#at);
    }
    this.#at = start - 1;
    this.#varint(length);
    this.#at += length;
  }

  #writeText(value: string, start: number): number {
    const buffer = this.#buffer;
    if (value.length <= SHORT_ASCII_CHARS) {
      let at = start;
      for (let i = 0; i < value.length; i++) {
        const code = value.charCodeAt(i);
        if (code > 0x7f) return buffer.write(value, start, 'utf8');
        buffer[at++] = code;
      }
      return value.length;
    }
    return buffer.write(value, start, 'utf8');
  }

  #varint(value: number): void {
    const buffer = this.#buffer;
    let rest = value;
    let at = this.#at;
    while (rest >= TWO_POW_32) {
      buffer[at++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    rest >>>= 0;
    while (rest > 0x7f) {
      buffer[at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    buffer[at++] = rest;
    this.#at = at;
  }

  #ensure(more: number): void {
    const needed = this.#at + more;
    if (needed <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(grown, 0, 0, this.#at);
    this.#buffer = grown;
  }
}

function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}
