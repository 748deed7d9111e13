import { describe, expect, it } from 'vitest';
import { deedOf, MEMORY_LIMITS, type MemoryLimits, SessionMemory, whose } from './index.ts';
import { decide, factsOf, type Past, seen, T0_MS, whoseOf } from './testing/past.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

function after(...pasts: readonly Past[]): SessionMemory {
  const memory = new SessionMemory();
  for (const past of pasts) decide(memory, past);
  return memory;
}

describe('what is counted', () => {
  it('knows nothing before the first decision', () => {
    expect(new SessionMemory().members(whoseOf({}), T0_MS)).toBe('');
  });

  it('is the same JSON each time, absent where it is zero', () => {
    const memory = after(
      { labels: ['pii'], effects: ['read table:public.customers', 'none'] },
      { verdict: 'deny', effects: ['export host:evil.example'] },
    );
    const counts = '{"allow":1,"deny":1,"labelled":1,"read":1,"stopped":{"export":1}}';
    const history =
      `{"m1":${counts},"m5":${counts},"m30":${counts},"h24":${counts},"last":{"allow":2,"labelled":2,"read":2,"deny":2},` +
      '"labels":{"pii":{"read":2}},"tables":{"public.customers":2}}';
    expect(memory.members(whoseOf({}), T0_MS + 2_999)).toBe(`,"session":${history},"agent":${history},"owner":${history}`);
  });

  it.each<[string, Past, object]>([
    ['an allow', {}, { allow: 1, read: 1 }],
    ['an approved one', { approvalStatus: 'valid' }, { allow: 1, approved: 1, read: 1 }],
    ['one with a grant that did not count', { approvalStatus: 'expired' }, { allow: 1, read: 1 }],
    ['one on labelled data', { labels: ['a', 'b'] }, { allow: 1, labelled: 1, read: 1 }],
    ['two effects of a kind, once', { effects: ['write', 'write', 'delete'] }, { allow: 1, write: 1, delete: 1 }],
    ['what touches nothing', { effects: ['none', 'session'] }, { allow: 1 }],
    ['a word of a newer list', { effects: ['teleport', 'allow'] }, { allow: 1 }],
    ['a deny', { verdict: 'deny', labels: ['a'] }, { deny: 1, stopped: { read: 1 } }],
    ['a question', { verdict: 'require_approval' }, { require_approval: 1, stopped: { read: 1 } }],
    ['a failure', { verdict: 'deny', failedStep: 'evaluate' }, { failed: 1 }],
    ['a lockout', { verdict: 'deny', reasons: [{ rule: 'x.y', code: 'locked_out', severity: 'high' }] }, { locked_out: 1 }],
    [
      'a lockout with a note and a grant that did not help',
      {
        verdict: 'deny',
        reasons: [
          { rule: 'x.y', code: 'locked_out', severity: 'high' },
          { rule: 'x.z', code: 'would_ask', severity: 'info' },
          { rule: 'countersign.grant', code: 'expired', severity: 'medium' },
        ],
      },
      { locked_out: 1 },
    ],
    [
      'a lockout beside another cause',
      {
        verdict: 'deny',
        reasons: [
          { rule: 'x.y', code: 'locked_out', severity: 'high' },
          { rule: 'x.z', code: 'drop', severity: 'high' },
        ],
      },
      { deny: 1, stopped: { read: 1 } },
    ],
    ['a deny for no stated reason', { verdict: 'deny', reasons: [] }, { deny: 1, stopped: { read: 1 } }],
  ])('%s', (_what, past, window) => {
    expect(seen(after(past)).agent?.m1).toEqual(window);
  });

  it('what was not allowed touched nothing', () => {
    const agent = seen(after({ verdict: 'deny', labels: ['pii'], effects: ['read table:t', 'network host:h'] })).agent;
    expect(agent).toEqual(expect.not.objectContaining({ tables: expect.anything() }));
    expect(Object.keys(agent ?? {})).toEqual(['m1', 'm5', 'm30', 'h24', 'last']);
    expect(agent?.last).toEqual({ deny: 0 });
  });

  it.each([
    ['url:https://Files.Example:8443/a/b?c=http://other.example', 'files.example'],
    ['url:ftp://user:word@ftp.example', 'ftp.example'],
    ['url:http://[::1]:80/x', '[::1]'],
    ['url:/no/host/in/it', '/no/host/in/it'],
    ['host:db.example:5432', 'db.example:5432'],
    ['server:remote_pg', 'remote_pg'],
  ])('knows the host of %s', (target, host) => {
    const [type = '', name = ''] = [target.slice(0, target.indexOf(':')), target.slice(target.indexOf(':') + 1)];
    const memory = new SessionMemory();
    const deed = deedOf({ ...factsOf({}), effects: [{ kind: 'network', targets: [{ type, name }] }] });
    memory.decided(0, { tenant: 't', decisionId: 'd', whose: whoseOf({}), deed, atMs: T0_MS });
    expect(seen(memory).agent?.hosts).toEqual({ [host]: 0 });
  });

  it('names tables, hosts and labels as JSON strings, long ones cut, lone surrogates as the record has them', () => {
    const long = 'x'.repeat(200);
    const effects = ['read table:a"b', `read view:${long}`, 'network host:ex\ud800', 'read role:r', 'write collection:c'];
    const agent = seen(after({ effects, labels: ['"},"deny":{'] })).agent;
    expect(agent?.tables).toEqual({ 'a"b': 0, [`${'x'.repeat(128)}…`]: 0, c: 0 });
    expect(agent?.hosts).toEqual({ 'ex\ufffd': 0 });
    expect(agent?.labels).toEqual({ '"},"deny":{': { read: 0, network: 0, write: 0 } });
  });
});

