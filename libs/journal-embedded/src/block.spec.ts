import { describe, expect, it } from 'vitest';

import { BLOCK_BYTES, BlockReader, BlockWriter, DamagedBlock, isStorable } from './block.ts';

const RECORDS = [
  { key: 'tenant/1', value: Uint8Array.of(1, 2, 3) },
  { key: '', value: new Uint8Array(0) },
  { key: 'ключ-鍵', value: Uint8Array.of(255) },
];

describe('a block', () => {
  it('gives back its records with their offsets', () => {
    const reader = new BlockReader(blockOf(RECORDS, 40), 40);
    const read = [];
    while (reader.next()) read.push({ offset: reader.offset - 1, key: reader.key, value: reader.value });

    expect(read).toEqual(RECORDS.map((record, i) => ({ offset: 40 + i, ...record })));
    expect(reader.end).toBe(43);
  });

  it('skips records without losing its place', () => {
    const reader = new BlockReader(blockOf(RECORDS, 0), 0);
    reader.skip(2);
    expect(reader.next()).toBe(true);
    expect([reader.key, reader.offset]).toEqual(['ключ-鍵', 3]);
    expect(reader.next()).toBe(false);
  });

  it('has the bytes of its written layout', () => {
    const bytes = blockOf([{ key: 'k', value: Uint8Array.of(7, 8) }], 258);
    // count 1 · first offset 258 · value length 2 · key length 1 · "k" · 7 8
    expect(bytes.subarray(4).toString('hex')).toBe('01000000' + '0201000000000000' + '02000000' + '0100' + '6b' + '0708');
  });

  it('is refused when any one of its bytes was changed', () => {
    const intact = blockOf(RECORDS, 40);
    for (let i = 0; i < intact.length; i += 1) {
      const damaged = Buffer.from(intact);
      damaged[i] = (damaged[i] ?? 0) ^ 0x10;
      expect(() => new BlockReader(damaged, 40), `byte ${i}`).toThrow(DamagedBlock);
    }
  });

  it('is refused when it is cut short or lies under another offset', () => {
    const intact = blockOf(RECORDS, 40);
    expect(() => new BlockReader(intact.subarray(0, intact.length - 1), 40)).toThrow(DamagedBlock);
    expect(() => new BlockReader(intact.subarray(0, 3), 40)).toThrow(DamagedBlock);
    expect(() => new BlockReader(intact, 41)).toThrow(DamagedBlock);
  });

  it('can be sealed again for another offset, as after a lost race', () => {
    const writer = new BlockWriter();
    writer.add('k', Uint8Array.of(1));
    writer.seal(5);
    expect(new BlockReader(Buffer.from(writer.seal(9)), 9).end).toBe(10);
  });

  it('keeps to its size, but always takes one record', () => {
    const writer = new BlockWriter();
    const half = new Uint8Array(BLOCK_BYTES / 2);
    expect(writer.hasRoomFor('k', new Uint8Array(BLOCK_BYTES * 3))).toBe(true);
    writer.add('k', half);
    expect(writer.hasRoomFor('k', half)).toBe(false);
    expect(writer.hasRoomFor('k', half.subarray(0, half.length - 100))).toBe(true);
    writer.reset();
    expect(writer.hasRoomFor('k', half)).toBe(true);
  });
});

describe('isStorable', () => {
  it('takes a key of 65,535 bytes and none longer', () => {
    const value = new Uint8Array(0);
    expect(isStorable('k'.repeat(65_535), value)).toBe(true);
    expect(isStorable('k'.repeat(65_536), value)).toBe(false);
    expect(isStorable('鍵'.repeat(21_845), value)).toBe(true);
    expect(isStorable('鍵'.repeat(21_846), value)).toBe(false);
  });

  it('takes a value of 64 MiB and none larger', () => {
    expect(isStorable('k', new Uint8Array(67_108_864))).toBe(true);
    expect(isStorable('k', new Uint8Array(67_108_865))).toBe(false);
  });
});

function blockOf(records: readonly { key: string; value: Uint8Array }[], firstOffset: number): Buffer {
  const writer = new BlockWriter();
  for (const { key, value } of records) writer.add(key, value);
  return Buffer.from(writer.seal(firstOffset));
}
