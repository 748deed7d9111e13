import { describe, expect, it } from 'vitest';
import { type PolicySource, mergeSources, policyDigest, profileOf } from './index.ts';

const source: PolicySource = { name: 'p', modules: { 'a.rego': 'package a' }, data: { b: 1, a: [1] } };

describe('the digest of a policy', () => {
  const digest = (changed: Partial<PolicySource>): string => Buffer.from(policyDigest({ ...source, ...changed })).toString('hex');

  it('does not depend on the order of keys or on tests', () => {
    expect(digest({ data: { a: [1], b: 1 } })).toBe(digest({}));
    expect(digest({ modules: { 'a_test.rego': 'package a', 'a.rego': 'package a' } })).toBe(digest({}));
  });

  it.each<[string, Partial<PolicySource>]>([
    ['name', { name: 'q' }],
    ['Rego', { modules: { 'a.rego': 'package a ' } }],
    ['path', { modules: { 'b.rego': 'package a' } }],
    ['data', { data: { b: 1, a: [1, 2] } }],
    ['revision', { manifest: { revision: '2' } }],
    ['profile', { manifest: { profile: 'strict' } }],
  ])('depends on the %s', (_, changed) => {
    expect(digest(changed)).not.toBe(digest({}));
  });
});

describe('an override', () => {
  it('merges objects deeply and replaces arrays', () => {
    const merged = mergeSources(
      { ...source, data: { rules: { a: { on: true, list: [1, 2] }, b: 1 } } },
      { modules: { 'b.rego': 'package b' }, data: { rules: { a: { list: [3] } }, more: null } },
    );
    expect(merged.data).toEqual({ rules: { a: { on: true, list: [3] }, b: 1 }, more: null });
    expect(Object.keys(merged.modules)).toEqual(['a.rego', 'b.rego']);
  });

  it('keeps a key __proto__ as data', () => {
    const merged = mergeSources(source, { data: JSON.parse('{"__proto__": {"polluted": true}}') });
    expect(JSON.stringify(merged.data)).toContain('"__proto__":{"polluted":true}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('the profile', () => {
  it.each<[string, Partial<PolicySource>]>([
    ['strict', { manifest: { profile: 'strict' }, data: { countersign: { config: { profile: 'observe' } } } }],
    ['observe', { data: { countersign: { config: { profile: 'observe' } } } }],
    ['', { data: { countersign: [] } }],
  ])('is %j', (profile, changed) => {
    expect(profileOf({ ...source, ...changed })).toBe(profile);
  });
});