describe('whose it is', () => {
  it('keeps sessions, agents and owners apart, and joins the agents of one owner', () => {
    const memory = after(
      { session: 's1', agent: 'agent:a', owner: 'person:o', labels: ['pii'] },
      { session: 's2', agent: 'agent:b', owner: 'person:o', effects: ['write'] },
      { session: 's1', agent: 'agent:c', owner: 'person:p', effects: ['delete'] },
    );
    const { session, agent, owner } = seen(memory, { session: 's2', agent: 'agent:a', owner: 'person:o' });
    expect(session?.m1).toEqual({ allow: 1, write: 1 });
    expect(agent?.m1).toEqual({ allow: 1, labelled: 1, read: 1 });
    expect(owner?.m1).toEqual({ allow: 2, labelled: 1, read: 1, write: 1 });
  });

  it('shows an agent what another agent of its owner has read', () => {
    const memory = after({ session: 's1', agent: 'agent:reader', labels: ['pii'] });
    const view = seen(memory, { session: 's9', agent: 'agent:exporter', atMs: T0_MS + 30 * MINUTE });
    expect(view).toEqual({ owner: expect.objectContaining({ labels: { pii: { read: 1800 } } }) });
  });

  it('takes a person without an owner for its own owner, and an agent without one for nobody’s', () => {
    const memory = after({ agent: 'person:ana', owner: '' }, { agent: 'agent:stray', owner: '', session: '' });
    expect(seen(memory, { session: '', agent: 'agent:x', owner: 'person:ana' }).owner?.m1).toEqual({ allow: 1, read: 1 });
    expect(Object.keys(seen(memory, { session: '', agent: 'agent:stray', owner: '' }))).toEqual(['agent']);
  });

  it('keeps tenants apart, whatever their names', () => {
    const memory = after({ tenant: 'a', session: 'b' });
    expect(seen(memory, { tenant: 'b', session: 'b' })).toEqual({});
    expect(whose('a', 'b', '', '').session).not.toBe(whose('ab', '', '', '').session);
  });
});

