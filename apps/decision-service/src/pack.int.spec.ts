import { answerOrDeny } from '@countersign/decision';
import { type PackCase, PROFILES, packCases, shippedPacks, packTests, inputOf } from '@countersign/guardrails';
import type { Json } from '@countersign/kernel';
import {
  type PolicyHost,
  type PolicySource,
  createPolicyHost,
  loadPolicyFolder,
  mergeSources,
  testPolicy,
} from '@countersign/policy-wasm';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const pack = shippedPacks();
const shipped: PolicySource = { name: pack.name, modules: pack.modules, data: pack.data as Json };

const tests = packTests();
/** Helpers of the others. */
const SHARED = 'baseline/shared_test.rego';

const hosts = new Map<string, Promise<PolicyHost>>();

/** One host for all cases with the same data. */
function hostOf({ profile = 'standard', data = {} }: Pick<PackCase, 'profile' | 'data'>): Promise<PolicyHost> {
  const key = JSON.stringify([profile, data]);
  const host = hosts.get(key) ?? openHost(profile, data as Json);
  hosts.set(key, host);
  return host;
}

async function openHost(profile: string, data: Json): Promise<PolicyHost> {
  const host = createPolicyHost();
  const selected = mergeSources(shipped, { data: { baseline: { profile } } });
  const activated = await host.activate(mergeSources(selected, { data }));
  expect(activated).toMatchObject({ ok: true });
  return host;
}

async function answerTo(one: PackCase) {
  const host = await hostOf(one);
  return answerOrDeny(host.evaluate(Buffer.from(JSON.stringify(inputOf(one)))));
}

describe('the shipped pack, compiled and evaluated as the service does it', () => {
  it.each(packCases())('$case: $verdict', async (one) => {
    const answer = await answerTo(one);
    const rules = answer.reasons.map(({ rule, effect }) => (effect === undefined ? rule : `${rule}@${effect}`));
    expect({ verdict: answer.verdict, rules: rules.sort() }).toEqual({ verdict: one.verdict, rules: [...one.rules].sort() });
    expect(answer.failedStep).toBe('');
  });

  it.each(Object.keys(tests).filter((path) => path !== SHARED))('passes the Rego tests of %s', async (path) => {
    const modules = { ...pack.modules, [SHARED]: tests[SHARED] ?? '', [path]: tests[path] ?? '' };
    const report = await testPolicy({ ...shipped, modules });
    expect(report).toMatchObject({ ok: true, value: { failed: 0, skipped: 0 } });
    expect(report.ok && report.value.passed).toBeGreaterThan(0);
  });

  it('puts the reasons that decided first', async () => {
    const answer = await answerTo({
      case: '',
      effects: ['schema_change one no', 'schema_drop one no', 'log_tamper one no'],
      verdict: 'deny',
      rules: [],
    });
    expect(answer.reasons.map(({ code }) => code).slice(-1)).toEqual(['schema_change']);
  });

  it('looks at each of thousands of effects once: a rule that pairs them up would not come to an end here', async () => {
    const some = [
      'read one yes host:x.example',
      'code_execution one no package:a',
      'identity_change one no user:root',
      'write one no url:https://x.example/',
      'export one no object:s3://b/k',
      'secret_read one no file:/root/key',
      'history_rewrite one no branch:main',
    ];
    const effects = Array.from({ length: 4_000 }, (_, n) => some[n % some.length] ?? '');
    const answer = await answerTo({ case: '', kind: 'shell', effects, verdict: 'deny', rules: [] });
    expect(answer.verdict).toBe('deny');
    expect(new Set(answer.reasons.map(({ rule }) => rule))).toContain('egress.secret_leaves');
  });

  it('tells in words what it would have said, where it only observes', async () => {
    const answer = await answerTo({ case: '', profile: 'observe', effects: ['schema_drop one no'], verdict: 'allow', rules: [] });
    expect(answer.reasons).toEqual([
      {
        rule: 'baseline.schema_drop',
        code: 'observed_schema_drop',
        message:
          'This drops structure together with everything in it, and there is no undo. Rename it instead, and drop it later by a reviewed migration.',
        severity: 'info',
        effect: 0,
      },
    ]);
  });

  it('asks as its data says', async () => {
    const approval = { quorum: 2, reviewers: ['person:bo', 'role:approver'], expires_s: 600, grant_s: 60, uses: 3 };
    const data = { baseline: { approval } };
    const answer = await answerTo({ case: '', data, effects: ['schema_change one no'], verdict: 'require_approval', rules: [] });
    expect(answer.approval).toEqual({ quorum: 2, reviewers: approval.reviewers, expiresS: 600, grantS: 60, uses: 3 });
  });

  it.each(PROFILES)('%s answers every kind of effect in every scope', async (profile) => {
    const kinds = Object.keys((pack.data['baseline'] as { readonly kinds: object }).kinds);
    for (const kind of kinds) {
      for (const scope of ['one', 'bounded', 'unbounded', 'unknown']) {
        const answer = await answerTo({ case: '', profile, effects: [`${kind} ${scope} no`], verdict: 'allow', rules: [] });
        expect(answer.failedStep).toBe('');
        expect(answer.reasons.length).toBeGreaterThan(0);
      }
    }
  });
});

