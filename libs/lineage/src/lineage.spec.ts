/** Events to rows, sentences, edges and order: plain data in, plain data out. */
import { describe, expect, it } from 'vitest';
import {
  type DecisionFact,
  type LineageData,
  type LineageEvent,
  TABLE_NAMES,
  actorOf,
  addRows,
  edgesOf,
  inCausalOrder,
  noRows,
  summarise,
} from './index.ts';
import { oneLine } from './text.ts';

const NO_BYTES = new Uint8Array(0);
const CALLER = { subject: 'agent:local', owner: 'person:admin', tokenId: 't1' };

const DECISION: DecisionFact = {
  decisionId: 'd1',
  request: {
    requestId: 'r1',
    subject: { id: 'agent:bot', owner: '' },
    delegation: [{ id: 'person:ana', owner: '' }],
    action: { kind: 'sql', name: '', text: 'DROP TABLE t', dialect: 'postgres', payloadJson: Buffer.from('{"a":1}') },
    resource: { type: 'database', id: 'crm', environment: 'production', labels: ['pii'] },
    purpose: 'cleanup',
    sessionId: 's1',
    model: { provider: 'p', model: 'm' },
  },
  caller: CALLER,
  reasons: [{ rule: 'baseline.schema_drop', code: 'irreversible', message: 'It cannot be undone.', severity: 'critical' }],
  obligations: [{ id: 'notify' }],
  risk: 90,
  effects: [
    { kind: 'schema_drop', scope: 'one', targets: [{ type: 'table', name: 't' }] },
    { kind: 'delete', scope: 'unbounded', targets: [{ type: 'table', name: 't' }] },
  ],
  actionDigest: Uint8Array.of(0xab, 0xcd),
  policyDigest: Uint8Array.of(1),
  masked: ['password'],
  subject: { id: 'agent:bot', owner: 'person:ana' },
  inputDigest: NO_BYTES,
  failedStep: '',
};

function eventOf(data: LineageData, change: Partial<LineageEvent> = {}): LineageEvent {
  return {
    topic: 'countersign.decisions.v1',
    partition: 0,
    journalOffset: 7,
    key: 'acme/s1',
    stored: Buffer.from('stored bytes'),
    id: 'e1',
    type: `countersign.${data.type}`,
    stream: 'session/s1',
    streamVersion: 0,
    tenant: 'acme',
    producer: { service: 'decision', instance: 'a', epoch: 1, seq: 8 },
    prevHash: Uint8Array.of(255),
    occurredAtMs: 1_000,
    correlationId: 'd1',
    causationId: '',
    traceparent: '',
    data,
    ...change,
  };
}

const DENIED: LineageData = { type: 'decision.recorded', verdict: 'deny', fact: DECISION };

/** One of each type, with the least in it that the contract allows. */
const ALL_DATA: readonly LineageData[] = [
  DENIED,
  { type: 'outcome.reported', fact: { decisionId: 'd1', outcome: 'executed', detail: '', rowsAffected: 3n, caller: CALLER } },
  { type: 'approval.command', fact: { commandId: 'c', approvalId: 'a', caller: CALLER, command: { case: 'vote' } } },
  { type: 'approval.requested', fact: { approvalId: 'a', lapsesAtMs: 5n } },
  { type: 'approval.vote_cast', fact: { approvalId: 'a', voter: 'person:bea', approve: true, reason: 'seen', channel: 'cli' } },
  {
    type: 'approval.granted',
    fact: {
      ...{ approvalId: 'a', grantId: 'g', subject: 'agent:bot', actionDigest: NO_BYTES, policyDigest: NO_BYTES },
      ...{ expiresAtMs: 9n, uses: 1, approvers: ['person:bea', 'person:cy'] },
    },
  },
  { type: 'approval.rejected', fact: { approvalId: 'a', rejectedBy: ['person:bea'], reason: 'no' } },
  { type: 'approval.lapsed', fact: { approvalId: 'a' } },
  { type: 'approval.revoked', fact: { approvalId: 'a', revokedBy: 'person:bea', reason: 'late' } },
  { type: 'grant.redeemed', fact: { approvalId: 'a', grantId: 'g', redeemedFor: 'd2', use: 1 } },
  {
    type: 'approval.command_refused',
    fact: {
      approvalId: 'a',
      commandId: 'c',
      command: 'vote',
      by: 'person:ana',
      code: 'own_request',
      message: 'It is your own request.',
    },
  },
  { type: 'policy.activated', fact: { bundle: 'baseline', digest: NO_BYTES, profile: 'standard' } },
  { type: 'policy.refused', fact: { bundle: 'mine', message: 'line 3: no' } },
  {
    type: 'token.issued',
    fact: { tokenId: 't', subject: 'agent:bot', owner: 'person:ana', roles: ['caller'], issuedBy: 'person:admin' },
  },
  { type: 'token.revoked', fact: { tokenId: 't', revokedBy: 'person:admin' } },
  { type: 'quarantined', reason: 'not an event' },
  { type: 'unknown' },
];