describe('windows', () => {
  // A decision at the very start of a slot, and one a millisecond before its end: both are counted for the whole window at least,
  // and for one slot more at most.
  it.each<['m1' | 'm5' | 'm30' | 'h24', number]>([
    ['m1', MINUTE],
    ['m5', 5 * MINUTE],
    ['m30', 30 * MINUTE],
    ['h24', 24 * HOUR],
  ])('%s reaches back its length and no more than a slot beyond', (name, lengthMs) => {
    for (const [atMs, endMs] of [
      [T0_MS, T0_MS + 5 * SECOND],
      [T0_MS + 4_999, T0_MS + 5 * SECOND],
    ] as const) {
      const memory = after({ atMs });
      const counted = (nowMs: number) => seen(memory, { atMs: nowMs }).agent?.[name]?.read;
      expect([counted(endMs + lengthMs - 1), counted(endMs + lengthMs)]).toEqual([1, undefined]);
    }
  });

  it.each<['m5' | 'm30' | 'h24', number, number]>([
    ['m5', 5 * MINUTE, 30 * SECOND],
    ['m30', 30 * MINUTE, 3 * MINUTE],
    ['h24', 24 * HOUR, HOUR],
  ])('%s is never short, and at most a slot too long, once older counts were merged', (name, lengthMs, slotMs) => {
    const memory = new SessionMemory();
    const atMs: number[] = [];
    for (let at = T0_MS; at < T0_MS + 2 * lengthMs; at += lengthMs / 100) {
      decide(memory, { atMs: at });
      atMs.push(at);
      const counted = seen(memory, { atMs: at }).agent?.[name]?.read ?? 0;
      expect(counted).toBeGreaterThanOrEqual(atMs.filter((ms) => ms > at - lengthMs).length);
      expect(counted).toBeLessThanOrEqual(atMs.filter((ms) => ms > at - lengthMs - slotMs).length);
    }
  });

  it('counts the same whether it was asked in between or not', () => {
    const asked = new SessionMemory();
    const left = new SessionMemory();
    for (let n = 0; n < 2_000; n++) {
      const past = {
        atMs: T0_MS + n * 7_301,
        verdict: n % 5 === 0 ? ('deny' as const) : ('allow' as const),
        labels: n % 3 ? [] : ['x'],
      };
      decide(asked, past);
      decide(left, past);
      seen(asked, past);
    }
    const atMs = T0_MS + 2_000 * 7_301;
    expect(asked.members(whoseOf({}), atMs)).toBe(left.members(whoseOf({}), atMs));
    expect(seen(left, { atMs }).agent?.h24?.allow).toBe(1_600);
  });

  it('counts what happened before the time it was last asked for', () => {
    const memory = after({});
    const late = { atMs: T0_MS + 10 * MINUTE };
    seen(memory, late);
    decide(memory, { atMs: T0_MS + MINUTE });
    expect(seen(memory, late).agent).toEqual(seen(after({}, { atMs: T0_MS + MINUTE }), late).agent);
  });

  it('takes a clock that steps back for the newest time it knows', () => {
    const memory = after({ atMs: T0_MS + HOUR }, { atMs: T0_MS });
    expect(seen(memory, { atMs: T0_MS + HOUR }).agent?.m1?.read).toBe(2);
    expect(seen(memory, { atMs: T0_MS }).agent?.last).toEqual({ allow: 0, read: 0 });
  });

  it('says how long ago in whole seconds, rounded down', () => {
    const memory = after({ labels: ['pii'], effects: ['read table:t'] });
    const ago = (ms: number) => seen(memory, { atMs: T0_MS + ms }).agent?.labels?.['pii']?.read;
    expect([ago(0), ago(999), ago(1_000), ago(1_800_999), ago(1_801_000)]).toEqual([0, 0, 1, 1800, 1801]);
    const later = after({ atMs: T0_MS + 500 });
    const since = (ms: number) => seen(later, { atMs: T0_MS + ms }).agent?.last?.read;
    expect([since(500), since(1_500), since(1_999), since(2_000), since(2_999), since(3_000)]).toEqual([0, 0, 0, 1, 1, 2]);
  });

  it('shows the same to all decisions of one second while nothing is counted', () => {
    const memory = after({ labels: ['pii'], effects: ['read table:t'], atMs: T0_MS + 700 });
    for (const atMs of [T0_MS + 61_000, T0_MS + 64_000, T0_MS + 65_000]) {
      const members = memory.members(whoseOf({}), atMs);
      expect([atMs + 1, atMs + 999].map((ms) => memory.members(whoseOf({}), ms))).toEqual([members, members]);
      expect(memory.members(whoseOf({}), atMs + 1_000)).not.toBe(members);
    }
  });

  it('lists labels, tables and hosts for a day, and the last of each sort for ever', () => {
    const memory = after({ labels: ['pii'], effects: ['read table:t', 'network host:h'] });
    expect(Object.keys(seen(memory, { atMs: T0_MS + 24 * HOUR }).agent ?? {})).toEqual([
      'h24',
      'last',
      'labels',
      'tables',
      'hosts',
    ]);
    expect(seen(memory, { atMs: T0_MS + 24 * HOUR + 5 * SECOND }).agent).toEqual({
      last: { allow: 86_405, labelled: 86_405, read: 86_405, network: 86_405 },
    });
  });
});

