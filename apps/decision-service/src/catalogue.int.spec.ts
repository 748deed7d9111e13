/** The operator's own functions, tools and programs: told in the policy's data, known to every analysis from then on. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAnalyser } from '@countersign/action';
import { createMasker } from '@countersign/masking';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Inspector, openInspector } from './inspect.ts';
import { openKnowledgeBase } from './knowledge.ts';
import { loadPolicy } from './policy-source.ts';
import { fakePolicy } from './testing/house.ts';

const CATALOGUE = {
  functions: {
    '*': { 'public.add_order': [{ kind: 'write', scope: 'one', targets: ['table:orders'] }] },
    'shop-eu': { settle: [{ kind: 'delete', scope: 'unbounded', reversible: 'no' }] },
  },
  programs: [
    {
      names: ['shopctl'],
      sub: { status: { does: [{ kind: 'read' }] }, purge: { does: [{ kind: 'delete', scope: 'unbounded' }] } },
    },
  ],
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'catalogue-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function inspector(data: unknown): Promise<Inspector> {
  await writeFile(join(folder, 'data.json'), JSON.stringify(data));
  return openInspector({ policyDir: folder, cacheDir: join(folder, 'cache') });
}

const PRODUCTION = { environment: 'production' };

describe('the catalogue in the data of a policy', () => {
  it('is known to an inspection', async () => {
    const judge = await inspector({ catalogue: CATALOGUE });
    const verdicts = await Promise.all(
      [
        { kind: 'sql', dialect: 'postgres', text: 'SELECT public.add_order(7)' },
        { kind: 'sql', dialect: 'postgres', text: 'SELECT nobody_knows(7)' },
        { kind: 'shell', text: 'shopctl status' },
        { kind: 'shell', text: 'shopctl purge' },
        { kind: 'shell', text: 'shopctl restore' },
      ].map(async (action) => (await judge.inspect({ ...action, ...PRODUCTION })).verdict),
    );
    expect(verdicts).toEqual(['allow', 'require_approval', 'allow', 'deny', 'require_approval']);
    await judge.close();
  });

  it('may say other things of one target', async () => {
    const judge = await inspector({ catalogue: CATALOGUE });
    const at = async (id: string) => {
      const action = { kind: 'sql', dialect: 'postgres', text: 'SELECT settle()', resource: { type: 'database', id } };
      return (await judge.inspect({ ...action, ...PRODUCTION })).effects.map(({ kind }) => kind);
    };
    expect(await at('shop-eu')).toContain('delete');
    expect(await at('shop-us')).toEqual(['opaque']);
    expect(await at('shop-eu')).toContain('delete');
    await judge.close();
  });

  it('is as the documentation shows it', async () => {
    const page = await readFile(new URL('../../../docs/actions.md', import.meta.url), 'utf8');
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
    const judge = await inspector(JSON.parse(example));
    const at = { ...PRODUCTION, resource: { type: 'database', id: 'shop-primary' } };
    const settle = await judge.inspect({ kind: 'sql', dialect: 'postgres', text: 'SELECT public.settle()', ...at });
    expect(settle.effects).toMatchObject([{ kind: 'write', targets: [{ type: 'table', name: 'public.orders' }] }]);
    const tool = {
      kind: 'mcp_tool',
      name: 'find_customer',
      text: '',
      payload: { tool: { server: 'crm' }, arguments: { query: 'ana' } },
    };
    expect((await judge.inspect({ ...tool, ...PRODUCTION })).effects.map(({ kind }) => kind)).toEqual(['read']);
    await judge.close();
  });

  it('is refused with every problem named by its path', async () => {
    const broken = { functions: { '*': { Upper: [{ kind: 'teleport' }] } }, tools: 7 };
    await writeFile(join(folder, 'data.json'), JSON.stringify({ catalogue: broken }));
    const loaded = await loadPolicy(folder);
    expect(loaded).toMatchObject({ ok: false, error: { kind: 'data' } });
    const message = loaded.ok ? '' : loaded.error.message;
    expect(message).toContain('catalogue.functions.*.Upper');
    expect(message).toContain('catalogue.tools');
  });
});

describe('what is known of actions', () => {
  it('is forgotten when another catalogue comes with another bundle', async () => {
    const analyser = await openAnalyser();
    const policy = fakePolicy();
    const knowledge = openKnowledgeBase(analyser, createMasker(), policy);
    const action = {
      kind: 'sql',
      name: '',
      dialect: 'postgres',
      text: 'SELECT public.add_order(7)',
      payloadJson: new Uint8Array(0),
    };
    const kinds = () => knowledge.now(action, 'db')?.effects.map(({ kind }) => kind);
    expect(kinds()).toEqual(['opaque']);
    policy.change({ catalogue: CATALOGUE });
    expect(kinds()).toEqual(['write']);
    policy.change();
    expect(kinds()).toEqual(['opaque']);
    await analyser.close();
  });
});
