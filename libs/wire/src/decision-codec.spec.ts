import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { decision, event } from '@countersign/proto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ByteWriter,
  decodeEvent,
  encodeAnswer,
  encodeDecideResponse,
  encodeDecisionEvent,
  encodeEffects,
  encodeReading,
  encodeRecordedRequest,
  encodeRiskParts,
  readDecideRequest,
  type RequestFacts,
  withPosition,
} from './index.ts';

const text = fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 90 }));
const bytes = fc.uint8Array({ maxLength: 40 });
const subject = fc.record({ id: text, owner: text, attributesJson: bytes });
const request = fc.record({
  requestId: text,
  subject,
  delegation: fc.array(subject, { maxLength: 3 }),
  action: fc.record({ kind: text, name: text, text, dialect: text, payloadJson: bytes }),
  resource: fc.record({ type: text, id: text, environment: text, labels: fc.array(text, { maxLength: 3 }) }),
  purpose: text,
  sessionId: text,
  model: fc.record({ provider: text, model: text }),
  traceparent: text,
  contextJson: bytes,
  declaredEffects: fc.array(text, { maxLength: 3 }),
});

/** The generated types want mutable lists. */
function copyOf(facts: RequestFacts & { readonly grant: string }) {
  return {
    ...facts,
    delegation: [...facts.delegation],
    declaredEffects: [...facts.declaredEffects],
    resource: { ...facts.resource, labels: [...facts.resource.labels] },
  };
}

describe('the hand-written request reader and writer agree with the generated codec', () => {
  it('reads what the generated codec writes', () => {
    fc.assert(
      fc.property(request, text, (asked, grant) => {
        const message = create(decision.DecideRequestSchema, { ...asked, grant });
        const read = readDecideRequest(Buffer.from(toBinary(decision.DecideRequestSchema, message)));
        if (!read.ok) throw new Error(read.error);
        const { verbatim, ...facts } = read.value;
        const again = create(decision.DecideRequestSchema, copyOf(facts));
        expect(toBinary(decision.DecideRequestSchema, again)).toEqual(toBinary(decision.DecideRequestSchema, message));
        expect(verbatim === undefined).toBe(grant !== '');
      }),
    );
  });

  it('writes what the generated codec reads', () => {
    fc.assert(
      fc.property(request, (facts) => {
        const decoded = fromBinary(event.RecordedRequestSchema, encodeRecordedRequest(facts));
        const generated = create(event.RecordedRequestSchema, facts);
        expect(toBinary(event.RecordedRequestSchema, decoded)).toEqual(toBinary(event.RecordedRequestSchema, generated));
      }),
    );
  });

  it('throws nothing but refusals on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (junk) => typeof readDecideRequest(Buffer.from(junk)).ok === 'boolean'),
    );
  });

  it.each([
    ['invalid UTF-8', Buffer.from([0x0a, 0x01, 0xff]), 'request_id is not valid UTF-8'],
    ['a singular field twice', Buffer.from([0x0a, 0x01, 0x61, 0x0a, 0x01, 0x62]), 'the request has field 1 twice'],
    ['a cut message', Buffer.from([0x0a, 0x05, 0x61]), 'a field is longer than the message'],
  ])('refuses %s', (_, junk, error) => {
    expect(readDecideRequest(junk)).toEqual({ ok: false, error });
  });

  it('does not embed bytes with a field that nobody masked', () => {
    const read = readDecideRequest(Buffer.from([0x0a, 0x01, 0x61, 0xa2, 0x06, 0x01, 0x78]));
    expect(read).toMatchObject({ ok: true, value: { requestId: 'a', verbatim: undefined } });
  });
});