describe('actor and summary', () => {
  it('is one sentence for every type', () => {
    expect(ALL_DATA.map((data) => `${actorOf(data)} | ${summarise(eventOf(data))}`)).toEqual([
      'agent:bot | agent:bot asked to run sql «DROP TABLE t» in production: denied by baseline.schema_drop',
      'agent:local | agent:local reported executed',
      'agent:local | agent:local sent a vote',
      'system | system needs one approval to run an action',
      'person:bea | person:bea approved: seen',
      'person:bea, person:cy | agent:bot was granted one use, approved by person:bea, person:cy',
      'person:bea | The request was rejected by person:bea: no',
      'system | The request lapsed: nobody decided in time',
      'person:bea | person:bea revoked the approval: late',
      'system | The grant was used (use 1) for d2',
      'person:ana | person:ana was refused to vote: It is your own request.',
      'system | Policy baseline became active (profile standard)',
      'system | Policy mine was refused: line 3: no',
      'person:admin | person:admin issued a token to agent:bot (caller)',
      'person:admin | person:admin revoked token t',
      'system | A record could not be read: not an event',
      'system | An event of a newer version: countersign.unknown',
    ]);
  });

  it('cannot move a cursor, turn the line round or hide text', () => {
    expect(oneLine('DROP\n\tTABLE \u202eremotsuc\u202c\u200b;\u001b[2J', 100)).toBe(
      'DROP TABLE \\u{202e}remotsuc\\u{202c}\\u{200b};\\u{1b}[2J',
    );
    expect(oneLine('aaaa', 4)).toBe('aaaa');
    expect(oneLine('aaaaa', 4)).toBe('aaaa…');
    expect(oneLine('aaa😀b', 4)).toBe('aaa…');
  });
});

describe('rows', () => {
  it('go to the tables of their type', () => {
    const tablesOf = (data: LineageData) => {
      const rows = noRows();
      addRows(rows, eventOf(data));
      return TABLE_NAMES.filter((table) => !table.startsWith('edges') && rows[table].length > 0);
    };
    const approvals = ALL_DATA.filter(({ type }) => /^(approval\.|grant\.)/.test(type) && type !== 'approval.command');
    expect(tablesOf(DENIED)).toEqual(['events', 'decisions', 'lineage']);
    expect(approvals.map(tablesOf)).toEqual(approvals.map(() => ['events', 'approvals']));
    expect(ALL_DATA.slice(-6).map(tablesOf)).toEqual(ALL_DATA.slice(-6).map(() => ['events']));
  });

  it('have the same columns in the same order, whatever the event', () => {
    const rows = noRows();
    for (const data of ALL_DATA) addRows(rows, eventOf(data));
    for (const table of TABLE_NAMES) {
      const shapes = new Set(rows[table].map((row) => Object.keys(row).join()));
      expect(shapes.size, table).toBe(1);
    }
  });

  it('all say where in the journal they come from, whose they are and what they belong to', () => {
    const rows = noRows();
    for (const data of ALL_DATA) addRows(rows, eventOf(data));
    const place = {
      topic: 'countersign.decisions.v1',
      partition: 0,
      journal_offset: 7,
      tenant: 'acme',
      occurred_at: 1_000,
      correlation_id: 'd1',
    };
    for (const table of TABLE_NAMES) for (const row of rows[table]) expect(row, table).toMatchObject(place);
  });

  it('keep the stored bytes and the link as they are', () => {
    const rows = noRows();
    addRows(rows, eventOf(DENIED));
    expect(rows.events[0]).toMatchObject({ stored_base64: Buffer.from('stored bytes').toString('base64'), prev_hash: 'ff' });
  });

  it('answer who, what, for whom and why in one flat row', () => {
    const rows = noRows();
    addRows(rows, eventOf(DENIED));
    expect(rows.lineage[0]).toMatchObject({
      ...{
        subject: 'agent:bot',
        owner: 'person:ana',
        kind: 'sql',
        text: 'DROP TABLE t',
        environment: 'production',
        resource: 'crm',
      },
      ...{ verdict: 'deny', risk: 90, effects: ['schema_drop', 'delete'], targets: ['table:t'] },
      ...{ rules: ['baseline.schema_drop'], messages: ['It cannot be undone.'], approval_id: '' },
    });
    expect(rows.decisions[0]).toMatchObject({
      action_digest: 'abcd',
      delegation: ['person:ana'],
      payload_json: '{"a":1}',
      masked: ['password'],
    });
  });

  it('stand a decision in which everything optional is missing', () => {
    const bare: DecisionFact = { ...DECISION, effects: [], reasons: [] };
    const { request: _request, caller: _caller, subject: _subject, ...rest } = bare;
    const rows = noRows();
    addRows(rows, eventOf({ type: 'decision.recorded', verdict: 'deny', fact: rest }));
    expect(rows.lineage[0]).toMatchObject({ subject: '', text: '', kind: '' });
    expect(rows.events[0]).toMatchObject({ actor: 'system', summary: 'system asked to run an action: denied' });
  });
});

