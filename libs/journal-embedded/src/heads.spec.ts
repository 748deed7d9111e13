import { describe, expect, it } from 'vitest';

import { decodeHeads, encodeHeads } from './heads.ts';

const HEADS = new Map([
  ['countersign.decisions.v1', 5_000_000_000],
  ['countersign.approvals.v1', 0],
]);

describe('the head record', () => {
  it('gives back every topic and its head', () => {
    expect(decodeHeads(encodeHeads(HEADS))).toEqual(HEADS);
    expect(decodeHeads(encodeHeads(new Map()))).toEqual(new Map());
  });

  it('is refused when any one of its bytes was changed, and when it is cut short', () => {
    const intact = encodeHeads(HEADS);
    for (let i = 0; i < intact.length; i += 1) {
      const damaged = Buffer.from(intact);
      damaged[i] = (damaged[i] ?? 0) ^ 1;
      expect(decodeHeads(damaged), `byte ${i}`).toBeUndefined();
    }
    expect(decodeHeads(intact.subarray(0, intact.length - 1))).toBeUndefined();
    expect(decodeHeads(new Uint8Array(2))).toBeUndefined();
  });
});
