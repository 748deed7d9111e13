import { type Approval, type ApprovalStatus, initial, type PresentApproval } from '@countersign/approval';
import { describe, expect, it } from 'vitest';
import { ReadModel } from './read-model.ts';
import { createMemoryStore } from './testing/memory-store.ts';

const PROGRESS = { commands: 1, approvals: 1, timeMs: 1 };

const approvalAt = (id: string, status: ApprovalStatus, requestedAtMs: number, tenant = 'default'): PresentApproval => ({
  ...{
    approvalId: id,
    tenant,
    status,
    requestedAtMs,
    lapsesAtMs: requestedAtMs + 100,
    correlationId: '',
    version: 1,
    lastAtMs: 0,
  },
  ...{ votes: [], grant: null, redemptions: [], decidedAtMs: 0, revokedByCommand: '' },
  matter: { actionDigest: Buffer.from('x') } as unknown as PresentApproval['matter'],
});

function listed(model: ReadModel, tenant: string, status?: ApprovalStatus): string[] {
  const ids: string[] = [];
  for (let key = ''; ;) {
    const row = model.nextInList(tenant, status, key);
    if (!row) return ids;
    ids.push(row.approvalId);
    key = row.key;
  }
}

async function put(model: ReadModel, ...approvals: PresentApproval[]): Promise<void> {
  for (const one of approvals) model.put(one.approvalId, one);
  await model.save(0, PROGRESS);
}

describe('the read model', () => {
  it('lists newest first, apart by tenant and status, and moves what changed', async () => {
    const model = await ReadModel.open(createMemoryStore(), 10);
    await put(
      model,
      approvalAt('a', 'open', 1),
      approvalAt('b', 'open', 3),
      approvalAt('c', 'open', 2),
      approvalAt('x', 'open', 2, 'default/all'),
    );
    expect(listed(model, 'default', 'open')).toEqual(['b', 'c', 'a']);
    await put(model, approvalAt('c', 'granted', 2));
    expect([listed(model, 'default', 'open'), listed(model, 'default', 'granted'), listed(model, 'default')]).toEqual([
      ['b', 'a'],
      ['c'],
      ['b', 'c', 'a'],
    ]);
    expect(listed(model, 'default/all')).toEqual(['x']);
  });

  it.each([
    [100, []],
    [101, ['a']],
    [103, ['a', 'c']],
  ])('at %i ms, due are %j', async (nowMs, due) => {
    const model = await ReadModel.open(createMemoryStore(), 10);
    await put(model, approvalAt('a', 'open', 1), approvalAt('b', 'open', 2), approvalAt('c', 'open', 3));
    await put(model, approvalAt('b', 'rejected', 2));
    expect(model.due(nowMs, 10)).toEqual(due);
  });

  it('keeps few in memory and everything in the store, over a restart', async () => {
    const store = createMemoryStore();
    const model = await ReadModel.open(store, 2);
    await put(model, ...['a', 'b', 'c', 'd'].map((id, i) => approvalAt(id, 'open', i)));
    const again = await ReadModel.open(store, 2);
    expect(['a', 'b', 'c', 'd'].map((id) => again.get(id))).toEqual(['a', 'b', 'c', 'd'].map((id) => model.get(id)));
    expect(again.get('a')).toEqual(approvalAt('a', 'open', 0));
    expect(again.get('e')).toBe(initial);
    expect(again.progress(0)).toEqual(PROGRESS);
    expect(again.progress(1)).toBeUndefined();
  });

  it('shows what was put before it is saved, and lists it after', async () => {
    const model = await ReadModel.open(createMemoryStore(), 2);
    const fresh: Approval = approvalAt('a', 'open', 1);
    model.put('a', fresh);
    expect([model.get('a'), listed(model, 'default')]).toEqual([fresh, []]);
    await model.save(0, PROGRESS);
    expect([listed(model, 'default'), model.unsaved]).toEqual([['a'], 0]);
  });

  it('a store of another layout is emptied', async () => {
    const store = createMemoryStore();
    await put(await ReadModel.open(store, 2), approvalAt('a', 'open', 1));
    await store.apply([{ key: 'layout', value: Buffer.from('0') }]);
    const model = await ReadModel.open(store, 2);
    expect([model.get('a').status, model.progress(0), store.range('', '\uffff', 10).length]).toEqual(['absent', undefined, 1]);
  });
});
