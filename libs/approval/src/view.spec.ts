import { describe, expect, it } from 'vitest';
import {
  decide,
  effectInWords,
  escapeBlockForDisplay,
  escapeForDisplay,
  escapeJsonForDisplay,
  evolve,
  initial,
  involvedPersons,
  type Matter,
  type PresentApproval,
  type ShownEffect,
  viewOf,
} from './index.ts';

const deletes: ShownEffect = {
  kind: 'delete',
  scope: 'unbounded',
  reversible: 'no',
  targets: [{ type: 'table', name: 'customers\u202e' }],
  via: '',
  why: 'no WHERE',
};

const text = (value: string) => new TextEncoder().encode(value);

const matter: Matter = {
  decisionId: 'd1',
  requester: 'agent:bot',
  involved: ['person:ana'],
  request: {
    requestId: 'r1',
    subject: { id: 'agent:bot', owner: 'person:ana', attributesJson: text('{"team":"a\u200bb"}') },
    delegation: [{ id: 'person:ana', owner: '', attributesJson: text('') }],
    action: { kind: 'sql', name: '', text: 'DELETE\n  FROM customers\u001b[2K', dialect: '', payloadJson: text('') },
    resource: { type: 'database', id: 'crm\u2066', environment: 'production', labels: ['sensitive'] },
    purpose: 'clean\u200d up',
    sessionId: 's1',
    model: { provider: 'p', model: 'm' },
    traceparent: '',
    contextJson: text(''),
  },
  effects: [deletes],
  reasons: [{ rule: 'baseline.delete', code: 'unbounded', message: 'Deletes all\u2028rows.', severity: 'high', effect: 1 }],
  risk: 80,
  actionDigest: 'a1'.repeat(32),
  policyDigest: 'b2'.repeat(32),
  requirement: { quorum: 2, reviewers: ['role:approver'], expiresS: 60, grantS: 30, uses: 2 },
};

const decided = decide(
  { type: 'Request', commandId: 'c1', approvalId: 'ap1', tenant: 'default', atMs: 1_000, correlationId: 'd1', matter },
  initial,
);
const state = (decided.ok ? decided.value : []).reduce(evolve, initial as never) as PresentApproval;

describe('escapeForDisplay', () => {
  it.each([
    ['bidi override', 'a\u202eb', 'a\\u202eb'],
    ['bidi isolate', '\u2066x\u2069', '\\u2066x\\u2069'],
    ['zero width', 'a\u200b\u200c\u200d\ufeffb', 'a\\u200b\\u200c\\u200d\\ufeffb'],
    ['terminal escape', '\u001b[31m', '\\u001b[31m'],
    ['C1 control', '\u009b1m', '\\u009b1m'],
    ['line ends', 'a\r\n\tb\u2028', 'a\\r\\n\\tb\\u2028'],
    ['NUL', '\0', '\\0'],
    ['soft hyphen and fillers', '\u00ad\u3164\u115f', '\\u00ad\\u3164\\u115f'],
    ['tag characters', '\u{e0041}', '\\u{e0041}'],
    ['a lone surrogate', '\ud800', '\\ud800'],
    ['a private character', '\ue000', '\\ue000'],
    ['plain text in any script', "naïve 日本語 'x' 🙂", "naïve 日本語 'x' 🙂"],
  ])('%s', (_, hidden, shown) => {
    expect(escapeForDisplay(hidden)).toBe(shown);
  });

  it('keeps line breaks and tabs of a block, and nothing else', () => {
    expect(escapeBlockForDisplay('a\n\tb\r\u202e')).toBe('a\n\tb\\r\\u202e');
  });

  it('leaves JSON with the same meaning', () => {
    const json = '{\n "a": "x\u202e\u{e0041}"}';
    const shown = escapeJsonForDisplay(json);
    expect(shown).toBe('{\n "a": "x\\u202e\\udb40\\udc41"}');
    expect(JSON.parse(shown)).toEqual(JSON.parse(json));
  });
});

describe('the view', () => {
  const view = viewOf(state);

  it('shows who, what, where, why, the rule that asked, and until when', () => {
    expect(view).toMatchObject({
      ...{ id: 'ap1', status: 'open', requester: 'agent:bot', involved: ['person:ana'], risk: 80, quorum: 2 },
      ...{ requestedAtMs: 1_000, lapsesAtMs: 61_000, decidedAtMs: 0, version: 1, usesLeft: 0 },
      request: {
        delegation: [{ id: 'person:ana' }],
        action: { kind: 'sql', text: 'DELETE\n  FROM customers\\u001b[2K' },
        resource: { id: 'crm\\u2066', environment: 'production' },
        purpose: 'clean\\u200d up',
      },
      effectsInWords: ['removes data: table customers\\u202e; everything in it; cannot be undone; no WHERE'],
      reasons: [{ rule: 'baseline.delete', message: 'Deletes all\\u2028rows.' }],
    });
  });

  it('leaves nothing hidden anywhere', () => {
    const everything = JSON.stringify(view, (_, value: unknown) =>
      value instanceof Uint8Array ? new TextDecoder().decode(value) : value,
    );
    expect(everything.replaceAll('\\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u);
  });
});

describe('an effect in words', () => {
  it.each<[Partial<ShownEffect>, string]>([
    [{ kind: 'read', scope: 'bounded', reversible: 'yes', why: '' }, 'reads data: table customers\\u202e; a filtered set'],
    [
      { kind: 'opaque', scope: 'unknown', targets: [], reversible: 'unknown', why: 'dynamic SQL' },
      'could not be read; how much is not known; dynamic SQL',
    ],
    [
      { kind: 'delete', scope: 'one', targets: [], reversible: 'no', via: 'sudo', why: '' },
      'removes data; a single item; cannot be undone; through sudo',
    ],
    [{ kind: 'constructor', scope: '', targets: [], reversible: '', why: '' }, 'does something unknown (constructor)'],
    [
      { targets: 'abcdefg'.split('').map((name) => ({ type: 'table', name })), scope: '', reversible: '', why: '' },
      'removes data: table a, table b, table c, table d, table e, 2 more',
    ],
  ])('%#', (change, words) => {
    expect(effectInWords({ ...deletes, ...change })).toBe(words);
  });
});

describe('the persons behind a request', () => {
  it('are the natural ones, each once, owners included', () => {
    const behind = [
      { id: 'agent:bot', owner: 'person:Ana' },
      { id: 'person:ana', owner: '' },
      { id: 'pipeline:x', owner: 'carl' },
      { id: 'agent:y', owner: '' },
    ];
    expect(involvedPersons(behind)).toEqual(['person:ana', 'person:carl']);
  });
});
