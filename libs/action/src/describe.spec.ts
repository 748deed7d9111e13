import type { Effect } from '@countersign/kernel';
import { describe, expect, it } from 'vitest';
import { GenerationCache } from './cache.ts';
import { describeEffects } from './describe.ts';

function effect(part: Partial<Effect>): Effect {
  return { kind: 'read', scope: 'one', reversible: 'yes', targets: [], span: { start: 0, end: 4 }, via: '', why: '', ...part };
}

const customers = [{ type: 'table', name: 'customers' }];

describe('effects in words', () => {
  it.each([
    [
      [effect({ kind: 'schema_drop', reversible: 'no', targets: customers })],
      'drops table customers and what is in it; cannot be undone',
    ],
    [
      [effect({ kind: 'delete', scope: 'unbounded', reversible: 'no', targets: customers })],
      'deletes every row of customers; cannot be undone',
    ],
    [[effect({ targets: customers })], 'reads table customers'],
    [
      [effect({ kind: 'config_change', targets: [{ type: 'parameter', name: 'work_mem' }] })],
      'changes configuration: parameter work_mem',
    ],
    [[effect({ kind: 'schema_change' })], 'changes structure'],
    [[effect({ kind: 'delete', scope: 'bounded', targets: customers })], 'deletes rows of customers'],
    [[effect({ kind: 'delete', scope: 'unknown', targets: customers })], 'deletes an unknown number of rows of customers'],
    [[effect({ kind: 'write', scope: 'unbounded', targets: customers })], 'changes every row of customers'],
    [
      [effect({ kind: 'write', scope: 'unbounded', targets: [{ type: 'collection', name: 'c' }] })],
      'changes every document of c',
    ],
    [
      [effect({ kind: 'delete', scope: 'unbounded', reversible: 'no', targets: [{ type: 'file', name: '/srv' }] })],
      'deletes file /srv and everything in it; cannot be undone',
    ],
    [[effect({ kind: 'delete', targets: [{ type: 'file', name: 'a.txt' }] })], 'deletes file a.txt'],
    [[effect({ kind: 'infra_destroy', targets: [{ type: 'namespace', name: 'shop' }] })], 'destroys namespace shop'],
    [[effect({ kind: 'infra_change' })], 'changes infrastructure'],
    [[effect({ kind: 'code_execution', why: 'a script from the network' })], 'runs other code (a script from the network)'],
    [[effect({ kind: 'identity_change', targets: [{ type: 'role', name: 'admin' }] })], 'acts as role admin'],
    [[effect({ kind: 'none' })], 'does nothing outside itself'],
    [[effect({ kind: 'session' }), effect({ targets: customers })], 'reads table customers'],
    [
      [effect({ targets: customers }), effect({ kind: 'write', targets: customers })],
      'writes to table customers, reads table customers',
    ],
    [[effect({ kind: 'opaque', why: 'nobody knows' })], 'does something that cannot be read (“TEXT”): nobody knows'],
    [
      [effect({ kind: 'opaque', span: { start: 0, end: 0 }, why: 'nobody knows the tool' })],
      'does something that cannot be read: nobody knows the tool',
    ],
    [[], ''],
  ])('%#: %o', (effects, line) => {
    expect(describeEffects(effects, 'TEXT here')).toBe(line);
  });

  it('shows invisible characters of names instead of obeying them', () => {
    expect(describeEffects([effect({ targets: [{ type: 'table', name: 'a\u202eb\u200bc\u0007' }] })], '')).toBe(
      'reads table a\\u{202e}b\\u{200b}c\\u{7}',
    );
  });

  it('says how much it does not say', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => effect({ targets: [{ type: 'table', name }] }));
    expect(describeEffects(many, '')).toBe('reads table a, reads table b, reads table c, reads table d, and 1 more');
  });
});

describe('the cache', () => {
  it('keeps what is asked for and forgets the rest, within its caps', () => {
    const cache = new GenerationCache<number>({ entries: 8, bytes: 1e6 });
    for (let i = 0; i < 100; i++) {
      cache.set(`key ${i}`, i);
      expect(cache.get('key 0')).toBe(0);
      expect(cache.size).toBeLessThanOrEqual(8);
    }
    expect(cache.get('key 1')).toBeUndefined();
    expect(cache.get('key 99')).toBe(99);
  });

  it('is bounded by bytes too, and does not hold what is larger than itself', () => {
    const cache = new GenerationCache<number>({ entries: 1000, bytes: 40_000 });
    for (let i = 0; i < 100; i++) cache.set(`${i} ${'x'.repeat(1000)}`, i);
    expect(cache.size).toBeLessThanOrEqual(10);
    cache.set('y'.repeat(100_000), 1);
    expect(cache.get('y'.repeat(100_000))).toBeUndefined();
  });
});
