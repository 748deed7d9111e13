import { canonicalJson } from '@countersign/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActionToSign, MAX_JSON_DEPTH, canonicalAction, checkJson } from './index.ts';

const wellFormed = fc.string({ unit: 'binary' });

const bare = fc.record({
  kind: wellFormed,
  name: wellFormed,
  text: wellFormed,
  dialect: wellFormed,
  payload: fc.constant(new Uint8Array()),
  resource: fc.record({ type: wellFormed, id: wellFormed, environment: wellFormed }),
});

const withPayload = (payload: string | Uint8Array): ActionToSign => ({
  kind: 'mcp_tool',
  name: 'transfer',
  text: '',
  dialect: '',
  payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
  resource: { type: 'ledger', id: 'main', environment: 'production' },
});

describe('the canonical action', () => {
  it('is RFC 8785 where it is hand-written', () => {
    fc.assert(
      fc.property(bare, (action) => {
        const { payload: _, ...rest } = action;
        expect(canonicalAction(action)).toBe(canonicalJson(rest));
      }),
    );
  });

  it('is RFC 8785 with a payload, whatever its spaces and order', () => {
    const text =
      '{"dialect":"","kind":"mcp_tool","name":"transfer","payload":{"a":[1,2],"b":"é"},"resource":{"environment":"production","id":"main","type":"ledger"},"text":""}';
    expect(canonicalAction(withPayload('{"b": "\\u00e9", "a": [1.0, 2e0]}'))).toBe(text);
    expect(canonicalAction(withPayload('{"a":[1,2],"b":"é"}'))).toBe(text);
  });

  it.each([
    ['an integer beyond 2^53', '{"id":9007199254740993}', '{"id":9007199254740992}'],
    ['a long fraction', '{"n":0.10000000000000000555}', '{"n":0.1}'],
    ['an underflow', '{"n":1e-400}', '{"n":0}'],
    ['a repeated key', '{"to":"ana","to":"eve"}', '{"to":"eve"}'],
    ['a repeated key, escaped', '{"to":"ana","t\\u006f":"eve"}', '{"to":"eve"}'],
    ['a lone surrogate', '"\\ud800"', '"\\ud801"'],
    ['text that is not JSON', '{"to":', '{"to"'],
    ['bytes that are not UTF-8', Uint8Array.of(0x22, 0xff, 0x22), Uint8Array.of(0x22, 0xfe, 0x22)],
    ['nothing and null', '', 'null'],
    ['nothing and an empty object', '', '{}'],
  ])('never blurs %s', (_, one, other) => {
    expect(canonicalAction(withPayload(one))).not.toBe(canonicalAction(withPayload(other)));
  });

  it('cannot be forged by a payload that looks like the fallback', () => {
    const lossy = canonicalAction(withPayload('{"id":9007199254740993}'));
    expect(lossy).toContain('"payload_base64":"eyJpZCI6OTAwNzE5OTI1NDc0MDk5M30="');
    expect(lossy).not.toContain('"payload":');
  });

  it('differs where a single character of any field differs', () => {
    const action = withPayload('');
    const others = [
      { ...action, kind: 'mcp_tooL' },
      { ...action, name: 'transfer ' },
      { ...action, text: ' ' },
      { ...action, dialect: 'x' },
      { ...action, resource: { ...action.resource, environment: 'Production' } },
      { ...action, resource: { ...action.resource, id: '' } },
      { ...action, resource: { ...action.resource, type: '' } },
    ];
    expect(new Set([action, ...others].map(canonicalAction)).size).toBe(8);
  });
});

describe('checking JSON bytes', () => {
  it('gives the value of any JSON, and calls it exact', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8, noUnicodeString: false }), (text) => {
        const checked = checkJson(Buffer.from(text));
        expect(checked).toMatchObject({ ok: true, value: { text } });
      }),
    );
    expect(checkJson(Buffer.from('{"a":{"a":[{"a":"}:{\\""}]},"n":-1.5e3}'))).toMatchObject({ ok: true, value: { exact: true } });
  });

  const nested = (depth: number) => Buffer.from('['.repeat(depth) + ']'.repeat(depth));

  it.each([
    ['just deep enough', nested(MAX_JSON_DEPTH), true],
    ['one level too deep', nested(MAX_JSON_DEPTH + 1), false],
    ['10,000 levels deep', nested(10_000), false],
    ['200,000 levels deep', nested(200_000), false],
    ['never closed', Buffer.from('['.repeat(10_000)), false],
    ['brackets in a string are not depth', Buffer.from(JSON.stringify('['.repeat(10_000))), true],
    ['a byte order mark', Buffer.from('\ufeff{}'), false],
    ['two values', Buffer.from('{}{}'), false],
    ['nothing', Buffer.from(''), false],
  ])('%s', (_, bytes, readable) => {
    expect(checkJson(bytes).ok).toBe(readable);
  });
});
