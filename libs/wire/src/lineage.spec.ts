/** Stored bytes become events for lineage, or a quarantined record: never an exception. */
import { create, toBinary } from '@bufbuild/protobuf';
import { event } from '@countersign/proto';
import { describe, expect, it } from 'vitest';
import { type EventDraft, encodeEvent, eventDataJson, toLineageEvent } from './index.ts';

const DRAFT: EventDraft = {
  id: 'e1',
  type: 'countersign.approval.vote_cast',
  key: 'a1',
  stream: 'approval/a1',
  streamVersion: 2,
  tenant: 'acme',
  occurredAtMs: 1_700_000_000_123,
  correlationId: 'd1',
  causationId: 'c1',
  traceparent: '00-1-2-01',
  data: { case: 'approvalVoteCast', value: { approvalId: 'a1', voter: 'person:bea', approve: true } },
};
const STAMP = { service: 'approval', instance: 'i', epoch: 3, seq: 9, prevHash: Uint8Array.of(1, 2) };

const read = (value: Uint8Array, key = 'a1') => toLineageEvent({ topic: 't', partition: 0, offset: 5, key, value });

describe('toLineageEvent', () => {
  it('carries the envelope, the place and the bytes', () => {
    const stored = encodeEvent(DRAFT, STAMP);
    const { data, prevHash, ...envelope } = read(stored);
    expect(envelope).toEqual({
      ...{ topic: 't', partition: 0, journalOffset: 5, key: 'a1', stored, id: 'e1', type: DRAFT.type, stream: 'approval/a1' },
      ...{ streamVersion: 2, tenant: 'acme', occurredAtMs: 1_700_000_000_123, correlationId: 'd1', causationId: 'c1' },
      ...{ traceparent: '00-1-2-01', producer: { service: 'approval', instance: 'i', epoch: 3, seq: 9 } },
    });
    expect([...prevHash]).toEqual([1, 2]);
    expect(data).toMatchObject({ type: 'approval.vote_cast', fact: { approvalId: 'a1', voter: 'person:bea', approve: true } });
  });

  it('knows every kind of data that the contract has', () => {
    const fields = event.EventSchema.fields.filter(({ oneof }) => oneof !== undefined);
    const kinds = fields.map(({ localName }) => {
      const data = { case: localName, value: {} } as EventDraft['data'];
      return read(encodeEvent({ ...DRAFT, data }, STAMP)).data.type;
    });
    expect(kinds).not.toContain('unknown');
    expect(kinds).not.toContain('quarantined');
    expect(new Set(kinds).size).toBe(fields.length);
  });

  it('reads a verdict that it does not know as a deny', () => {
    const verdictOf = (verdict: number) =>
      read(encodeEvent({ ...DRAFT, data: { case: 'decisionRecorded', value: { verdict } } }, STAMP)).data;
    expect([0, 1, 2, 3, 99].map((verdict) => verdictOf(verdict))).toMatchObject([
      { verdict: 'deny' },
      { verdict: 'allow' },
      { verdict: 'deny' },
      { verdict: 'require_approval' },
      { verdict: 'deny' },
    ]);
  });

  it('lets an event of a newer version through without its data', () => {
    const bytes = encodeEvent({ ...DRAFT, type: 'countersign.later.thing' }, STAMP);
    // Field 200, a message of zero bytes: a kind of data that this version has no name for.
    const newer = Buffer.concat([bytes.subarray(0, bytes.length), Buffer.from([0xc2, 0x0c, 0x00])]);
    expect(read(newer)).toMatchObject({ type: 'countersign.later.thing' });
    const none = toBinary(
      event.EventSchema,
      create(event.EventSchema, { id: 'e', type: 'countersign.later.thing', producer: {} }),
    );
    expect(read(none).data).toEqual({ type: 'unknown' });
  });

  it.each([
    ['no message', Buffer.from('no event at all')],
    ['cut off', Buffer.from(encodeEvent(DRAFT, STAMP)).subarray(0, 40)],
    ['without a producer', toBinary(event.EventSchema, create(event.EventSchema, { id: 'e', type: 'x' }))],
    ['without an id', encodeEvent({ ...DRAFT, id: '' }, STAMP)],
    ['of the year 2400', encodeEvent({ ...DRAFT, occurredAtMs: Date.UTC(2400, 0) }, STAMP)],
    ['from before 1970', encodeEvent({ ...DRAFT, occurredAtMs: -1 }, STAMP)],
  ])('quarantines a record %s, with the reason and the bytes', (_, stored) => {
    const read1 = read(stored, 'acme/s1');
    expect(read1).toMatchObject({ type: 'countersign.quarantined', tenant: 'acme', journalOffset: 5, stored });
    expect(read1.data).toMatchObject({ type: 'quarantined', reason: expect.stringMatching(/.+/) });
  });
});

describe('eventDataJson', () => {
  it("is the data alone, by the contract's field names", () => {
    expect(JSON.parse(eventDataJson(encodeEvent(DRAFT, STAMP)))).toEqual({
      approval_id: 'a1',
      voter: 'person:bea',
      approve: true,
    });
  });
});
