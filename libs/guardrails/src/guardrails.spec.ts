import { describe, expect, it } from 'vitest';
import { PROFILES, baselineCases, baselinePack, baselineTests, inputOf, packRules } from './index.ts';

const VERDICTS = ['allow', 'require_approval', 'deny'];
const CLASSES = ['protected', 'staging', 'open'];

const pack = baselinePack();
const rules = packRules(pack);
const baseline = pack.data['baseline'] as {
  readonly kinds: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly sensitive: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly recoverable: Readonly<Record<string, string>>;
  readonly action_kinds: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly environments: Readonly<Record<string, string>>;
  readonly profiles: Readonly<Record<string, { readonly table: string; readonly enforce: boolean }>>;
  readonly profile: string;
};

describe('the baseline pack', () => {
  it('is the Rego and the data of its folder, without the tests', () => {
    expect(Object.keys(pack.modules)).toEqual(['baseline/baseline.rego', 'baseline/decision.rego']);
    expect(Object.keys(baselineTests())).toEqual(['baseline/baseline_test.rego']);
    expect(Object.keys(pack.data)).toEqual(['baseline']);
    expect(baseline.profile).toBe('standard');
    expect(Object.keys(baseline.profiles)).toEqual([...PROFILES]);
  });

  it('knows only environment classes that its rules decide for', () => {
    expect(new Set(Object.values(baseline.environments))).toEqual(new Set(CLASSES));
  });

  it('leads every effect to a rule that exists', () => {
    const named = [baseline.kinds, baseline.sensitive, baseline.action_kinds].flatMap((table) =>
      Object.values(table).flatMap((row) => Object.values(row)),
    );
    const known = new Set(['everyday', ...rules.map(({ name }) => name)]);
    expect([...named, ...Object.values(baseline.recoverable)].filter((name) => !known.has(name))).toEqual([]);
  });

  it('has no rule that nothing leads to', () => {
    const reached =
      JSON.stringify([baseline.kinds, baseline.sensitive, baseline.action_kinds]) + pack.modules['baseline/baseline.rego'];
    expect(rules.map(({ name }) => name).filter((name) => !reached.includes(`"${name}"`))).toEqual([]);
  });
});

describe.each(rules)('rule $id', ({ name, id, severity, message, remedy, verdicts }) => {
  it('says what is wrong and what to do, each in whole sentences', () => {
    expect(['low', 'medium', 'high', 'critical']).toContain(severity);
    expect(message).toMatch(/^(?:This|The) .{20,140}\.$/);
    expect(remedy).toMatch(/^[A-Z].{15,140}\.$/);
  });

  it('has a verdict for each table and environment class, strict never milder than standard', () => {
    expect(Object.keys(verdicts)).toEqual(['strict', 'standard']);
    const ranks = Object.values(verdicts).map((row) => CLASSES.map((place) => VERDICTS.indexOf(row[place as keyof typeof row])));
    expect(ranks.flat()).not.toContain(-1);
    const [strict = [], standard = []] = ranks;
    expect(strict.map((rank, place) => rank >= (standard[place] ?? 0))).toEqual([true, true, true]);
    // Production is guarded at least like staging, staging at least like development.
    expect(strict).toEqual([...strict].sort((a, b) => b - a));
    expect(standard).toEqual([...standard].sort((a, b) => b - a));
  });

  it('is tested in Rego and by a case', () => {
    const inRego = Object.values(baselineTests()).some((text) => text.includes(`"${name}"`) || text.includes(`"${id}"`));
    const inCases = baselineCases().some((one) => one.rules.some((rule) => rule.split('@')[0] === id));
    expect({ inRego, inCases }).toEqual({ inRego: true, inCases: true });
  });
});

describe('the cases', () => {
  it('have names of their own', () => {
    const names = baselineCases().map((one) => one.case);
    expect(new Set(names).size).toBe(names.length);
  });

  it('become the input that policy is asked with', () => {
    const input = inputOf({
      case: 'x',
      effects: ['delete bounded no public.t'],
      subject: 'pipeline:p',
      verdict: 'allow',
      rules: [],
    });
    expect(input).toMatchObject({
      subject: { type: 'pipeline', id: 'pipeline:p', owner: '' },
      effects: [{ kind: 'delete', scope: 'bounded', reversible: 'no', targets: [{ name: 'public.t' }] }],
      resource: { environment: 'production', labels: [] },
      approval: null,
    });
  });
});
