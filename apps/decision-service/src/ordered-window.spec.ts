import { describe, expect, it } from 'vitest';
import { inOrder } from './ordered-window.ts';

async function* items(...list: number[]) {
  yield* list;
}

describe('inOrder', () => {
  it('gives results in the order asked, whichever is ready first', async () => {
    const taken: number[] = [];
    const work = (item: number) => new Promise<number>((resolve) => setTimeout(() => resolve(item * 10), item === 1 ? 20 : 1));
    for await (const result of inOrder(items(1, 2, 3), 2, work)) taken.push(result);
    expect(taken).toEqual([10, 20, 30]);
  });

  it('answers one item while the source has not sent the next', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    async function* pingPong() {
      yield 1;
      await gate;
      yield 2;
    }
    const results = inOrder(pingPong(), 10, (item) => Promise.resolve(item));
    expect(await results.next()).toEqual({ done: false, value: 1 });
    release();
    expect(await results.next()).toEqual({ done: false, value: 2 });
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  it('never has more results waiting than the window is wide', async () => {
    let started = 0;
    let taken = 0;
    let most = 0;
    const work = async (item: number) => {
      started += 1;
      most = Math.max(most, started - taken);
      return item;
    };
    for await (const result of inOrder(items(1, 2, 3, 4, 5, 6, 7, 8), 3, work)) taken = result;
    expect(taken).toBe(8);
    expect(most).toBeLessThanOrEqual(4);
  });

  it('throws what the work threw, after the results before it', async () => {
    const results = inOrder(items(1, 2), 4, (item) => (item === 2 ? Promise.reject(new Error('two')) : Promise.resolve(item)));
    expect(await results.next()).toEqual({ done: false, value: 1 });
    await expect(results.next()).rejects.toThrow('two');
  });

  it('throws what the source threw', async () => {
    async function* broken(): AsyncGenerator<number> {
      yield 1;
      throw new Error('source');
    }
    const results = inOrder(broken(), 4, (item) => Promise.resolve(item));
    await results.next();
    await expect(results.next()).rejects.toThrow('source');
  });
});
