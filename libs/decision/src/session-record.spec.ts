import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthenSession, shortenSession } from './index.ts';

const history = fc.record(
  {
    m1: fc.record({ allow: fc.nat(), read: fc.nat() }),
    last: fc.record({ allow: fc.nat() }),
    tables: fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('agent', 'owner', 'session', '=')), fc.nat(), { maxKeys: 16 }),
    labels: fc.dictionary(fc.constantFrom('agent', 'owner', 'session', 'pii'), fc.record({ read: fc.nat() })),
  },
  { requiredKeys: [] },
);

const long = { tables: Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`public.table_${n}`, n])), m1: { allow: 7 } };

describe('a session for the record', () => {
  it('names what repeats once', () => {
    const json = JSON.stringify({ id: 's', session: long, agent: long, owner: long });
    const short = shortenSession(json);
    expect(JSON.parse(short)).toEqual({ id: 's', session: long, agent: '=', owner: '=' });
    expect(lengthenSession(short)).toBe(json);
  });

  it.each([
    ['a short one', { id: 's', session: { m1: {} }, agent: { m1: {} }, owner: { m1: {} } }],
    ['three that differ', { id: 's', session: long, agent: { ...long, m1: { allow: 8 } }, owner: { ...long, m1: { allow: 9 } } }],
    ['one without an owner', { id: 's', session: long, agent: long }],
    ['none at all', { id: '' }],
  ])('leaves %s as it is', (_, session) => {
    const json = JSON.stringify(session);
    expect(shortenSession(json)).toBe(json);
    expect(lengthenSession(json)).toBe(json);
  });

  it('comes back as it was, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string(), history, history, fc.constantFrom('ssa', 'saa', 'aaa', 'sao', '-aa', '-ao'), (id, a, b, shape) => {
        const of = { s: a, a: b, o: { ...a, ...b } } as Readonly<Record<string, object>>;
        const [session = '', agent = '', owner = ''] = shape;
        const whole = { id, ...(session === '-' ? {} : { session: of[session] }), agent: of[agent], owner: of[owner] };
        const json = JSON.stringify(whole);
        expect(lengthenSession(shortenSession(json))).toBe(json);
      }),
      { numRuns: 2000 },
    );
  });
});
