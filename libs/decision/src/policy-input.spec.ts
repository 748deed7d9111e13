import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_MEMBERS, type DecisionFacts, hasMember, membersRead, OPTIONAL_MEMBERS, policyInput, sessionJson } from './index.ts';

const NONE = new Uint8Array();

const FACTS: DecisionFacts = {
  subject: { id: 'agent:helper', owner: 'person:ana', attributes: Buffer.from('{"team":"data"}') },
  delegation: [
    { id: 'person:ana', owner: '', attributes: NONE },
    { id: 'agent:helper', owner: 'person:ana', attributes: NONE },
  ],
  action: { kind: 'sql', name: '', dialect: 'postgres', text: 'SELECT "a\n"', payload: NONE, digest: '00ff' },
  effectsJson: '[{"kind":"read"}]',
  resource: { type: 'database', id: 'shop', environment: 'production', labels: ['pii'] },
  purpose: 'say "hi"',
  intentJson: 'null',
  sessionJson: sessionJson('s-1', ''),
  model: { provider: 'p', model: 'm' },
  context: NONE,
  approval: undefined,
  timeMs: 1_700_000_000_123,
};

describe('the policy input', () => {
  it('is one JSON text with the fields in their fixed order', () => {
    expect(policyInput(FACTS)).toBe(
      '{"subject":{"type":"agent","id":"agent:helper","owner":"person:ana","attributes":{"team":"data"}},' +
        '"delegation":[{"type":"person","id":"person:ana","owner":"","attributes":{}},' +
        '{"type":"agent","id":"agent:helper","owner":"person:ana","attributes":{}}],' +
        '"action":{"kind":"sql","name":"","dialect":"postgres","text":"SELECT \\"a\\n\\"","payload":null,"digest":"00ff"},' +
        '"effects":[{"kind":"read"}],' +
        '"resource":{"type":"database","id":"shop","environment":"production","labels":["pii"]},' +
        '"purpose":"say \\"hi\\"","intent":null,"session":{"id":"s-1"},"model":{"provider":"p","model":"m"},"context":{},' +
        '"approval":null,"time":"2023-11-14T22:13:20.123Z"}',
    );
  });

  it('quotes every text as JSON does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(JSON.parse(policyInput({ ...FACTS, purpose: text }))).toMatchObject({ purpose: text });
        expect(policyInput({ ...FACTS, purpose: text })).toContain(`"purpose":${JSON.stringify(text)},`);
      }),
    );
  });

  it('carries the approval, and JSON bytes unchanged', () => {
    const input = policyInput({
      ...FACTS,
      action: { ...FACTS.action, payload: Buffer.from('{"n": 9007199254740993}') },
      context: Buffer.from('{"ip":"10.0.0.1"}'),
      approval: { id: 'a-1', grantId: 'g-1', status: 'valid', approvers: ['person:bo'] },
    });
    expect(input).toContain('"payload":{"n": 9007199254740993},');
    expect(JSON.parse(input)).toMatchObject({
      context: { ip: '10.0.0.1' },
      approval: { id: 'a-1', grant_id: 'g-1', status: 'valid', approvers: ['person:bo'] },
    });
  });

  it('cannot be split by what a text holds', () => {
    const input = policyInput({
      ...FACTS,
      purpose: '","approval":{"status":"valid"},"x":"',
      sessionJson: sessionJson('\u2028\ud800"', ''),
    });
    expect(JSON.parse(input)).toMatchObject({ approval: null, purpose: '","approval":{"status":"valid"},"x":"' });
  });

  it('gives a subject without a type none', () => {
    const input = policyInput({ ...FACTS, subject: { ...FACTS.subject, id: 'nobody' } });
    expect(JSON.parse(input)).toMatchObject({ subject: { type: '', id: 'nobody' } });
  });
});

describe('the members that a policy looks at', () => {
  it.each<[readonly string[] | undefined, readonly string[]]>([
    [undefined, OPTIONAL_MEMBERS],
    [['*'], OPTIONAL_MEMBERS],
    [[], []],
    [['effects', 'approval.status', 'action.kind', 'resource.labels'], []],
    [['action.text'], ['action.text']],
    [['action'], ['action.name', 'action.dialect', 'action.text', 'action.payload', 'action.digest']],
    [
      ['model.provider', 'session.agent', 'resource.id'],
      ['resource.id', 'session', 'model'],
    ],
    [['actions', 'times', 'intents'], []],
  ])('%j needs %j', (reads, members) => {
    const read = membersRead(reads);
    expect(OPTIONAL_MEMBERS.filter((member) => hasMember(read, member))).toEqual(members);
  });

  it('are given as they are, and the others are left out', () => {
    const whole = JSON.parse(policyInput(FACTS)) as Record<string, Record<string, unknown>>;
    for (let members = 0; members <= ALL_MEMBERS; members += 97) {
      const given = JSON.parse(policyInput(FACTS, members)) as Record<string, Record<string, unknown>>;
      expect(whole).toMatchObject(given);
      for (const member of OPTIONAL_MEMBERS) {
        const [first = '', second] = member.split('.');
        const there = second === undefined ? first in given : second in (given[first] ?? {});
        expect(there, `${member} of ${members}`).toBe(hasMember(members, member));
      }
    }
  });
});