describe('rows', () => {
  const report = (memory: SessionMemory, decisionId: string, rows: number, atMs = T0_MS, tenant = 't') =>
    memory.reported(memory.next, { tenant, decisionId, rows, reporter: whose(tenant, '', 'agent:gateway', 'person:g') }, atMs);

  it('count for the decision they belong to, when they are reported', () => {
    const memory = after({ id: 'd1', labels: ['pii'] }, { id: 'd2' });
    report(memory, 'd1', 300, T0_MS + 10 * MINUTE);
    report(memory, 'd2', 20, T0_MS + 10 * MINUTE);
    const { session, agent, owner } = seen(memory, { atMs: T0_MS + 10 * MINUTE });
    expect(session?.m1).toEqual({ rows: 320, labelled_rows: 300 });
    expect([agent?.m1, owner?.m1]).toEqual([session?.m1, session?.m1]);
    expect(seen(memory, { session: '', agent: 'agent:gateway', owner: '' })).toEqual({});
  });

  it('count once: a repeat adds nothing, a larger number the difference', () => {
    const memory = after({ id: 'd1' });
    for (const rows of [300, 300, 100, 350]) report(memory, 'd1', rows);
    expect(seen(memory).agent?.m1?.rows).toBe(350);
    expect(memory.next).toBe(5);
  });

  it.each<[string, Past, string]>([
    ['a decision that is not known', {}, 'x'],
    ['a decision of another tenant', { tenant: 'other', id: 'x' }, 'x'],
    ['a decision that was denied', { verdict: 'deny', id: 'x' }, 'x'],
  ])('of %s count for whoever reports them', (_what, past, id) => {
    const memory = after(past);
    report(memory, id, 7);
    expect(seen(memory, { session: '', agent: 'agent:gateway', owner: 'person:g' })).toMatchObject({
      agent: { m1: { rows: 7 } },
      owner: { m1: { rows: 7 } },
    });
    expect(seen(memory, past).agent?.m1?.rows).toBeUndefined();
  });
});