describe('edges', () => {
  it('tie people, decisions, targets, approvals and grants together', () => {
    const presented = { approvalId: 'a', grantId: 'g', status: 'valid' };
    const asked = { approvalId: 'a', quorum: 1, reviewers: [] };
    const fact = { ...DECISION, approval: asked, approvalPresented: presented };
    const edges = edgesOf(eventOf({ type: 'decision.recorded', verdict: 'allow', fact }, { causationId: 'e0' }));
    expect(edges.map((edge) => Object.values(edge).join(' '))).toEqual([
      'event e0 caused event e1',
      'subject agent:bot requested decision d1',
      'subject person:ana answers_for decision d1',
      'decision d1 schema_drop table t',
      'decision d1 delete table t',
      'decision d1 asked_for approval a',
      'grant g presented_for decision d1',
    ]);
  });

  it('name the resource where the analysis names no object', () => {
    const edges = edgesOf(eventOf({ type: 'decision.recorded', verdict: 'allow', fact: { ...DECISION, effects: [] } }));
    expect(edges.map((edge) => Object.values(edge).join(' '))).toContain('decision d1 on database crm');
  });

  it('stay bounded and without repeats', () => {
    const target = (n: number) => ({ type: 'table', name: `t${n}` });
    const many = Array.from({ length: 1_000 }, (_, n) => target(n));
    const effects = [
      { kind: 'read', scope: 'bounded', targets: [target(1), target(1)] },
      { kind: 'write', scope: 'bounded', targets: many },
    ];
    const edges = edgesOf(eventOf({ type: 'decision.recorded', verdict: 'allow', fact: { ...DECISION, effects } }));
    expect(edges.filter(({ relation }) => relation === 'read')).toHaveLength(1);
    expect(edges.filter(({ relation }) => relation === 'write')).toHaveLength(31);
  });
});

describe('the order of a trace', () => {
  const at = (id: string, occurredAtMs: number, causationId = '', journalOffset = 0) => {
    return { id, causationId, occurredAtMs, topic: 't', partition: 0, journalOffset };
  };
  const ids = (events: readonly { id: string }[]) => events.map(({ id }) => id).join(' ');

  it('is by time, then by place', () => {
    expect(ids(inCausalOrder([at('c', 2), at('b', 1, '', 1), at('a', 1, '', 0)]))).toBe('a b c');
  });

  it('puts no effect before its cause, whatever the clocks say', () => {
    expect(ids(inCausalOrder([at('effect', 1, 'cause'), at('cause', 5, 'root'), at('root', 9), at('other', 3)]))).toBe(
      'root cause effect other',
    );
  });

  it('ends on events that cause each other', () => {
    expect(inCausalOrder([at('a', 1, 'b'), at('b', 2, 'a')])).toHaveLength(2);
  });
});
