/** Blocks: the records of one topic that one commit stores together, as the bytes of one stored value. */
import { crc32 } from 'node:zlib';

// Layout, little endian: crc32 of everything after it u32 · record count u32 · first offset u64 ·
// then for each record: value length u32 · key length u16 · key (UTF-8) · value.
const HEADER_BYTES = 16;
const FRAME_BYTES = 6;
const FIRST_CAPACITY_BYTES = 32 * 1024;
const KEPT_CAPACITY_BYTES = 1024 * 1024;
const MAX_KEY_BYTES = 0xffff;
const MAX_VALUE_BYTES = 64 * 1024 * 1024;
/** UTF-16 units to UTF-8 bytes, at most. */
const UTF8_BYTES_PER_UNIT = 3;

/** A block takes records up to this size; a larger record gets a block of its own. One read of one record costs at most one block. */
export const BLOCK_BYTES = 256 * 1024;

/** The bytes are not what was stored. */
export class DamagedBlock extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DamagedBlock';
  }
}

/** Gathers records in one buffer that is used again for the next commit. */
export class BlockWriter {
  count = 0;
  private length = HEADER_BYTES;
  private buffer = Buffer.allocUnsafeSlow(FIRST_CAPACITY_BYTES);

  hasRoomFor(key: string, value: Uint8Array): boolean {
    return this.count === 0 || this.length + FRAME_BYTES + key.length + value.length <= BLOCK_BYTES;
  }

  /** Copies key and value. The caller has checked both with `isStorable`. */
  add(key: string, value: Uint8Array): void {
    this.reserve(FRAME_BYTES + key.length * UTF8_BYTES_PER_UNIT + value.length);
    const { buffer } = this;
    const start = this.length;
    const keyBytes = buffer.write(key, start + FRAME_BYTES);
    buffer.writeUInt32LE(value.length, start);
    buffer.writeUInt16LE(keyBytes, start + 4);
    buffer.set(value, start + FRAME_BYTES + keyBytes);
    this.length = start + FRAME_BYTES + keyBytes + value.length;
    this.count += 1;
  }

  /** The block's bytes with this first offset; valid until the next `add`, `seal` or `reset`. */
  seal(firstOffset: number): Buffer {
    const { buffer } = this;
    buffer.writeUInt32LE(this.count, 4);
    buffer.writeBigUInt64LE(BigInt(firstOffset), 8);
    const bytes = buffer.subarray(0, this.length);
    buffer.writeUInt32LE(crc32(bytes.subarray(4)), 0);
    return bytes;
  }

  reset(): void {
    this.count = 0;
    this.length = HEADER_BYTES;
    if (this.buffer.length > KEPT_CAPACITY_BYTES) this.buffer = Buffer.allocUnsafeSlow(FIRST_CAPACITY_BYTES);
  }

  private reserve(bytes: number): void {
    const needed = this.length + bytes;
    if (needed <= this.buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.buffer.length * 2));
    this.buffer.copy(grown, 0, 0, this.length);
    this.buffer = grown;
  }
}

/** Whether a record may be stored: a key of at most 65,535 bytes and a value of at most 64 MiB. */
export function isStorable(key: string, value: Uint8Array): boolean {
  if (key.length * UTF8_BYTES_PER_UNIT > MAX_KEY_BYTES && Buffer.byteLength(key) > MAX_KEY_BYTES) return false;
  return value.length <= MAX_VALUE_BYTES;
}

/** Walks the records of a stored block. Throws DamagedBlock when the bytes are not those that were stored at `firstOffset`. */
export class BlockReader {
  /** The offset of the record that `next` stands before. */
  offset: number;
  /** The offset after the last record. */
  readonly end: number;
  key = '';
  value: Uint8Array = EMPTY;
  private position = HEADER_BYTES;
  private readonly buffer: Buffer;

  constructor(bytes: Uint8Array, firstOffset: number) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (buffer.length < HEADER_BYTES) throw new DamagedBlock(`it has ${buffer.length} bytes`);
    if (crc32(buffer.subarray(4)) !== buffer.readUInt32LE(0)) throw new DamagedBlock('its checksum does not match');
    if (Number(buffer.readBigUInt64LE(8)) !== firstOffset) throw new DamagedBlock('it was stored for another offset');
    this.buffer = buffer;
    this.offset = firstOffset;
    this.end = firstOffset + buffer.readUInt32LE(4);
  }

  /** Moves past `count` records without decoding them. */
  skip(count: number): void {
    for (let left = count; left > 0; left -= 1) {
      const valueBytes = this.buffer.readUInt32LE(this.position);
      this.position += FRAME_BYTES + this.buffer.readUInt16LE(this.position + 4) + valueBytes;
    }
    this.offset += count;
  }

  /** Reads one record into `key` and `value` (a view of the block); false at the end. */
  next(): boolean {
    if (this.offset >= this.end) return false;
    const { buffer, position } = this;
    const valueBytes = buffer.readUInt32LE(position);
    const keyStart = position + FRAME_BYTES;
    const valueStart = keyStart + buffer.readUInt16LE(position + 4);
    this.key = buffer.toString('utf8', keyStart, valueStart);
    this.value = new Uint8Array(buffer.buffer, buffer.byteOffset + valueStart, valueBytes);
    this.position = valueStart + valueBytes;
    this.offset += 1;
    return true;
  }
}

const EMPTY = new Uint8Array(0);
