import { type CountedDecision, type Deed, deedOf } from '@countersign/decision';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Memory } from './memory.ts';
import { openViews, type Track, type Views } from './views.ts';

const T0_MS = 1_800_000_000_000;

function deed(kind: 'read' | 'delete', verdict: 'allow' | 'deny' = 'allow'): Deed {
  const effects = [{ kind, targets: [] }];
  return deedOf({ verdict, failedStep: '', approvalStatus: '', reasons: [], labels: [], effects });
}

/** Says how many decisions have begun, so that an old answer shows. */
interface Counting extends Memory {
  changes: number;
  begun: number;
  known: boolean;
}

function counting(): Counting {
  const memory: Counting = {
    changes: 0,
    begun: 0,
    known: true,
    before: () => (memory.known ? { members: `,"n":${memory.begun}`, position: memory.begun } : undefined),
    begin: () => void memory.begun++,
    durable: () => undefined,
    lost: () => void memory.begun--,
    reported: () => undefined,
  };
  return memory;
}

let memory: Counting;
let views: Views;
let ana: Track;
const READ = deed('read');

beforeEach(() => {
  memory = counting();
  views = openViews(memory);
  ana = views.trackOf('t', 's1', 'agent:a', 'person:ana');
});

function decide(track: Track, times = 1, of = READ, atMs = T0_MS): void {
  const decision: CountedDecision = { tenant: 't', decisionId: 'd', whose: track.whose, deed: of, atMs };
  for (let n = 0; n < times; n++) views.begin(track, decision);
}

function seen(track: Track, atMs = T0_MS): number {
  const session = views.before(track, atMs);
  return (JSON.parse(session?.member.json ?? '{}') as { n: number }).n;
}

describe('a view of what came before', () => {
  it('is exact below 64 decisions a minute', () => {
    for (let n = 0; n < 63; n++) {
      expect(seen(ana)).toBe(n);
      decide(ana);
    }
  });

  it('is kept while a busy agent does the same, and never lacks more than 1/64 of the minute', () => {
    decide(ana, 640);
    const first = views.before(ana, T0_MS);
    decide(ana, 10);
    expect(views.before(ana, T0_MS)).toBe(first);
    decide(ana, 1);
    expect(seen(ana)).toBe(651);
  });

  it.each<[string, () => void]>([
    ['something else is done', () => decide(ana, 1, deed('delete'))],
    ['the same is denied', () => decide(ana, 1, deed('read', 'deny'))],
    [
      'another session of the agent does something else',
      () => decide(views.trackOf('t', 's2', 'agent:a', 'person:ana'), 1, deed('delete')),
    ],
    [
      'another agent of the owner does something else',
      () => decide(views.trackOf('t', 's3', 'agent:b', 'person:ana'), 1, deed('delete')),
    ],
    ['an outcome is reported or another process decides', () => void (memory.changes++, memory.begun++)],
  ])('is new once %s', (_, change) => {
    decide(ana, 640);
    seen(ana);
    change();
    expect(seen(ana)).toBe(641);
  });

  it('is new once a decision is lost', () => {
    decide(ana, 640);
    seen(ana);
    views.lost(ana, { tenant: 't', decisionId: 'd', whose: ana.whose, deed: READ, atMs: T0_MS });
    expect(seen(ana)).toBe(639);
  });

  it('is not older than its second', () => {
    decide(ana, 640);
    const first = views.before(ana, T0_MS);
    expect(views.before(ana, T0_MS + 999)).toBe(first);
    expect(views.before(ana, T0_MS + 1000)).not.toBe(first);
  });

  it('is not touched by other people, other tenants included', () => {
    decide(ana, 640);
    const first = views.before(ana, T0_MS);
    decide(views.trackOf('t', 's9', 'agent:z', 'person:zoe'), 5, deed('delete'));
    decide(views.trackOf('u', 's1', 'agent:a', 'person:ana'), 5, deed('delete'));
    expect(views.before(ana, T0_MS)).toBe(first);
  });

  it('is right for everybody, however many share one session id', () => {
    const sharers = Array.from({ length: 20 }, (_, n) => views.trackOf('t', 's1', `agent:n${n}`, 'person:zoe'));
    decide(views.trackOf('t', 's1', 'agent:n0', 'person:zoe'), 640);
    expect(seen(views.trackOf('t', 's1', 'agent:n19', 'person:zoe'))).toBe(640);
    decide(views.trackOf('t', 's1', 'agent:n0', 'person:zoe'), 1, deed('delete'));
    expect(seen(views.trackOf('t', 's1', 'agent:n0', 'person:zoe'))).toBe(641);
    expect(seen(views.trackOf('t', 's1', 'agent:n19', 'person:zoe'))).toBe(641);
    expect(new Set(sharers.map(({ subject }) => subject)).size).toBe(20);
  });

  it('carries the position of what it counts', () => {
    decide(ana, 640);
    seen(ana);
    decide(ana, 5);
    expect(views.before(ana, T0_MS)).toMatchObject({ position: 640, member: { json: '{"id":"s1","n":640}' } });
  });

  it('is none while the past cannot be known', () => {
    memory.known = false;
    expect(views.before(ana, T0_MS)).toBeUndefined();
    memory.known = true;
    expect(seen(ana)).toBe(0);
  });

  it('is bounded in how many it keeps', () => {
    for (let n = 0; n < 50_001; n++) views.trackOf('t', `s${n}`, 'agent:a', 'person:ana');
    expect(views.trackOf('t', 's1', 'agent:a', 'person:ana')).not.toBe(ana);
  });
});
