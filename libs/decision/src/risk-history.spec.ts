import { describe, expect, it } from 'vitest';
import { type SessionInput, withHistory } from './index.ts';

const base = { risk: 50, parts: [{ factor: 'kind:delete', value: 40 }] };
const after = (session: Partial<SessionInput>, score = base) => withHistory(score, JSON.stringify({ id: '', ...session }));

describe('what came before', () => {
  it.each([
    [0, 50],
    [4, 50],
    [5, 55],
    [9, 55],
    [10, 60],
    [29, 60],
    [30, 70],
    [1000, 70],
  ])('%s denials in half an hour: %s', (deny, risk) => {
    expect(after({ owner: { m30: { deny } } }).risk).toBe(risk);
  });

  it.each([
    ['a secret', { last: { secret_read: 1800 } }, ['history:secret_read']],
    ['a secret, too long ago', { last: { secret_read: 1801 } }, []],
    ['labelled data', { labels: { PII: { read: 0 } } }, ['history:sensitive_read']],
    ['labelled data that was written', { labels: { pii: { write: 0 } } }, []],
    ['data with a label that is not sensitive', { labels: { eu: { read: 0 } } }, []],
    ['a label called like a property', { labels: { constructor: { read: 0 } } }, []],
  ] as const)('in hand: %s', (_, owner, factors) => {
    const { risk, parts } = after({ owner });
    expect(parts.slice(1).map(({ factor }) => factor)).toEqual(factors);
    expect(risk).toBe(50 + 10 * factors.length);
  });

  it('adds up, is cut at 100, and leaves the parts that were there', () => {
    const all = { m30: { deny: 30 }, last: { secret_read: 1 }, labels: { pii: { read: 1 } } };
    expect(after({ owner: all })).toEqual({
      risk: 90,
      parts: [
        { factor: 'kind:delete', value: 40 },
        { factor: 'history:denials', value: 20 },
        { factor: 'history:secret_read', value: 10 },
        { factor: 'history:sensitive_read', value: 10 },
      ],
    });
    expect(after({ owner: all }, { risk: 85, parts: [] }).risk).toBe(100);
  });

  it('of the session or the agent alone says nothing: sessions are made up, and agents change', () => {
    const past = { m30: { deny: 100 } };
    expect(after({ session: past, agent: past })).toBe(base);
  });

  it('does not make harmless things risky', () => {
    const nothing = { risk: 0, parts: [] };
    expect(after({ owner: { m30: { deny: 100 } } }, nothing)).toBe(nothing);
  });

  it('may be unknown', () => {
    expect(withHistory(base, '')).toBe(base);
  });
});
