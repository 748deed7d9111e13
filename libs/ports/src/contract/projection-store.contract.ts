/** What every projection store promises, whatever stores it. */
import { expect } from 'vitest';

import type { ProjectionStore } from '../projection-store.ts';
import { type Gaps, runContract } from './suite.ts';

export interface ProjectionStoreContext {
  /** A store without keys. */
  readonly store: ProjectionStore;
  /** Closes the store and opens what it has stored. */
  reopen(): Promise<ProjectionStore>;
  /** Closes what is open and removes what is stored. */
  destroy(): Promise<void>;
}

export type ProjectionStorePromise = keyof typeof CASES;

export function projectionStoreContract(
  open: () => Promise<ProjectionStoreContext>,
  gaps: Gaps<ProjectionStorePromise> = {},
): void {
  runContract('the projection store contract', CASES, open, gaps);
}

const CASES = {
  async 'gives undefined for a key that is not there'({ store }: ProjectionStoreContext) {
    expect(store.get('nothing')).toBeUndefined();
  },

  async 'gives back the bytes that were applied last'({ store }: ProjectionStoreContext) {
    await store.apply([change('a', 'one')]);
    await store.apply([change('a', 'two'), change('ü', '')]);

    expect(textOf(store.get('a'))).toBe('two');
    expect(textOf(store.get('ü'))).toBe('');
  },

  async 'removes a key with null'({ store }: ProjectionStoreContext) {
    await store.apply([change('a', 'one'), change('b', 'two')]);
    await store.apply([
      { key: 'a', value: null },
      { key: 'never there', value: null },
    ]);

    expect(store.get('a')).toBeUndefined();
    expect(textOf(store.get('b'))).toBe('two');
  },

  async 'applies changes of one key in the order given'({ store }: ProjectionStoreContext) {
    await store.apply([change('a', 'one'), { key: 'a', value: null }, change('a', 'three')]);
    expect(textOf(store.get('a'))).toBe('three');
  },

  async 'ranges in byte order, start included, end excluded, cut at the limit'({ store }: ProjectionStoreContext) {
    // In UTF-16 order the emoji (a surrogate pair) would come before the private-use character.
    const keys = ['a', 'a/1', 'a/10', 'a/2', 'b', 'é', '\ue000', '😀'];
    await store.apply([...keys].reverse().map((key) => change(key, `value of ${key}`)));
    const range = (start: string, end: string, limit: number) => store.range(start, end, limit).map(({ key }) => key);

    expect(range('', '\u{10ffff}', 100)).toEqual(keys);
    expect(range('a/1', 'b', 100)).toEqual(['a/1', 'a/10', 'a/2']);
    expect(range('a', 'b', 2)).toEqual(['a', 'a/1']);
    expect(range('c', 'd', 100)).toEqual([]);
    expect(textOf(store.range('a/2', 'b', 1)[0]?.value)).toBe('value of a/2');
  },

  async 'keeps its own copy of what was applied'({ store }: ProjectionStoreContext) {
    const value = new Uint8Array([1, 2, 3]);
    const applied = store.apply([{ key: 'a', value }]);
    value.fill(9);
    await applied;
    const given = store.get('a');
    given?.fill(8);

    expect([...(store.get('a') ?? [])]).toEqual([1, 2, 3]);
  },

  async 'stores many and large values'({ store }: ProjectionStoreContext) {
    const large = new Uint8Array(2_000_000).fill(5);
    const many = Array.from({ length: 2_000 }, (_, i) => change(`k${String(i).padStart(5, '0')}`, `v${i}`));
    await store.apply([...many, { key: 'large', value: large }]);

    expect(store.range('k', 'l', 10_000)).toHaveLength(2_000);
    expect(Buffer.compare(store.get('large') ?? new Uint8Array(), large)).toBe(0);
  },

  async 'stores nothing of changes that it rejects'({ store }: ProjectionStoreContext) {
    const refused = store.apply([change('a', 'one'), change('', 'no key'), change('b', 'two')]);

    await expect(refused).rejects.toThrow();
    expect(store.get('a')).toBeUndefined();
    await store.apply([change('c', 'three')]);
    expect(store.range('a', 'd', 10).map(({ key }) => key)).toEqual(['c']);
  },

  async 'keeps everything over a reopen'({ store, reopen }: ProjectionStoreContext) {
    await store.apply([change('a', 'one'), change('b', 'two')]);
    const reopened = await reopen();
    expect(reopened.range('a', 'c', 10).map(({ value }) => textOf(value))).toEqual(['one', 'two']);
  },
};

function change(key: string, text: string): { key: string; value: Uint8Array } {
  return { key, value: new TextEncoder().encode(text) };
}

function textOf(value: Uint8Array | undefined): string | undefined {
  return value && new TextDecoder().decode(value);
}
