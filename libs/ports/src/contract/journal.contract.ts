/** What every journal promises, whatever stores it. */
import { expect } from 'vitest';

import { type Journal, type JournalRecord, type Position, type StoredRecord, TOPICS, type Topic } from '../journal.ts';
import { type Gaps, runContract } from './suite.ts';

export interface JournalContext {
  /** A journal without records. */
  readonly journal: Journal;
  /** Closes the journal and opens what it has stored. */
  reopen(): Promise<Journal>;
  /** Closes what is open and removes what is stored. */
  destroy(): Promise<void>;
}

export type JournalPromise = keyof typeof CASES;

export function journalContract(open: () => Promise<JournalContext>, gaps: Gaps<JournalPromise> = {}): void {
  runContract('the journal contract', CASES, open, gaps);
}

const WHOLE = { maxRecords: 10_000, maxBytes: 100_000_000 };
const NEWS_WITHIN_MS = 2_000;

const CASES = {
  async 'answers an append with one growing position a record, in the order given'({ journal }: JournalContext) {
    const positions = await journal.append([record('a'), record('b'), record('c')]);

    expect(positions.map(({ topic }) => topic)).toEqual([TOPICS.decisions, TOPICS.decisions, TOPICS.decisions]);
    expect(isGrowing(positions)).toBe(true);
    expect(await textsAt(journal, positions)).toEqual(['a', 'b', 'c']);
  },

  async 'answers an append of nothing with no positions'({ journal }: JournalContext) {
    expect(await journal.append([])).toEqual([]);
  },

  async 'stores concurrent appends in the order of the calls'({ journal }: JournalContext) {
    const texts = Array.from({ length: 300 }, (_, i) => `record ${i}`);
    const answers = await Promise.all(texts.map((text) => journal.append([record(text)])));
    const positions = answers.flat();

    expect(positions).toHaveLength(texts.length);
    expect(isGrowing(positions)).toBe(true);
    expect(await textsAt(journal, positions)).toEqual(texts);
  },

  async 'goes on where the last append ended'({ journal }: JournalContext) {
    const first = await journal.append([record('a')]);
    const second = await journal.append([record('b')]);
    expect(isGrowing([...first, ...second])).toBe(true);
  },

  async 'gives back key and bytes as they were'({ journal }: JournalContext) {
    const records: JournalRecord[] = [
      { topic: TOPICS.decisions, key: '', value: new Uint8Array(0) },
      { topic: TOPICS.decisions, key: 'tenant/sitzung-ü-會議', value: Uint8Array.from({ length: 256 }, (_, i) => i) },
      { topic: TOPICS.decisions, key: 'large', value: new Uint8Array(1_000_000).fill(7) },
      { topic: TOPICS.decisions, key: 'view', value: new Uint8Array([0, 1, 2, 3]).subarray(1, 3) },
    ];
    const positions = await journal.append(records);

    const stored = await storedAt(journal, positions);
    expect(stored.map(({ key }) => key)).toEqual(records.map(({ key }) => key));
    expect(stored.map(({ value }) => hex(value))).toEqual(records.map(({ value }) => hex(value)));
  },

  async 'keeps topics apart'({ journal }: JournalContext) {
    const positions = await journal.append([
      record('a'),
      record('b', TOPICS.approvals),
      record('c'),
      record('d', TOPICS.approvals),
    ]);

    expect(positions.map(({ topic }) => topic)).toEqual([TOPICS.decisions, TOPICS.approvals, TOPICS.decisions, TOPICS.approvals]);
    expect(await allTexts(journal, TOPICS.decisions)).toEqual(['a', 'c']);
    expect(await allTexts(journal, TOPICS.approvals)).toEqual(['b', 'd']);
    expect(await allTexts(journal, TOPICS.policies)).toEqual([]);
  },

  async 'reads from any offset, also within what one append stored'({ journal }: JournalContext) {
    const positions = await journal.append(['a', 'b', 'c', 'd'].map((text) => record(text)));
    await journal.append([record('e')]);

    for (const [i, { partition, offset }] of positions.entries()) {
      const stored = await journal.read(TOPICS.decisions, partition, offset, WHOLE);
      expect(stored.map(textOf)).toEqual(['a', 'b', 'c', 'd', 'e'].slice(i));
    }
  },

  async 'ends a read at maxRecords and at maxBytes, after at least one record'({ journal }: JournalContext) {
    const [first] = await journal.append(['aaaa', 'bbbb', 'cccc'].map((text) => record(text)));
    const read = async (maxRecords: number, maxBytes: number) =>
      (await journal.read(TOPICS.decisions, first?.partition ?? -1, first?.offset ?? -1, { maxRecords, maxBytes })).map(textOf);

    expect(await read(2, 1_000_000)).toEqual(['aaaa', 'bbbb']);
    expect(await read(100, 1)).toEqual(['aaaa']);
    expect((await read(100, 9)).length).toBeLessThan(3);
  },

  async 'reads nothing at the head, and nothing beyond it'({ journal }: JournalContext) {
    const [position] = await journal.append([record('a')]);
    const partition = position?.partition ?? -1;
    const head = await journal.head(TOPICS.decisions, partition);

    expect(head).toBe((position?.offset ?? -1) + 1);
    expect(await journal.read(TOPICS.decisions, partition, head, WHOLE)).toEqual([]);
    expect(await journal.read(TOPICS.decisions, partition, head + 5, WHOLE)).toEqual([]);
  },

  async 'shows a record to readers once its append has resolved'({ journal }: JournalContext) {
    for (let i = 0; i < 20; i += 1) {
      const positions = await journal.append([record(`record ${i}`)]);
      expect(await textsAt(journal, positions)).toEqual([`record ${i}`]);
    }
  },

  async 'remembers a position for each group, topic and partition, and lets it go back'({ journal }: JournalContext) {
    const [partition = -1] = await journal.partitions(TOPICS.decisions);
    expect(await journal.position('lineage', TOPICS.decisions, partition)).toBe(0);

    await journal.commit('lineage', TOPICS.decisions, partition, 7);
    await journal.commit('approvals', TOPICS.decisions, partition, 9);
    expect(await journal.position('lineage', TOPICS.decisions, partition)).toBe(7);
    expect(await journal.position('approvals', TOPICS.decisions, partition)).toBe(9);
    expect(await journal.position('lineage', TOPICS.approvals, partition)).toBe(0);

    await journal.commit('lineage', TOPICS.decisions, partition, 2);
    expect(await journal.position('lineage', TOPICS.decisions, partition)).toBe(2);
  },

  async 'calls a listener after an append, until it stops listening'({ journal }: JournalContext) {
    const calls: string[] = [];
    let phase = 'listening';
    let stop = () => {};
    const heard = new Promise<void>((resolve) => {
      stop = journal.onAppended(() => {
        calls.push(phase);
        resolve();
      });
    });
    await journal.append([record('a')]);
    await within(heard, NEWS_WITHIN_MS);
    stop();
    phase = 'stopped';

    const other = new Promise<void>((resolve) => void journal.onAppended(resolve));
    await journal.append([record('b')]);
    await within(other, NEWS_WITHIN_MS);
    expect(calls).not.toContain('stopped');
  },

  async 'keeps records and their positions over a reopen'({ journal, reopen }: JournalContext) {
    const before = (await Promise.all(['a', 'b', 'c'].map((text) => journal.append([record(text)])))).flat();
    const reopened = await reopen();

    expect(await textsAt(reopened, before)).toEqual(['a', 'b', 'c']);
    const after = await reopened.append([record('d')]);
    expect(isGrowing([...before, ...after])).toBe(true);
  },

  async 'keeps the positions of groups over a reopen'({ journal, reopen }: JournalContext) {
    const [partition = -1] = await journal.partitions(TOPICS.decisions);
    await journal.commit('lineage', TOPICS.decisions, partition, 7);
    expect(await (await reopen()).position('lineage', TOPICS.decisions, partition)).toBe(7);
  },

  async 'waits in close for appends under way, and rejects later ones'({ journal }: JournalContext) {
    const underWay = Array.from({ length: 20 }, (_, i) => journal.append([record(`record ${i}`)]));
    const closed = journal.close();
    const late = journal.append([record('late')]).then(
      () => 'stored',
      () => 'rejected',
    );

    expect((await Promise.all(underWay)).flat()).toHaveLength(20);
    await closed;
    expect(await late).toBe('rejected');
  },
};

