/** Idempotency: a read model of the decisions topic that answers a repeated request_id with the recorded decision. */
import { equalBytes, messageOf, sha256Hex } from '@countersign/kernel';
import { type Clock, type Journal, type ProjectionChange, type ProjectionStore, TOPICS } from '@countersign/ports';
import { answerOfRecorded, readRecordedRequestId } from '@countersign/wire';
import { Refused } from './refusal.ts';

export interface Recall {
  /**
   * Runs `decide` at most once for the same tenant, subject and request_id; a repeat with the same content gets the same answer,
   * one with other content throws Refused. A decision that could not be recorded is not remembered.
   */
  once(key: RecallKey, decide: () => Promise<RecordedAnswer>): Promise<Buffer>;
  /** Reads what is new in the journal; resolved once the state is that of the journal's head. */
  catchUp(): Promise<void>;
  stop(): Promise<void>;
}

export interface RecallKey {
  readonly tenant: string;
  readonly subject: string;
  readonly requestId: string;
  /** Keyed digest of the whole request. */
  readonly contentDigest: Uint8Array;
}

export interface RecordedAnswer {
  readonly response: Buffer;
  /** False where the answer is a deny because nothing could be recorded. */
  readonly durable: boolean;
}

/** The promise is 24 h; twice that leaves room for clocks and long outages. */
const KEPT_MS = 48 * 3_600_000;
const BATCH_RECORDS = 4_096;
const BATCH_BYTES = 16 << 20;
const PRUNE_AT_ONCE = 512;
const DIGEST_BYTES = 32;
const POSITION_KEY = 'position';
const RETRY_MS = 250;

interface Entry {
  readonly contentDigest: Uint8Array;
  readonly answer: Promise<RecordedAnswer>;
  durable: boolean;
}

export async function openRecall(deps: {
  readonly journal: Journal;
  readonly store: ProjectionStore;
  readonly clock: Clock;
  readonly log: (message: string) => void;
}): Promise<Recall> {
  const { journal, store, clock, log } = deps;
  /** Decided here and not yet read back from the journal. */
  const fresh = new Map<string, Entry>();
  let following: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  async function readOn(): Promise<void> {
    for (;;) {
      const from = positionOf(store.get(POSITION_KEY));
      const records = await journal.read(TOPICS.decisions, 0, from, { maxRecords: BATCH_RECORDS, maxBytes: BATCH_BYTES });
      const last = records.at(-1);
      if (!last || stopped) return;
      const changes = records.flatMap((record) => remember(record.value, record));
      await store.apply([
        ...changes,
        ...prune(store, clock.nowMs()),
        { key: POSITION_KEY, value: positionBytes(last.offset + 1) },
      ]);
      for (const { key } of changes) if (fresh.get(key)?.durable) fresh.delete(key);
    }
  }

  async function follow(): Promise<void> {
    do {
      again = false;
      try {
        await readOn();
      } catch (error) {
        log(`the request_id index could not be brought up to date: ${messageOf(error)}`);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        again = !stopped;
      }
    } while (again);
  }

  function wake(): void {
    again = true;
    following ??= follow().finally(() => {
      following = undefined;
    });
  }

  const unsubscribe = journal.onAppended(wake);
  const recall: Recall = {
    async once(key, decide) {
      const name = nameOf(key.tenant, key.subject, key.requestId);
      const entry = fresh.get(name);
      if (entry) {
        sameContent(entry.contentDigest, key);
        return (await entry.answer).response;
      }
      const stored = store.get(name);
      if (stored) {
        sameContent(stored.subarray(0, DIGEST_BYTES), key);
        return Buffer.from(stored.subarray(DIGEST_BYTES));
      }
      const answer = decide();
      const added: Entry = { contentDigest: key.contentDigest, answer, durable: false };
      fresh.set(name, added);
      try {
        const decided = await answer;
        if (decided.durable) added.durable = true;
        else fresh.delete(name);
        return decided.response;
      } catch (error) {
        fresh.delete(name);
        throw error;
      }
    },

    async catchUp() {
      await readOn();
    },

    async stop() {
      stopped = true;
      unsubscribe();
      await following;
    },
  };
  await recall.catchUp();
  return recall;
}

function sameContent(recorded: Uint8Array, key: RecallKey): void {
  if (equalBytes(recorded, key.contentDigest)) return;
  throw new Refused(
    'conflict',
    `request_id "${key.requestId}" was used before for another request. Repeat it unchanged, or use a new request_id.`,
  );
}

/** One change for a decision that had a request_id, none for any other event. */
function remember(value: Uint8Array, position: { topic: string; partition: number; offset: number }): ProjectionChange[] {
  if (!readRecordedRequestId(value)) return [];
  const recorded = answerOfRecorded(value, position);
  if (!recorded) return [];
  const name = nameOf(recorded.tenant, recorded.subject, recorded.requestId);
  return [
    { key: name, value: Buffer.concat([recorded.contentDigest, recorded.response]) },
    { key: `t/${String(recorded.occurredAtMs).padStart(16, '0')}/${name}`, value: new Uint8Array(0) },
  ];
}

/** Forgets the oldest entries beyond the kept time, a bounded number at once, so that it costs the same however long the history. */
function prune(store: ProjectionStore, nowMs: number): ProjectionChange[] {
  const end = `t/${String(Math.max(0, nowMs - KEPT_MS)).padStart(16, '0')}`;
  return store.range('t/', end, PRUNE_AT_ONCE).flatMap(({ key }) => [
    { key, value: null },
    { key: key.slice(key.indexOf('/', 2) + 1), value: null },
  ]);
}

/** request ids are the callers' own text: hashed, so that any of them makes a key of one size. */
function nameOf(tenant: string, subject: string, requestId: string): string {
  return `r/${sha256Hex(JSON.stringify([tenant, subject, requestId]))}`;
}

function positionOf(bytes: Uint8Array | undefined): number {
  return bytes === undefined ? 0 : Number(Buffer.from(bytes).readBigUInt64BE());
}

function positionBytes(offset: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(offset));
  return bytes;
}
