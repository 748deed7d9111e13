import { describe, expect, it } from 'vitest';
import { create, toBinary } from '@bufbuild/protobuf';
import type { ApprovalEvent, Command, Matter } from '@countersign/approval';
import { event } from '@countersign/proto';
import {
  approvalCommandDraft,
  approvalCommandOf,
  approvalEventDraft,
  approvalEventOf,
  decodeEvent,
  encodeEvent,
  type EventDraft,
  readRecordedVerdict,
  requestCommandOf,
  watchApprovals,
} from './index.ts';

const STAMP = { service: 's', instance: 'i', epoch: 1, seq: 1, prevHash: new Uint8Array(0) };
const stored = (draft: EventDraft) => decodeEvent(encodeEvent(draft, STAMP));
const bytes = (text: string) => new TextEncoder().encode(text);

const matter: Matter = {
  decisionId: 'd1',
  requester: 'agent:bot',
  involved: ['person:ana'],
  request: {
    requestId: 'r1',
    subject: { id: 'agent:bot', owner: 'person:ana', attributesJson: bytes('{"a":1}') },
    delegation: [{ id: 'person:ana', owner: '', attributesJson: bytes('') }],
    action: { kind: 'mcp_tool', name: 'n', text: 't', dialect: 'd', payloadJson: bytes('{}') },
    resource: { type: 't', id: 'i', environment: 'e', labels: ['l'] },
    purpose: 'p',
    sessionId: 's',
    model: { provider: 'pr', model: 'm' },
    traceparent: 'tp',
    contextJson: bytes('{}'),
  },
  effects: [
    {
      kind: 'read',
      scope: 'one',
      reversible: 'yes',
      targets: [{ type: 'table', name: 'x' }],
      span: { start: 1, end: 2 },
      via: 'v',
      why: 'w',
    },
  ],
  reasons: [{ rule: 'r', code: 'c', message: 'm', severity: 'low', effect: 1 }],
  risk: 7,
  actionDigest: 'a1'.repeat(32),
  policyDigest: 'b2'.repeat(32),
  requirement: { quorum: 2, reviewers: ['role:approver'], expiresS: 60, grantS: 30, uses: 3 },
};

const fact = { approvalId: 'ap', commandId: 'c1', atMs: 1_700_000_000_001 };
const EVENTS: readonly ApprovalEvent[] = [
  { ...fact, type: 'Requested', tenant: 't1', correlationId: 'd1', matter, lapsesAtMs: 1_700_000_060_001 },
  { ...fact, type: 'VoteCast', voter: 'person:ben', approve: true, reason: 'r', channel: 'grpc' },
  {
    ...fact,
    type: 'Granted',
    grant: {
      ...{ grantId: 'g', subject: 'agent:bot', actionDigest: 'a1'.repeat(32), policyDigest: 'b2'.repeat(32) },
      ...{ notBeforeMs: 1_700_000_000_000, expiresAtMs: 1_700_000_030_000, uses: 3, approvers: ['person:ben'] },
    },
  },
  { ...fact, type: 'Rejected', rejectedBy: ['person:ben'], reason: 'r' },
  { ...fact, type: 'Lapsed' },
  { ...fact, type: 'Revoked', revokedBy: 'person:ben', reason: 'r' },
  { ...fact, type: 'Redeemed', grantId: 'g', redeemedFor: 'r1', use: 2 },
  { ...fact, type: 'CommandRefused', command: 'vote', by: 'person:ana', code: 'own_request', message: 'no' },
];

const by = { subject: 'person:ben', owner: '', tokenId: 't', roles: ['approver'] };
const base = { commandId: 'c1', approvalId: 'ap', tenant: 't1', atMs: 1_700_000_000_001 };
const COMMANDS: readonly Command[] = [
  { ...base, type: 'Request', correlationId: 'd1', matter },
  { ...base, type: 'Vote', by, approve: true, reason: 'r', actionDigest: 'a1'.repeat(32), channel: 'grpc' },
  { ...base, type: 'Revoke', by, reason: 'r' },
  {
    ...{ ...base, type: 'Redeem', by, grantId: 'g', redeemedFor: 'r1', subject: 'agent:bot' },
    ...{ actionDigest: 'a1'.repeat(32), policyDigest: 'b2'.repeat(32) },
  },
  { ...base, type: 'Lapse' },
];

