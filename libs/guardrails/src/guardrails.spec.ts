import { describe, expect, it } from 'vitest';
import { PACKS, PROFILES, type PackRows, inputOf, packAbouts, packCases, packRules, packTests, shippedPacks } from './index.ts';

const VERDICTS = ['allow', 'require_approval', 'deny'];
const CLASSES = ['protected', 'staging', 'open'];

type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;
type Lists = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const shipped = shippedPacks();
const rules = packRules(shipped);
const ids = new Set(rules.map(({ id }) => id));
const rows = shipped.data['rows'] as PackRows;
const baseline = shipped.data['baseline'] as {
  readonly kinds: Table;
  readonly sensitive: Table;
  readonly recoverable: Readonly<Record<string, string>>;
  readonly action_kinds: Table;
  readonly by_target: Table;
  readonly environments: Readonly<Record<string, string>>;
  readonly profiles: Readonly<Record<string, { readonly table: string; readonly enforce: boolean }>>;
  readonly profile: string;
};
const intent = shipped.data['intent'] as { readonly undeclared: Table };
const session = shipped.data['session'] as { readonly leaving: Table };
const pii = shipped.data['pii'] as { readonly kinds: Table };

/** Each row with its place: "branch.delete git.protected_branch_delete". */
const allRows = Object.entries(rows).flatMap(([type, kinds]) =>
  Object.entries(kinds).flatMap(([kind, byId]) => Object.entries(byId).map(([id, row]) => ({ type, kind, id, row }))),
);

describe('the shipped packs', () => {
  it('are the Rego and the data of their folders, without the tests', () => {
    const folders = Object.keys(shipped.modules).map((path) => path.split('/')[0]);
    expect(Object.keys(shipped.modules).filter((path) => path.includes('_test'))).toEqual([]);
    expect(folders.filter((folder) => !PACKS.some((name) => name === folder))).toEqual([]);
    expect(Object.keys(packTests())).toContain('baseline/baseline_test.rego');
    expect(Object.keys(shipped.data).sort()).toEqual([...PACKS, 'rows', 'shadow'].sort());
    expect(baseline.profile).toBe('standard');
    expect(Object.keys(baseline.profiles)).toEqual([...PROFILES]);
  });

  it('keep the rows of each pack, whatever types they share', () => {
    const packs = new Set(allRows.map(({ id }) => id.split('.')[0]));
    expect([...packs].sort()).toEqual(['cloud', 'egress', 'git', 'kubernetes', 'mcp', 'pii', 'postgres']);
  });

  it('know only environment classes that their rules decide for', () => {
    expect(new Set(Object.values(baseline.environments))).toEqual(new Set(CLASSES));
  });

  it.each(packAbouts(shipped))('$name says what it is about and what can be set', ({ name, about, parameters }) => {
    expect(about).toMatch(/^[A-Z].{30,200}\.$/);
    const known = Object.keys(shipped.data[name] as object);
    expect(Object.keys(parameters).filter((key) => !known.includes(key))).toEqual([]);
  });
});

describe('what leads to rules', () => {
  it('in the baseline leads to rules that exist', () => {
    const tables = [baseline.kinds, baseline.sensitive, baseline.action_kinds, baseline.by_target];
    const named = tables.flatMap((table) => Object.values(table).flatMap((row) => Object.values(row)));
    const known = new Set(['everyday', ...rules.filter(({ pack }) => pack === 'baseline').map(({ name }) => name)]);
    expect([...named, ...Object.values(baseline.recoverable)].filter((name) => !known.has(name))).toEqual([]);
  });

  it('in the other packs does too', () => {
    const named = Object.values(intent.undeclared).flatMap((table) => Object.values(table).map((name) => `intent.${name}`));
    const reads = Object.values(pii.kinds).flatMap((table) => Object.values(table).map((name) => `pii.${name}`));
    const leaving = Object.values(session.leaving).flatMap((table) => Object.values(table).map((name) => `session.${name}`));
    expect([...named, ...reads, ...leaving, ...allRows.map(({ id }) => id)].filter((id) => !ids.has(id))).toEqual([]);
  });

  it('names kinds of effects that exist, and lists that the pack has', () => {
    expect(allRows.filter(({ kind }) => kind !== '*' && !Object.hasOwn(baseline.kinds, kind))).toEqual([]);
    const listed = allRows.filter(({ row }) => row.names !== undefined);
    const missing = listed.filter(({ id, row }) => {
      const lists = shipped.data[id.split('.')[0] ?? ''] as Lists;
      return Object.keys(lists[row.names ?? ''] ?? {}).length === 0;
    });
    expect(missing).toEqual([]);
  });

  it('spells names in one of the ways that the Rego knows', () => {
    const known = ['table', 'dots', 'path', 'branch', 'parts', 'domain', 'first', 'last', 'word', 'type'];
    expect(allRows.filter(({ row }) => row.spelt !== undefined && !known.includes(row.spelt))).toEqual([]);
    expect(allRows.filter(({ row }) => (row.names === undefined) !== (row.spelt === undefined))).toEqual([]);
  });

  it('leaves no rule out', () => {
    const tables = JSON.stringify([
      baseline.kinds,
      baseline.sensitive,
      baseline.action_kinds,
      baseline.by_target,
      intent,
      pii,
      session.leaving,
    ]);
    const reached = tables + allRows.map(({ id }) => `"${id.split('.')[1]}"`).join() + Object.values(shipped.modules).join();
    expect(rules.map(({ name }) => name).filter((name) => !reached.includes(`"${name}"`))).toEqual([]);
  });
});

it('ids of rules are their own', () => {
  expect(ids.size).toBe(rules.length);
});

describe.each(rules)('rule $id', ({ pack, name, id, severity, message, remedy, verdicts }) => {
  it('is named after its pack', () => {
    // Whom a subject belongs to is checked by the baseline.
    expect([`${pack}.${name}`, `identity.${name}`]).toContain(id);
  });

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

  it('is tested both ways, in Rego and by cases', () => {
    const inRego = Object.values(packTests()).some((text) => text.includes(`"${name}"`) || text.includes(`"${id}"`));
    const own = packCases().filter((one) => one.case.startsWith(`${pack}: `));
    const tripped = own.filter((one) => one.rules.some((rule) => rule.split('@')[0] === id));
    expect({ inRego, tripped: tripped.length > 0, passed: own.length > tripped.length }).toEqual({
      inRego: true,
      tripped: true,
      passed: true,
    });
  });
});

describe('the cases', () => {
  it('have names of their own', () => {
    const names = packCases().map((one) => one.case);
    expect(new Set(names).size).toBe(names.length);
  });

  it('become the input that policy is asked with', () => {
    const input = inputOf({
      case: 'x',
      effects: ['delete bounded no public.t,url:https://a.example/b'],
      subject: 'pipeline:p',
      model: 'acme/m-1',
      session: { owner: { m5: { deny: 3 } } },
      verdict: 'allow',
      rules: [],
    });
    expect(input).toMatchObject({
      subject: { type: 'pipeline', id: 'pipeline:p', owner: '' },
      effects: [
        {
          kind: 'delete',
          scope: 'bounded',
          reversible: 'no',
          targets: [
            { type: 'table', name: 'public.t' },
            { type: 'url', name: 'https://a.example/b' },
          ],
        },
      ],
      resource: { environment: 'production', labels: [] },
      intent: null,
      session: { id: '', owner: { m5: { deny: 3 } } },
      model: { provider: 'acme', model: 'm-1' },
      approval: null,
    });
  });
});
