/**
 * Snapshots of the memory, so that a start need not read the whole journal: written in small steps beside the decisions, whole or
 * not at all, and trusted only where their digest and the journal's own bytes say that they belong to it.
 */
import { SessionMemory, SNAPSHOT_FORMAT, type SnapshotCut } from '@countersign/decision';
import { equalBytes, messageOf, sha256, toHex } from '@countersign/kernel';
import { type Journal, type ProjectionStore, TOPICS } from '@countersign/ports';

export interface Snapshots {
  /** The memory as of the newest snapshot, or an empty one. */
  load(): Promise<SessionMemory>;
  /** Starts a snapshot where enough has happened since the one before. */
  saveWhenDue(memory: SessionMemory): void;
  /** Waits for what is under way, and saves once more where that spares the next start some reading. */
  stop(memory: SessionMemory): Promise<void>;
}

interface Meta {
  readonly format: string;
  /** The offset after the last event in it. */
  readonly next: number;
  /** SHA-256 of that event's stored bytes. */
  readonly last: string;
  readonly side: 'a' | 'b';
  readonly chunks: number;
  /** Chained over the chunks. */
  readonly digest: string;
}

const META_KEY = 'memory/meta';
/** A start after a crash reads at most about this many events, in some two seconds; a snapshot costs as much as a third of them. */
export const SAVE_EVERY_EVENTS = 150_000;
/** A snapshot costs some microseconds a history: so many events must share them. */
const EVENTS_PER_HISTORY = 2;
/** Of them; fewer are not worth a snapshot at the end. */
const STOP_PART = 0.05;
/** Decisions wait for no more than a step, which is a fraction of a millisecond. */
const LINES_PER_STEP = 64;
const LINES_PER_CHUNK = 1_024;
const CLEARED_AT_ONCE = 4_096;

export function openSnapshots(deps: {
  readonly journal: Journal;
  readonly store: ProjectionStore;
  readonly log: (message: string) => void;
  readonly saveEveryEvents?: number;
}): Snapshots {
  const { journal, store, log, saveEveryEvents = SAVE_EVERY_EVENTS } = deps;
  let savedNext = 0;
  let saving: Promise<void> | undefined;

  async function lastDigest(next: number): Promise<string> {
    if (next === 0) return '';
    const [record] = await journal.read(TOPICS.decisions, 0, next - 1, { maxRecords: 1, maxBytes: 1 });
    return record?.offset === next - 1 ? toHex(sha256(record.value)) : 'none';
  }

  async function restored(): Promise<SessionMemory | undefined> {
    const stored = store.get(META_KEY);
    if (!stored) return undefined;
    const meta = JSON.parse(Buffer.from(stored).toString()) as Meta;
    if (meta.format !== SNAPSHOT_FORMAT) throw new Error('it was written by another version');
    const lines = readChunks(store, meta);
    if ((await lastDigest(meta.next)) !== meta.last) throw new Error('it is of another journal');
    const memory = new SessionMemory();
    memory.restore(lines, meta.next);
    return memory;
  }

  async function save(memory: SessionMemory): Promise<void> {
    const cut = memory.cut();
    try {
      const side = sideOf(store) === 'a' ? 'b' : 'a';
      let digest: Uint8Array = new Uint8Array(0);
      let chunks = 0;
      for (let lines = await takeChunk(cut); lines.length > 0; lines = await takeChunk(cut)) {
        const value = Buffer.from(lines.join('\n'));
        digest = sha256(Buffer.concat([digest, value]));
        await store.apply([{ key: chunkKey(side, chunks++), value }]);
      }
      const { next } = cut;
      const meta: Meta = { format: SNAPSHOT_FORMAT, next, last: await lastDigest(next), side, chunks, digest: toHex(digest) };
      const other = side === 'a' ? 'b' : 'a';
      const stale = store.range(chunkKey(other, 0), `memory/${other}~`, CLEARED_AT_ONCE).map(({ key }) => ({ key, value: null }));
      await store.apply([{ key: META_KEY, value: Buffer.from(JSON.stringify(meta)) }, ...stale]);
    } finally {
      cut.drop();
    }
  }

  function start(memory: SessionMemory): Promise<void> {
    savedNext = memory.next;
    saving = save(memory)
      .catch((error: unknown) => log(`a snapshot of the memory could not be stored: ${messageOf(error)}`))
      .finally(() => {
        saving = undefined;
      });
    return saving;
  }

  return {
    async load() {
      let memory: SessionMemory | undefined;
      try {
        memory = await restored();
      } catch (error) {
        log(`the snapshot of the memory is of no use and is made anew from the journal: ${messageOf(error)}`);
      }
      savedNext = memory?.next ?? 0;
      return memory ?? new SessionMemory();
    },

    saveWhenDue(memory) {
      const events = memory.next - savedNext;
      if (events < saveEveryEvents || saving) return;
      const { sessions, agents, owners } = memory.sizes;
      if (events >= EVENTS_PER_HISTORY * (sessions + agents + owners)) void start(memory);
    },

    async stop(memory) {
      await saving;
      if (memory.next - savedNext >= saveEveryEvents * STOP_PART) await start(memory);
    },
  };
}

async function takeChunk(cut: SnapshotCut): Promise<string[]> {
  const lines: string[] = [];
  while (lines.length < LINES_PER_CHUNK) {
    const step = cut.take(LINES_PER_STEP);
    if (step.length === 0) break;
    lines.push(...step);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return lines;
}

function sideOf(store: ProjectionStore): 'a' | 'b' | undefined {
  const stored = store.get(META_KEY);
  try {
    return stored && (JSON.parse(Buffer.from(stored).toString()) as Meta).side;
  } catch {
    // A broken one is overwritten: any side will do.
    return undefined;
  }
}

function readChunks(store: ProjectionStore, { side, chunks, digest }: Meta): string[] {
  const lines: string[] = [];
  let chained: Uint8Array = new Uint8Array(0);
  for (let chunk = 0; chunk < chunks; chunk++) {
    const value = store.get(chunkKey(side, chunk));
    if (!value) throw new Error('a part of it is missing');
    chained = sha256(Buffer.concat([chained, value]));
    lines.push(...Buffer.from(value).toString().split('\n'));
  }
  if (!equalBytes(chained, Buffer.from(digest, 'hex'))) throw new Error('its digest does not fit');
  return lines;
}

function chunkKey(side: 'a' | 'b', chunk: number): string {
  return `memory/${side}/${String(chunk).padStart(6, '0')}`;
}
