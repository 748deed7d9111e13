/** Given a chain of events, when one byte, one event or one order is changed, then the verifier names the place. */
import { describe, expect, it } from 'vitest';
import { type ChainFault, type ChainRecord, finish, initialChain, verifyNext } from './index.ts';
import { type Result, sha256 } from '@countersign/kernel';
import type { ChainSummary } from './index.ts';

const TOPIC = 'countersign.decisions.v1';

interface Step {
  readonly epoch: number;
  readonly seq: number;
  readonly instance?: string;
}

/** A sound chain: each event links to the bytes of the same producer's one before. */
function chainOf(steps: readonly Step[]): ChainRecord[] {
  const tails = new Map<string, Uint8Array>();
  return steps.map(({ epoch, seq, instance = 'a' }, offset) => {
    const prevHash = tails.get(instance) ?? new Uint8Array(0);
    const stored = Buffer.from(`${instance} ${epoch}.${seq} ${Buffer.from(prevHash).toString('hex')}`);
    tails.set(instance, sha256(stored));
    return { topic: TOPIC, partition: 0, offset, stored, producer: { service: 'decision', instance, epoch, seq }, prevHash };
  });
}

function verify(records: readonly ChainRecord[], head?: number): Result<ChainSummary, ChainFault> {
  let state = initialChain();
  for (const record of records) {
    const result = verifyNext(state, record);
    if (!result.ok) return result;
    state = result.value;
  }
  return finish(state, head === undefined ? [] : [{ topic: TOPIC, partition: 0, head }]);
}

function faultOf(records: readonly ChainRecord[], head?: number): Pick<ChainFault, 'kind' | 'offset' | 'previousOffset'> {
  const result = verify(records, head);
  if (result.ok) throw new Error('the chain was accepted');
  const { kind, offset, previousOffset } = result.error;
  return { kind, offset, previousOffset };
}

const FIVE = chainOf([1, 2, 3, 4, 5].map((seq) => ({ epoch: 1, seq })));

function changed(records: readonly ChainRecord[], offset: number, change: Partial<ChainRecord>): ChainRecord[] {
  return records.map((record) => (record.offset === offset ? { ...record, ...change } : record));
}

function without(records: readonly ChainRecord[], offset: number): ChainRecord[] {
  return records.filter((record) => record.offset !== offset).map((record, index) => ({ ...record, offset: index }));
}

describe('a sound chain', () => {
  it('is accepted, across epochs and with several producers in one topic', () => {
    const records = chainOf([
      { epoch: 1, seq: 1 },
      { epoch: 1, seq: 1, instance: 'b' },
      { epoch: 1, seq: 2 },
      { epoch: 3, seq: 1 },
      { epoch: 1, seq: 2, instance: 'b' },
    ]);
    const result = verify(records, 5);
    expect(result).toMatchObject({
      ok: true,
      value: {
        events: 5,
        producers: [
          { instance: 'a', epochs: 2, events: 3, lastOffset: 3, tailHash: sha256(records[3]?.stored ?? '') },
          { instance: 'b', epochs: 1, events: 2, lastOffset: 4 },
        ],
      },
    });
  });

  it('may have gaps in the offsets where the journal leaves them', () => {
    const records = FIVE.map((record) => ({ ...record, offset: record.offset * 2 + 7 }));
    let state = initialChain({ contiguousOffsets: false });
    for (const record of records) {
      const result = verifyNext(state, record);
      if (!result.ok) throw new Error(result.error.message);
      state = result.value;
    }
    expect(finish(state)).toMatchObject({ ok: true, value: { events: 5 } });
  });
});

describe('a changed chain', () => {
  it('names the successor of an edited event and the event itself', () => {
    const stored = Buffer.from(FIVE[2]?.stored ?? '');
    stored[0] = (stored[0] ?? 0) ^ 1;
    expect(faultOf(changed(FIVE, 2, { stored }))).toEqual({ kind: 'edit', offset: 3, previousOffset: 2 });
  });

  it('names an edited link', () => {
    expect(faultOf(changed(FIVE, 3, { prevHash: sha256('x') }))).toEqual({ kind: 'edit', offset: 3, previousOffset: 2 });
    expect(faultOf(changed(FIVE, 3, { prevHash: new Uint8Array(0) }))).toEqual({ kind: 'edit', offset: 3, previousOffset: 2 });
  });

  it('names a deleted event, by its offset and, where the offsets were closed up, by its number', () => {
    expect(faultOf(FIVE.filter((record) => record.offset !== 2))).toEqual({ kind: 'gap', offset: 3, previousOffset: null });
    expect(faultOf(without(FIVE, 2))).toEqual({ kind: 'gap', offset: 2, previousOffset: 1 });
  });

  it('names a missing start', () => {
    expect(faultOf(without(FIVE, 0))).toEqual({ kind: 'gap', offset: 0, previousOffset: null });
    const renumbered = changed(FIVE.slice(1), 1, { producer: { service: 'decision', instance: 'a', epoch: 1, seq: 1 } });
    const moved = renumbered.map((record) => ({ ...record, offset: record.offset - 1 }));
    expect(faultOf(moved)).toEqual({ kind: 'gap', offset: 0, previousOffset: null });
  });

  it('names a missing end where the journal states its head', () => {
    expect(faultOf(FIVE.slice(0, 3), 5)).toEqual({ kind: 'truncated', offset: 3, previousOffset: null });
  });

  it('names events that changed places', () => {
    const [first, second, third, ...rest] = FIVE as [ChainRecord, ChainRecord, ChainRecord, ...ChainRecord[]];
    const swapped = [first, { ...third, offset: 1 }, { ...second, offset: 2 }, ...rest];
    expect(faultOf(swapped)).toEqual({ kind: 'gap', offset: 1, previousOffset: 0 });
    expect(faultOf([first, second, { ...second, offset: 2 }])).toEqual({ kind: 'fork', offset: 2, previousOffset: 1 });
    expect(faultOf([first, second, second])).toEqual({ kind: 'fork', offset: 1, previousOffset: null });
  });

  it('names a second successor of the same event', () => {
    const [first, second] = FIVE as [ChainRecord, ChainRecord];
    const other = {
      ...second,
      offset: 2,
      stored: Buffer.from('other'),
      producer: { service: 'decision', instance: 'a', epoch: 1, seq: 3 },
    };
    expect(faultOf([first, second, other])).toEqual({ kind: 'fork', offset: 2, previousOffset: 1 });
  });

  it('wants epochs to grow and each to start at 1', () => {
    const back = chainOf([
      { epoch: 2, seq: 1 },
      { epoch: 1, seq: 1 },
    ]);
    expect(faultOf(back)).toEqual({ kind: 'fork', offset: 1, previousOffset: 0 });
    const late = chainOf([
      { epoch: 1, seq: 1 },
      { epoch: 2, seq: 2 },
    ]);
    expect(faultOf(late)).toEqual({ kind: 'gap', offset: 1, previousOffset: 0 });
  });

  it('wants the first event of an epoch to link to the tail of the epoch before', () => {
    const records = chainOf([
      { epoch: 1, seq: 1 },
      { epoch: 2, seq: 1 },
    ]);
    expect(faultOf(changed(records, 1, { prevHash: sha256('another tail') }))).toEqual({
      kind: 'edit',
      offset: 1,
      previousOffset: 0,
    });
  });
});