describe('the example policies', () => {
  async function example(name: string): Promise<PolicySource> {
    const folder = fileURLToPath(new URL(`../../../examples/policies/${name}`, import.meta.url));
    const loaded = await loadPolicyFolder(folder, { dataOnly: true });
    if (!loaded.ok) throw new Error(loaded.error.message);
    return mergeSources(shipped, loaded.value);
  }

  async function answer(source: PolicySource, one: Pick<PackCase, 'effects' | 'environment' | 'approval'>) {
    const host = createPolicyHost();
    expect(await host.activate(source)).toMatchObject({ ok: true });
    const input = inputOf({ case: '', verdict: 'deny', rules: [], ...one });
    return answerOrDeny(host.evaluate(Buffer.from(JSON.stringify(input))));
  }

  it('own-settings asks two people about an export that the pack denies', async () => {
    const decided = await answer(await example('own-settings'), {
      environment: 'EU-live',
      effects: ['export bounded no orders'],
    });
    expect(decided).toMatchObject({
      verdict: 'require_approval',
      approval: { quorum: 2, reviewers: ['role:approver', 'person:dana'], expiresS: 1800, grantS: 900, uses: 1 },
    });
  });

  it('closed-books adds a rule in data alone, lists a host and puts a rule on trial', async () => {
    const source = await example('closed-books');
    const frozen = await answer(source, { effects: ['write one no invoices'] });
    expect(frozen).toMatchObject({ verdict: 'deny', reasons: [{ rule: 'own.freeze', effect: 0 }] });
    const sent = await answer(source, { effects: ['write one no url:https://api.acme.example/v1'] });
    expect(sent).toMatchObject({ verdict: 'allow', reasons: [{ rule: 'baseline.everyday' }] });
    const tried = await answer(source, { effects: ['schema_change one no orders'] });
    expect(tried).toMatchObject({
      verdict: 'allow',
      reasons: [
        { rule: 'baseline.everyday' },
        { rule: 'baseline.schema_change', code: 'shadow_schema_change', severity: 'info', effect: 0 },
      ],
    });
    expect(tried.reasons[1]?.message).toMatch(/^Would ask a person\. This changes/);
  });

  it('audit-log adds a rule that no approval lifts, and passes its own tests', async () => {
    const source = await example('audit-log');
    expect(await testPolicy(source)).toMatchObject({ ok: true, value: { failed: 0, passed: 4 } });
    const decided = await answer(source, { approval: 'valid', effects: ['delete bounded no audit_log'] });
    expect(decided).toMatchObject({ verdict: 'deny', reasons: [{ rule: 'acme.audit_log', effect: 0 }] });
  });
});