function record(text: string, topic: Topic = TOPICS.decisions): JournalRecord {
  return { topic, key: 'tenant/session', value: new TextEncoder().encode(text) };
}

function textOf({ value }: StoredRecord): string {
  return new TextDecoder().decode(value);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** All records here have one key, hence one partition, in which offsets grow. */
function isGrowing(positions: readonly Position[]): boolean {
  return positions.every((position, i) => {
    const before = positions[i - 1];
    return before === undefined || (before.partition === position.partition && before.offset < position.offset);
  });
}

async function storedAt(journal: Journal, positions: readonly Position[]): Promise<StoredRecord[]> {
  const stored: StoredRecord[] = [];
  for (const { topic, partition, offset } of positions) {
    const [found] = await journal.read(topic, partition, offset, { maxRecords: 1, maxBytes: 1 });
    expect(found).toMatchObject({ topic, partition, offset });
    if (found) stored.push(found);
  }
  return stored;
}

async function textsAt(journal: Journal, positions: readonly Position[]): Promise<string[]> {
  return (await storedAt(journal, positions)).map(textOf);
}

async function allTexts(journal: Journal, topic: Topic): Promise<string[]> {
  const texts: string[] = [];
  for (const partition of await journal.partitions(topic)) {
    texts.push(...(await journal.read(topic, partition, 0, WHOLE)).map(textOf));
  }
  return texts;
}

async function within(promise: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing within ${ms} ms`)), ms);
  });
  await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
