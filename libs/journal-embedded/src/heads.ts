/** The head record: the next offset of every topic, rewritten with each commit and the point on which writers agree. */
import { crc32 } from 'node:zlib';

export type Heads = ReadonlyMap<string, number>;

// Layout, little endian: crc32 of everything after it u32 · topic count u16 · then for each topic:
// name length u16 · name (UTF-8) · head u64.
const COUNT_AT = 4;
const TOPICS_AT = 6;

/** Undefined when the bytes are damaged. */
export function decodeHeads(bytes: Uint8Array): Heads | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < TOPICS_AT || crc32(buffer.subarray(COUNT_AT)) !== buffer.readUInt32LE(0)) return undefined;
  const heads = new Map<string, number>();
  let at = TOPICS_AT;
  for (let left = buffer.readUInt16LE(COUNT_AT); left > 0; left -= 1) {
    const end = at + 2 + buffer.readUInt16LE(at);
    heads.set(buffer.toString('utf8', at + 2, end), Number(buffer.readBigUInt64LE(end)));
    at = end + 8;
  }
  return heads;
}

export function encodeHeads(heads: Heads): Buffer {
  let size = TOPICS_AT;
  for (const topic of heads.keys()) size += 2 + Buffer.byteLength(topic) + 8;
  const buffer = Buffer.allocUnsafeSlow(size);
  buffer.writeUInt16LE(heads.size, COUNT_AT);
  let at = TOPICS_AT;
  for (const [topic, head] of heads) {
    const nameBytes = buffer.write(topic, at + 2);
    buffer.writeUInt16LE(nameBytes, at);
    buffer.writeBigUInt64LE(BigInt(head), at + 2 + nameBytes);
    at += 2 + nameBytes + 8;
  }
  buffer.writeUInt32LE(crc32(buffer.subarray(COUNT_AT)), 0);
  return buffer;
}