describe('the recorded decision and its answer', () => {
  const effects = encodeEffects([
    {
      kind: 'schema_drop',
      scope: 'one',
      reversible: 'no',
      targets: [{ type: 'table', name: 'clients—ü' }],
      span: { start: 0, end: 300 },
      via: '',
      why: '',
    },
  ]);
  const answer = encodeAnswer(
    [{ rule: 'r', code: 'c', message: 'm'.repeat(200), severity: 'high', effect: 0 }],
    [{ id: 'o', paramsJson: Buffer.from('{}') }],
  );

  const riskParts = encodeRiskParts([
    { factor: 'kind:schema_drop', value: 85 },
    { factor: 'history:none', value: 0 },
  ]);

  const reading = encodeReading({
    fingerprint: 'f00',
    normalised: 'DROP TABLE $1',
    words: 'drops table clients and what is in it',
  });

  it('decodes with the generated codec, every field in its place', () => {
    const stored = encodeDecisionEvent(
      {
        decisionId: 'd',
        tenant: 'default',
        stream: 'session/s',
        occurredAtMs: 1_795_000_000_123,
        correlationId: 'd',
        causationId: '',
        traceparent: 'tp',
        request: encodeRecordedRequest(fc.sample(request, { seed: 7, numRuns: 1 })[0]!),
        caller: Buffer.from([0x0a, 0x01, 0x61]),
        verdict: 'deny',
        answer,
        effects,
        risk: 90,
        riskParts,
        reading,
        actionDigest: Buffer.alloc(32, 1),
        policyDigest: Buffer.alloc(32, 2),
        approval: { approvalId: 'a', quorum: 2, reviewers: ['person:ana'], expiresS: 60, grantS: 30, uses: 1 },
        presented: { approvalId: 'a', grantId: 'g', status: 'valid', approvers: ['person:bo'] },
        masked: ['card'],
        sealed: { keyId: 'k', nonce: Buffer.alloc(12, 3), ciphertext: Buffer.alloc(20, 4) },
        subject: Buffer.from([0x0a, 0x01, 0x62]),
        inputDigest: Buffer.alloc(32, 5),
        inputMembers: 2 ** 14 - 1,
        failedStep: 'evaluate',
        contentDigest: Buffer.alloc(32, 6),
        sessionJson: '{"id":"s-1","agent":{"tables":{"füße":3}}}',
        memoryPosition: 4_294_967_297,
      },
      { service: 'decision-service', instance: '0', epoch: 3, seq: 2 ** 40, prevHash: Buffer.alloc(32, 9) },
    );
    const decoded = decodeEvent(stored);
    expect(decoded.producer).toMatchObject({ service: 'decision-service', instance: '0', epoch: 3n, seq: 2n ** 40n });
    expect(decoded.occurredAtMs).toBe(1_795_000_000_123n);
    expect(decoded.data.value).toMatchObject({
      decisionId: 'd',
      verdict: event.Verdict.DENY,
      reasons: [{ rule: 'r', effect: 1 }],
      obligations: [{ id: 'o' }],
      risk: 90,
      riskParts: [
        { factor: 'kind:schema_drop', value: 85 },
        { factor: 'history:none', value: 0 },
      ],
      inputMembers: 2 ** 14,
      fingerprint: 'f00',
      normalisedText: 'DROP TABLE $1',
      effectsInWords: 'drops table clients and what is in it',
      effects: [{ kind: 'schema_drop', targets: [{ name: 'clients—ü' }], span: { start: 0, end: 300 } }],
      approval: { approvalId: 'a', quorum: 2, uses: 1 },
      approvalPresented: { status: 'valid', approvers: ['person:bo'] },
      masked: ['card'],
      sealed: { keyId: 'k' },
      subject: { id: 'b' },
      failedStep: 'evaluate',
    });
    // Nothing but known fields was written.
    expect(toBinary(event.EventSchema, decoded).length).toBe(stored.length);
  });

  it('answers with the same reasons and effects', () => {
    const stored = withPosition(
      encodeDecideResponse({
        decisionId: 'd',
        correlationId: 'c',
        verdict: 'require_approval',
        answer,
        effects,
        risk: 50,
        riskParts,
        reading,
        policyDigestText: 'sha256:00',
        approval: { id: 'a', lapsesAtMs: 1_795_000_000_123, quorum: 1 },
        maskedText: 'm',
      }),
      { topic: 't', partition: 0, offset: 2 ** 33 },
    );
    expect(fromBinary(decision.DecideResponseSchema, stored)).toMatchObject({
      decisionId: 'd',
      verdict: event.Verdict.REQUIRE_APPROVAL,
      reasons: [{ message: 'm'.repeat(200) }],
      effects: [{ kind: 'schema_drop' }],
      effectsInWords: 'drops table clients and what is in it',
      riskParts: [
        { factor: 'kind:schema_drop', value: 85 },
        { factor: 'history:none', value: 0 },
      ],
      approval: { id: 'a', lapsesAtMs: 1_795_000_000_123n },
      position: { topic: 't', offset: 2n ** 33n },
      correlationId: 'c',
    });
  });
});

describe('ByteWriter', () => {
  it('writes lengths of every size', () => {
    for (const size of [0, 1, 41, 42, 43, 127, 128, 16_383, 16_384, 70_000]) {
      const w = new ByteWriter(8);
      const start = w.begin(4);
      w.string(3, 'é'.repeat(size));
      w.end(start);
      expect(fromBinary(event.RecordedRequestSchema, w.copy()).action?.text).toBe('é'.repeat(size));
    }
  });
});