describe('decisions under way', () => {
  it('are shown as if they were counted, and as pending', () => {
    const memory = after({ effects: ['read table:t'] });
    const counted = after({ effects: ['read table:t'] });
    const past: Past = { labels: ['pii'], effects: ['read table:t', 'export host:h'], atMs: T0_MS + MINUTE };
    const deed = deedOf(factsOf(past));
    memory.begin(whoseOf({}), deed);
    memory.begin(whoseOf({}), deed);
    decide(counted, past);
    decide(counted, past);
    const { pending, ...shown } = seen(memory, { atMs: T0_MS + MINUTE }).owner ?? {};
    expect(pending).toBe(2);
    expect(shown).toEqual(seen(counted, { atMs: T0_MS + MINUTE }).owner);
  });

  it('are shown where nothing was known before', () => {
    const memory = new SessionMemory();
    memory.begin(whoseOf({}), deedOf(factsOf({ labels: ['pii'] })));
    expect(seen(memory).session).toMatchObject({ pending: 1, m1: { allow: 1 }, labels: { pii: { read: 0 } } });
  });

  it('are shown in full number, and by name as far as there is room', () => {
    const memory = new SessionMemory();
    decide(memory, { labels: ['l0'], effects: ['read table:t0'], atMs: T0_MS - 5_000 });
    const deeds = Array.from({ length: 100 }, (_, n) =>
      deedOf(factsOf({ labels: [`l${n}`], effects: [`read table:t${n}`, 'network host:h'] })),
    );
    for (const deed of deeds) memory.begin(whoseOf({}), deed);
    const { owner } = seen(memory);
    expect(owner).toMatchObject({
      pending: 100,
      m1: { allow: 101, network: 100 },
      hosts: { h: 0 },
      forgotten: { labels: 0, tables: 0 },
    });
    expect(Object.keys(owner?.tables ?? {})).toEqual(Array.from({ length: 16 }, (_, n) => `t${n}`));
    expect(owner?.tables?.['t0']).toBe(0);
    expect(owner?.labels).toMatchObject({ l0: { read: 0, network: 0 }, l15: { read: 0, network: 0 } });
    // Whatever the order in which they end.
    for (const deed of deeds.slice(1).reverse()) memory.end(whoseOf({}), deed);
    const left = seen(memory).owner;
    expect(left).toMatchObject({ pending: 1, m1: { allow: 2, network: 1 } });
    expect([left?.tables, left?.hosts, left?.labels, left?.forgotten]).toEqual([
      { t0: 0 },
      { h: 0 },
      { l0: { read: 0, network: 0 } },
      undefined,
    ]);
    memory.end(whoseOf({}), deeds[0] as (typeof deeds)[number]);
    expect(seen(memory).owner).toEqual(seen(after({ labels: ['l0'], effects: ['read table:t0'], atMs: T0_MS - 5_000 })).owner);
  });

  it('leave nothing behind once they have ended', () => {
    const memory = new SessionMemory();
    const deeds = [deedOf(factsOf({})), deedOf(factsOf({ effects: ['export'] }))];
    for (const deed of [...deeds, ...deeds]) memory.begin(whoseOf({}), deed);
    expect(memory.sizes).toEqual({ sessions: 0, agents: 0, owners: 0, pending: 4 });
    for (const deed of deeds) memory.end(whoseOf({}), deed);
    expect(seen(memory).agent).toMatchObject({ pending: 2, m1: { allow: 2, export: 1 } });
    for (const deed of deeds) memory.end(whoseOf({}), deed);
    expect(memory.members(whoseOf({}), T0_MS)).toBe('');
  });
});

