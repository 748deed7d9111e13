/** The input in members: the same answers as for the whole, whatever is kept, replaced, too much or broken. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InputPart } from '@countersign/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PolicyHost, createPolicyHost } from './index.ts';

let cache: string;
beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'policy-parts-'));
});
afterAll(() => rm(cache, { recursive: true, force: true }));

async function active(rego: string): Promise<PolicyHost> {
  const host = createPolicyHost({ compileCacheDir: cache });
  const source = { name: 'parts', modules: { 'main.rego': `package countersign\n${rego}` }, data: {} };
  expect(await host.activate(source)).toMatchObject({ ok: true });
  return host;
}

function part(member: string, value: unknown, repeats = true): InputPart {
  return { member, json: JSON.stringify(value), repeats };
}

function text(answer: Uint8Array | undefined): string | undefined {
  return answer === undefined ? undefined : Buffer.from(answer).toString();
}

/** What `evaluate` says to the object that the parts make. */
function whole(host: PolicyHost, parts: readonly InputPart[]): string | undefined {
  return text(host.evaluate(Buffer.from(`{${parts.map(({ member, json }) => `${JSON.stringify(member)}:${json}`).join(',')}}`)));
}

const ECHO = 'decision := {"whole": input, "kinds": {e.kind | some e in input.effects}}';

const VALUES: readonly unknown[] = [
  null,
  true,
  '',
  'é "quoted" \\ \u2028 😀',
  [],
  {},
  [{ kind: 'read', targets: [{ type: 'table', name: 't' }] }, { kind: 'delete' }],
  { a: { b: [1, 2.5, -3] } },
];

describe('an input in members', () => {
  it('gives the answer that the whole input gives, kept or not', async () => {
    const host = await active(ECHO);
    for (const repeats of [true, false]) {
      for (const value of VALUES) {
        const parts = [part('effects', [{ kind: 'read' }], repeats), part('x', value, repeats), part('approval', null)];
        const expected = whole(host, parts);
        for (let again = 0; again < 3; again++) expect(text(host.evaluateParts(parts))).toBe(expected);
      }
    }
    expect(text(host.evaluateParts([]))).toBe(whole(host, []));
  });

  it('keeps members apart: one may change while the others stay', async () => {
    const host = await active(ECHO);
    const effects = part('effects', [{ kind: 'write' }]);
    for (let n = 0; n < 500; n++) {
      const parts = [part('n', n, n % 2 === 0), effects, part('session', { id: `s${n}` }, false)];
      expect(text(host.evaluateParts(parts))).toBe(whole(host, parts));
    }
  });

  it('is not changed by a policy that puts another input in its place', async () => {
    const host = await active(
      [
        'kind := input.effects[0].kind',
        'other := k if { k := kind with input.effects as [{"kind": "drop"}] }',
        'deeper := t if { t := input.a.b with input.a.b as "put" }',
        'decision := {"kind": kind, "other": other, "deeper": deeper, "b": input.a.b}',
      ].join('\n'),
    );
    const parts = [part('effects', [{ kind: 'read' }]), part('a', { b: 'own' })];
    for (let again = 0; again < 50; again++) {
      expect(JSON.parse(text(host.evaluateParts(parts)) ?? '')).toEqual({ kind: 'read', other: 'drop', deeper: 'put', b: 'own' });
    }
  });

  it('goes on when more was kept than there is room for, with what was kept before too', async () => {
    const host = await active('decision := {"n": input.n, "length": count(input.long), "first": input.first.name}');
    const first = part('first', { name: 'kept from the beginning' });
    const long = 'x'.repeat(1 << 20);
    for (let n = 0; n < 60; n++) {
      const answer = host.evaluateParts([first, part('n', n), part('long', `${n} ${long}`)]);
      expect(JSON.parse(text(answer) ?? '')).toEqual({
        n,
        length: long.length + `${n} `.length,
        first: 'kept from the beginning',
      });
    }
  });

  it('is right for two policies that share its members', async () => {
    const [one, two] = [await active('decision := input.x.a'), await active('decision := input.x.b')];
    const x = part('x', { a: 'for one', b: 'for two' });
    for (let again = 0; again < 20; again++) {
      expect(text(one.evaluateParts([x]))).toBe('"for one"');
      expect(text(two.evaluateParts([x]))).toBe('"for two"');
    }
  });

  it('that is not JSON fails, and the next one does not', async () => {
    const host = await active(ECHO);
    const good = [part('effects', [{ kind: 'read' }])];
    const expected = whole(host, good);
    for (const repeats of [true, false]) {
      expect(() => host.evaluateParts([...good, { member: 'x', json: '{"a":', repeats }])).toThrow('not JSON');
      expect(text(host.evaluateParts(good))).toBe(expected);
    }
  });
});