describe('approvals on the wire', () => {
  it.each(EVENTS)('$type comes back as it was', (happened) => {
    const envelope = { id: 'e1', tenant: 't1', correlationId: 'd1', traceparent: 'tp' };
    const back = stored(approvalEventDraft(happened, 3, envelope));
    expect(approvalEventOf(back)).toMatchObject(happened);
    expect(back).toMatchObject({
      ...envelope,
      stream: 'approval/ap',
      streamVersion: 3n,
      causationId: 'c1',
      occurredAtMs: 1_700_000_000_001n,
    });
  });

  it('has the types that readers filter by', () => {
    const envelope = { id: 'e1', tenant: 't1', correlationId: 'd1', traceparent: '' };
    expect(EVENTS.map((happened) => approvalEventDraft(happened, 1, envelope).type.replace('countersign.', ''))).toEqual([
      ...['approval.requested', 'approval.vote_cast', 'approval.granted', 'approval.rejected', 'approval.lapsed'],
      ...['approval.revoked', 'grant.redeemed', 'approval.command_refused'],
    ]);
  });

  it.each(COMMANDS)('the command $type comes back as it was', (command) => {
    const draft = approvalCommandDraft(command, { correlationId: 'd1', causationId: 'd0', traceparent: 'tp' });
    expect(approvalCommandOf(stored(draft))).toMatchObject(command);
    expect(draft).toMatchObject({ id: 'c1', key: 'ap', type: 'countersign.approval.command', causationId: 'd0', tenant: 't1' });
  });

  it('an event of another kind is neither', () => {
    const other = decodeEvent(
      toBinary(event.EventSchema, create(event.EventSchema, { data: { case: 'tokenRevoked', value: {} } })),
    );
    expect([approvalEventOf(other), approvalCommandOf(other), requestCommandOf(other)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

const decision = (verdict: event.Verdict) =>
  create(event.EventSchema, {
    id: 'e-d1',
    tenant: 't1',
    occurredAtMs: 5n,
    correlationId: 'd1',
    data: {
      case: 'decisionRecorded',
      value: {
        decisionId: 'd1',
        verdict,
        request: { subject: { id: 'agent:bot', owner: 'person:claimed' }, delegation: [{ id: 'person:carl' }] },
        subject: { id: 'agent:bot', owner: 'person:ana' },
        caller: { subject: 'agent:gw', owner: 'person:dora' },
        actionDigest: Buffer.from('a1'.repeat(32), 'hex'),
        policyDigest: Buffer.from('b2'.repeat(32), 'hex'),
        approval: { approvalId: 'ap', quorum: 2 },
      },
    },
  });

describe('a recorded decision', () => {
  it.each([
    [event.Verdict.ALLOW, 'allow'],
    [event.Verdict.DENY, 'deny'],
    [event.Verdict.REQUIRE_APPROVAL, 'require_approval'],
    [event.Verdict.UNSPECIFIED, undefined],
  ])('shows its verdict %i at a glance', (verdict, name) => {
    expect(readRecordedVerdict(toBinary(event.EventSchema, decision(verdict)))).toBe(name);
  });

  it('other bytes show none', () => {
    expect(readRecordedVerdict(bytes('not a message'))).toBeUndefined();
    expect(readRecordedVerdict(toBinary(event.EventSchema, create(event.EventSchema, { id: 'x' })))).toBeUndefined();
  });

  it('asks people with everybody behind it named, as claimed and as registered', () => {
    const command = requestCommandOf(decision(event.Verdict.REQUIRE_APPROVAL));
    expect(command).toMatchObject({ type: 'Request', approvalId: 'ap', tenant: 't1', atMs: 5, correlationId: 'd1' });
    expect(command?.matter).toMatchObject({
      requester: 'agent:bot',
      involved: ['person:ana', 'person:claimed', 'person:carl', 'person:dora'],
      requirement: { quorum: 2 },
    });
    expect(requestCommandOf(decision(event.Verdict.REQUIRE_APPROVAL))?.commandId).toBe(command?.commandId);
    expect(requestCommandOf(decision(event.Verdict.ALLOW))).toBeUndefined();
  });
});

describe('waiting for an outcome', () => {
  function log() {
    const values: Uint8Array[] = [];
    const listeners = new Set<() => void>();
    let reads = 0;
    return {
      read: async (_topic: string, _partition: number, from: number) => {
        reads += 1;
        return values.slice(from).map((value, i) => ({ offset: from + i, value }));
      },
      partitions: async () => [0],
      head: async () => values.length,
      onAppended: (listener: () => void) => (listeners.add(listener), () => void listeners.delete(listener)),
      append(value: Uint8Array) {
        values.push(value);
        for (const listener of listeners) listener();
      },
      reads: () => reads,
      listeners,
    };
  }
  const outcome = (commandId: string) =>
    toBinary(event.EventSchema, create(event.EventSchema, { id: `of-${commandId}`, causationId: commandId }));
  const fail = (cause: unknown) => {
    throw cause;
  };

  it('gives each its own, among others and what is no event, and reads nothing while nobody waits', async () => {
    const journal = log();
    const watch = watchApprovals(journal, 't', fail);
    journal.append(outcome('old'));
    expect(journal.reads()).toBe(0);
    const [a, b] = [await watch.expect('a'), await watch.expect('b')];
    journal.append(outcome('else'));
    journal.append(bytes('no event'));
    journal.append(outcome('b'));
    journal.append(outcome('a'));
    expect([(await a.within(5_000))?.id, (await b.within(5_000))?.id]).toEqual(['of-a', 'of-b']);
    const before = journal.reads();
    journal.append(outcome('later'));
    expect(journal.reads()).toBe(before);
  });

  it('ends at its time, when it is dropped and when the watch stops', async () => {
    const journal = log();
    const watch = watchApprovals(journal, 't', fail);
    expect(await (await watch.expect('a')).within(5)).toBeUndefined();
    (await watch.expect('b')).drop();
    const waiting = (await watch.expect('c')).within(60_000);
    watch.stop();
    expect(await waiting).toBeUndefined();
    expect(journal.listeners.size).toBe(0);
  });

  it('survives a read that fails: the next append reads again', async () => {
    const journal = log();
    let broken = true;
    const troubles: unknown[] = [];
    const read: typeof journal.read = (...args) => (broken ? Promise.reject(new Error('io')) : journal.read(...args));
    const watch = watchApprovals({ ...journal, read }, 't', (cause) => troubles.push(cause));
    const expected = await watch.expect('a');
    const waiting = expected.within(5_000);
    journal.append(outcome('a'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    broken = false;
    journal.append(outcome('z'));
    expect((await waiting)?.id).toBe('of-a');
    expect(troubles.length).toBeGreaterThan(0);
  });
});
