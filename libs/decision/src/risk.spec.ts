import { type Effect, EFFECT_KINDS } from '@countersign/kernel';
import { describe, expect, it } from 'vitest';
import { scoreRisk } from './index.ts';

const effect = (kind: string, scope = 'bounded', reversible = 'unknown'): Effect =>
  ({ kind, scope, reversible, targets: [], span: { start: 0, end: 0 }, via: '', why: '' }) as unknown as Effect;

describe('risk', () => {
  it.each([
    ['nothing at all', effect('none', 'unbounded', 'no'), 'production', [], 0],
    ['a filtered read', effect('read', 'bounded', 'yes'), 'production', [], 8],
    ['one row changed', effect('write', 'one', 'unknown'), 'production', [], 20],
    ['a filtered delete', effect('delete', 'bounded', 'no'), 'production', [], 50],
    ['the same on staging', effect('delete', 'bounded', 'no'), 'staging', [], 30],
    ['the same in development', effect('delete', 'bounded', 'no'), 'Development', [], 15],
    ['the same on sensitive data', effect('delete', 'bounded', 'no'), 'production', ['PII'], 62],
    ['environment not stated', effect('delete', 'bounded', 'no'), '', [], 50],
    ['environment that nobody knows', effect('delete', 'bounded', 'no'), 'prod-eu-2', [], 50],
    ['a dropped table', effect('schema_drop', 'unbounded', 'no'), 'production', [], 100],
    ['a kind that nobody knows', effect('teleport'), 'development', [], 100],
    ['a scope that nobody knows', effect('read', 'galactic'), 'development', [], 100],
    ['an inherited property is no kind', effect('toString'), 'development', [], 100],
  ] as const)('%s', (_, one, environment, labels, score) => {
    expect(scoreRisk([one], environment, labels).risk).toBe(score);
  });

  it('is that of the worst effect, and 100 where there is none to read', () => {
    expect(scoreRisk([effect('read'), effect('delete'), effect('none')], 'production', []).risk).toBe(40);
    expect(scoreRisk([], 'development', []).risk).toBe(100);
  });

  it.each(EFFECT_KINDS)('%s gives whole numbers from 0 to 100 everywhere', (kind) => {
    for (const scope of ['one', 'bounded', 'unbounded', 'unknown']) {
      for (const reversible of ['yes', 'no', 'unknown']) {
        for (const place of ['production', 'staging', 'test']) {
          const { risk: score } = scoreRisk([effect(kind, scope, reversible)], place, ['pii']);
          expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
        }
      }
    }
  });
});