describe('bounds', () => {
  const small = (histories: number, entries = 1_000): MemoryLimits => ({
    sessions: { histories, entries },
    agents: { histories, entries },
    owners: { histories, entries },
    outcomes: 2,
  });

  it('throws away the history longest unused, and looking at it is no use', () => {
    const memory = new SessionMemory(small(2));
    for (const session of ['s1', 's2', 's1']) decide(memory, { session });
    seen(memory, { session: 's2' });
    decide(memory, { session: 's3' });
    const known = ['s1', 's2', 's3'].filter((session) => seen(memory, { session }).session);
    expect(known).toEqual(['s1', 's3']);
    expect(memory.forgotten).toBe(1);
  });

  it('throws away histories that hold too much together, but never the one in use', () => {
    const memory = new SessionMemory(small(100, 40));
    for (let n = 0; n < 10; n++)
      decide(memory, { session: `s${n}`, effects: Array.from({ length: 10 }, (_, t) => `read table:t${t}`) });
    expect(memory.sizes.sessions).toBe(3);
    decide(memory, { session: 's9', effects: Array.from({ length: 50 }, (_, t) => `network host:h${t}`) });
    expect(seen(memory, { session: 's9' }).session?.m1?.network).toBe(1);
  });

  it('keeps the newest 16 names, and says that there were more while that matters', () => {
    const memory = new SessionMemory();
    const touch = (n: number, atMs: number) =>
      decide(memory, { labels: [`l${n}`], effects: [`read table:t${n}`, `network host:h${n}`], atMs });
    for (let n = 0; n < 16; n++) touch(n, T0_MS);
    expect(seen(memory).agent?.forgotten).toBeUndefined();
    touch(0, T0_MS + SECOND);
    touch(16, T0_MS + 2 * SECOND);
    const agent = seen(memory, { atMs: T0_MS + 5 * SECOND }).agent;
    expect(agent?.forgotten).toEqual({ labels: 3, tables: 3, hosts: 3 });
    for (const names of [agent?.labels, agent?.tables, agent?.hosts]) expect(Object.keys(names ?? {})).toHaveLength(16);
    expect([agent?.tables?.['t0'], agent?.tables?.['t1'], agent?.tables?.['t16']]).toEqual([4, undefined, 3]);
    // The ones that are a day old are pushed out without a trace.
    for (let n = 20; n < 40; n++) touch(n, T0_MS + 48 * HOUR + n * 5 * HOUR);
    expect(seen(memory, { atMs: T0_MS + 48 * HOUR + 39 * 5 * HOUR }).agent?.forgotten).toBeUndefined();
  });

  it('remembers the newest decisions for their outcomes', () => {
    const memory = new SessionMemory(small(10));
    for (const id of ['d1', 'd2', 'd3']) decide(memory, { id });
    const reporter = whose('t', '', 'agent:gateway', '');
    for (const decisionId of ['d1', 'd3']) memory.reported(memory.next, { tenant: 't', decisionId, rows: 5, reporter }, T0_MS);
    expect(seen(memory).agent?.m1?.rows).toBe(5);
  });

  it('stays within its limits over a million decisions of ever new sessions, agents, owners, tables and hosts', () => {
    const memory = new SessionMemory({ ...MEMORY_LIMITS, sessions: { histories: 1_000, entries: 10_000 } });
    const deeds = Array.from({ length: 1_000 }, (_, n) =>
      deedOf(factsOf({ effects: [`read table:t${n}`, `network host:h${n}`] })),
    );
    const held: number[] = [];
    for (let n = 0; n < 1_000_000; n++) {
      const of = whose('t', `s${n}`, `agent:${n % 50_000}`, `person:${n % 7}`);
      const deed = deeds[n % deeds.length] as (typeof deeds)[number];
      memory.decided(n, { tenant: 't', decisionId: `d${n}`, whose: of, deed, atMs: T0_MS + n * 100 });
      if (n % 250_000 === 249_999) held.push(memory.entries);
    }
    expect(memory.sizes).toEqual({ sessions: 1_000, agents: 20_000, owners: 7, pending: 0 });
    expect(Math.max(...held)).toBeLessThan((held[0] as number) * 1.1);
    const { owner } = seen(memory, { owner: 'person:0', atMs: T0_MS + 100_000_000 });
    // 86,400 s to a slot more of ten decisions a second among seven owners.
    expect(owner?.h24?.read).toBeGreaterThanOrEqual(864_000 / 7 - 1);
    expect(owner?.h24?.read).toBeLessThanOrEqual(900_000 / 7 + 1);
  }, 60_000);
});
