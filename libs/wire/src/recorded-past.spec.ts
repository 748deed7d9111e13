import { create, toBinary } from '@bufbuild/protobuf';
import { event } from '@countersign/proto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeEvent, type EventDraft, readPast, WireError } from './index.ts';

const STAMP = { service: 'decision-service', instance: '0', epoch: 3, seq: 2 ** 40, prevHash: Buffer.alloc(32, 9) };
const DRAFT: Omit<EventDraft, 'data'> = {
  id: 'e',
  type: 'x',
  key: 'k',
  stream: 's',
  streamVersion: 2 ** 40,
  tenant: 'ü-tenant',
  occurredAtMs: 1_795_000_000_123,
  correlationId: 'c',
  causationId: '',
  traceparent: '',
};

const text = fc.string({ maxLength: 20, unit: 'binary' }).map((any) => any.toWellFormed());

const decision = fc.record({
  decisionId: text,
  verdict: fc.constantFrom(event.Verdict.ALLOW, event.Verdict.DENY, event.Verdict.REQUIRE_APPROVAL),
  risk: fc.nat(100),
  failedStep: text,
  policyDigest: fc.uint8Array({ maxLength: 40 }),
  request: fc.record({
    sessionId: text,
    purpose: text,
    resource: fc.record({ id: text, labels: fc.array(text, { maxLength: 4 }) }),
  }),
  subject: fc.record({ id: text, owner: text, attributesJson: fc.uint8Array({ maxLength: 9 }) }),
  reasons: fc.array(fc.record({ rule: text, code: text, message: text, severity: text, effect: fc.nat(3) }), { maxLength: 3 }),
  effects: fc.array(
    fc.record({
      kind: text,
      scope: text,
      span: fc.record({ start: fc.nat(9), end: fc.nat(9) }),
      targets: fc.array(fc.record({ type: text, name: text }), { maxLength: 3 }),
    }),
    { maxLength: 3 },
  ),
  approvalPresented: fc.record({ approvalId: text, status: text, approvers: fc.array(text, { maxLength: 2 }) }),
  sessionJson: fc.uint8Array({ maxLength: 9 }),
});

function howReadingEnds(bytes: Uint8Array): string {
  try {
    readPast(bytes);
    return 'read';
  } catch (error) {
    return error instanceof WireError ? 'WireError' : String(error);
  }
}

describe('readPast', () => {
  it('reads of a decision what the generated codec wrote', () => {
    fc.assert(
      fc.property(decision, (value) => {
        const stored = encodeEvent({ ...DRAFT, data: { case: 'decisionRecorded', value } }, STAMP);
        const verdicts = { 1: 'allow', 2: 'deny', 3: 'require_approval' };
        expect(readPast(stored)).toEqual({
          type: 'decision',
          tenant: 'ü-tenant',
          occurredAtMs: 1_795_000_000_123,
          decisionId: value.decisionId,
          sessionId: value.request.sessionId,
          subject: value.subject.id,
          owner: value.subject.owner,
          verdict: verdicts[value.verdict as 1 | 2 | 3],
          failedStep: value.failedStep,
          approvalStatus: value.approvalPresented.status,
          reasons: value.reasons.map(({ rule, code, severity }) => ({ rule, code, severity })),
          labels: value.request.resource.labels,
          effects: value.effects.map(({ kind, targets }) => ({ kind, targets })),
        });
      }),
    );
  });

  it.each<[string, bigint, number]>([
    ['none', 0n, 0],
    ['some', 300n, 300],
    ['the largest safe number', 2n ** 53n - 1n, Number.MAX_SAFE_INTEGER],
    ['more than a number holds', 2n ** 64n - 1n, Number.MAX_SAFE_INTEGER],
  ])('reads the rows of an outcome: %s', (_what, rowsAffected, rows) => {
    const value = {
      decisionId: 'd',
      outcome: 'executed',
      detail: 'x',
      rowsAffected,
      caller: { subject: 'agent:a', owner: 'person:o' },
    };
    expect(readPast(encodeEvent({ ...DRAFT, data: { case: 'outcomeReported', value } }, STAMP))).toEqual({
      type: 'outcome',
      tenant: 'ü-tenant',
      occurredAtMs: 1_795_000_000_123,
      decisionId: 'd',
      rowsAffected: rows,
      reporter: 'agent:a',
      reporterOwner: 'person:o',
    });
  });

  it('takes a verdict that it does not know for a deny', () => {
    const stored = encodeEvent({ ...DRAFT, data: { case: 'decisionRecorded', value: { verdict: 9 as event.Verdict } } }, STAMP);
    expect(readPast(stored)).toMatchObject({ verdict: 'deny' });
  });

  it('cares for no other event', () => {
    expect(readPast(encodeEvent({ ...DRAFT, data: { case: 'policyActivated', value: {} } }, STAMP))).toBeUndefined();
    expect(readPast(new Uint8Array(0))).toBeUndefined();
  });

  it('throws a WireError for every message that was cut, and nothing else for any bytes', () => {
    const value = create(event.DecisionRecordedSchema, {
      decisionId: 'd',
      effects: [{ kind: 'read', targets: [{ type: 'table', name: 't' }] }],
    });
    const stored = toBinary(
      event.EventSchema,
      create(event.EventSchema, { tenant: 't', data: { case: 'decisionRecorded', value } }),
    );
    expect(() => readPast(stored.subarray(0, -1))).toThrow(WireError);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(['read', 'WireError']).toContain(howReadingEnds(bytes));
      }),
    );
  });
});
