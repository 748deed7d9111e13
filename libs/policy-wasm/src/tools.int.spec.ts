import { describe, expect, it } from 'vitest';
import { type PolicySource, checkPolicy, formatPolicy, testPolicy } from './index.ts';

function source(modules: Readonly<Record<string, string>>, data: PolicySource['data'] = {}): PolicySource {
  return { name: 'trial', modules, data };
}

const RULES =
  'package countersign\n\ndefault decision := "deny"\n\ndecision := "allow" if input.ok\n\nother := 1 if input.never\n';

describe('testing a policy', () => {
  it('reports each test and what no test reached', async () => {
    const tests = `package countersign_test

import data.countersign

test_allows if countersign.decision == "allow" with input as {"ok": true}

test_denies if {
	print("asked", input)
	countersign.decision == "allow" with input as {}
}

todo_test_later if false
`;
    const report = await testPolicy(source({ 'a.rego': RULES, 'a_test.rego': tests }));
    expect(report).toMatchObject({
      ok: true,
      value: {
        passed: 1,
        failed: 1,
        skipped: 1,
        coverage: { files: { 'a.rego': { notCovered: [7] } } },
      },
    });
    expect(report.ok && report.value.tests.find(({ name }) => name === 'test_denies')).toMatchObject({
      outcome: 'fail',
      package: 'data.countersign_test',
      file: 'a_test.rego',
      row: 9,
      message: 'countersign.decision == "allow" with input as {}',
    });
  });

  it('gives tests the data', async () => {
    const test = 'package countersign_test\n\ntest_data if data.limit == 3\n';
    expect(await testPolicy(source({ 'a_test.rego': test }, { limit: 3 }))).toMatchObject({
      ok: true,
      value: { passed: 1, failed: 0 },
    });
  });

  it('refuses tests that do not compile', async () => {
    const report = await testPolicy(source({ 'a.rego': RULES, 'a_test.rego': 'package t\n\ntest_x if y' }));
    expect(report).toMatchObject({ ok: false, error: { kind: 'compile', messages: [{ file: 'a_test.rego', row: 3 }] } });
  });
});

describe('checking a policy', () => {
  it('accepts a good one', async () => {
    expect(await checkPolicy(source({ 'a.rego': RULES }))).toEqual({ ok: true, value: undefined });
  });

  it('names every mistake of every module with its place', async () => {
    const checked = await checkPolicy(source({ 'a.rego': 'package a\n\nx := {', 'b.rego': 'package b\n\ny = 1 { true }' }));
    expect(checked).toMatchObject({ ok: false, error: { kind: 'compile' } });
    expect(new Set(checked.ok ? [] : checked.error.messages.map(({ file }) => file))).toEqual(new Set(['a.rego', 'b.rego']));
  });

  it('refuses what an activation would refuse', async () => {
    const random = source({ 'a.rego': 'package countersign\n\ndecision := rand.intn("x", 3)' });
    expect(await checkPolicy(random)).toMatchObject({
      ok: false,
      error: { kind: 'builtin', messages: [{ file: 'a.rego', row: 3, col: 13 }] },
    });
  });
});

describe('formatting a policy', () => {
  it('lays it out as opa fmt does', async () => {
    expect(await formatPolicy(source({ 'a.rego': 'package a\nx:=1   if   input.y' }))).toEqual({
      ok: true,
      value: { 'a.rego': 'package a\n\nx := 1 if input.y\n' },
    });
  });

  it('refuses what does not parse', async () => {
    expect(await formatPolicy(source({ 'a.rego': 'pakage a' }))).toMatchObject({
      ok: false,
      error: { kind: 'compile', messages: [{ row: 1 }, { row: 1 }] },
    });
  });
});
