/** Idempotency: a read model of the decisions topic that answers a repeated request_id with the recorded decision. */
import { equalBytes, messageOf, sha256Hex } from '@countersign/kernel';
import {
  type Clock,
  type Journal,
  type ProjectionChange,
  type ProjectionStore,
  type StoredRecord,
  TOPICS,
} from '@countersign/ports';
import { answerOfRecorded, readRecordedRequestId } from '@countersign/wire';
import { Refused } from './refusal.ts';

export interface Recall {
  /**
   * Runs `decide` at most once for the same tenant, subject and request_id; a repeat with the same content gets the same answer,
   * one with other content throws Refused. A decision that could not be recorded is not remembered.
   */
  once(key: RecallKey, decide: () => Promise<RecordedAnswer>): Promise<Buffer>;
  /** Tells that this process wrote a decision without request_id at this offset: there is nothing in it to read back. */
  passed(offset: number): void;
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
/** Beside one for each entry that is added, so that the index shrinks whatever the load. */
const PRUNE_AT_ONCE = 512;
const DIGEST_BYTES = 32;
const POSITION_KEY = 'position';
const RETRY_MS = 250;
const LOOK_AFTER_MS = 20;
const KEEP_POSITION_EVERY = 10_000;

interface Entry {
  readonly contentDigest: Uint8Array;
  readonly answer: Promise<RecordedAnswer>;
  durable: boolean;
  /** In the store already: the follower can be faster than the append's own answer. */
  stored: boolean;
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
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  /** Everything before this offset needs no reading; ahead of the stored position by what was only passed. */
  let nextUnread = positionOf(store.get(POSITION_KEY));
  let stopped = false;

  async function readOn(): Promise<void> {
    for (;;) {
      const records = await journal.read(TOPICS.decisions, 0, nextUnread, { maxRecords: BATCH_RECORDS, maxBytes: BATCH_BYTES });
      const last = records.at(-1);
      if (!last || stopped) return keepPosition();
      const sinceMs = clock.nowMs() - KEPT_MS;
      const changes = records.flatMap((record) => remember(record, sinceMs, log));
      await store.apply([
        ...changes,
        ...prune(store, sinceMs, PRUNE_AT_ONCE + changes.length),
        { key: POSITION_KEY, value: positionBytes(last.offset + 1) },
      ]);
      nextUnread = Math.max(nextUnread, last.offset + 1);
      for (const { key } of changes) {
        const entry = fresh.get(key);
        if (entry?.durable) fresh.delete(key);
        else if (entry) entry.stored = true;
      }
    }
  }

  /** A restart reads from the stored position: it must not lie far behind what was passed. */
  async function keepPosition(): Promise<void> {
    if (nextUnread - positionOf(store.get(POSITION_KEY)) < KEEP_POSITION_EVERY) return;
    await store.apply([{ key: POSITION_KEY, value: positionBytes(nextUnread) }]);
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
    // Most appends are this process's own and are passed a moment later: what is left then is worth a look.
    timer ??= setTimeout(() => {
      timer = undefined;
      again = true;
      following ??= follow().finally(() => {
        following = undefined;
      });
    }, LOOK_AFTER_MS).unref();
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
      const added: Entry = { contentDigest: key.contentDigest, answer, durable: false, stored: false };
      fresh.set(name, added);
      try {
        const decided = await answer;
        if (!decided.durable || added.stored) fresh.delete(name);
        else added.durable = true;
        return decided.response;
      } catch (error) {
        fresh.delete(name);
        throw error;
      }
    },

    passed(offset) {
      if (offset === nextUnread) nextUnread += 1;
    },

    async catchUp() {
      await readOn();
    },

    async stop() {
      stopped = true;
      unsubscribe();
      clearTimeout(timer);
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

/** What the index keeps of a decision that had a request_id; of one that is too old only that it is gone. None for other events. */
function remember(record: StoredRecord, sinceMs: number, log: (message: string) => void): ProjectionChange[] {
  const recorded = recordedAnswer(record, log);
  if (!recorded) return [];
  const name = nameOf(recorded.tenant, recorded.subject, recorded.requestId);
  if (recorded.occurredAtMs < sinceMs) return [{ key: name, value: null }];
  return [
    { key: name, value: Buffer.concat([recorded.contentDigest, recorded.response]) },
    { key: timeKey(recorded.occurredAtMs) + name, value: new Uint8Array(0) },
  ];
}

/** What is no event repeats nobody's request: it must not keep the index from everything after it. */
function recordedAnswer(record: StoredRecord, log: (message: string) => void) {
  try {
    return readRecordedRequestId(record.value) === '' ? undefined : answerOfRecorded(record.value, record);
  } catch (error) {
    log(`record ${record.offset} of ${record.topic} could not be read and was passed over: ${messageOf(error)}`);
    return undefined;
  }
}

/** Forgets the oldest entries beyond the kept time, at most `limit` at once, so that it costs the same however long the history. */
function prune(store: ProjectionStore, sinceMs: number, limit: number): ProjectionChange[] {
  return store.range('t/', timeKey(Math.max(0, sinceMs)), limit).flatMap(({ key }) => [
    { key, value: null },
    { key: key.slice(key.indexOf('/', 2) + 1), value: null },
  ]);
}

function timeKey(ms: number): string {
  return `t/${String(ms).padStart(16, '0')}/`;
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
