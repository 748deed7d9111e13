/** A producer: the one writer of one chain of events in one topic. */
import { EnvironmentError, messageOf, sha256 } from '@countersign/kernel';
import { decodeEvent, encodeEvent, type EventDraft, type Stamp } from './envelope.ts';

/** The part of the journal port that a producer needs (libs/ports `Journal` satisfies it). */
export interface AppendLog<Topic extends string> {
  append(records: readonly { topic: Topic; key: string; value: Uint8Array }[]): Promise<readonly LogPosition<Topic>[]>;
  read(
    topic: Topic,
    partition: number,
    fromOffset: number,
    limit: { maxRecords: number; maxBytes: number },
  ): Promise<readonly { offset: number; value: Uint8Array }[]>;
  partitions(topic: Topic): Promise<readonly number[]>;
  head(topic: Topic, partition: number): Promise<number>;
}

export interface LogPosition<Topic extends string> {
  readonly topic: Topic;
  readonly partition: number;
  readonly offset: number;
}

export interface ProducerOptions<Topic extends string> {
  readonly journal: AppendLog<Topic>;
  readonly topic: Topic;
  readonly service: string;
  /** Stable over restarts: the chain goes on under the same name. */
  readonly instance: string;
}

export interface Producer<Topic extends string = string> {
  /** Durable once resolved, in the order of the calls. Rejects with what the journal rejected with. */
  publish(drafts: readonly EventDraft[]): Promise<readonly LogPosition<Topic>[]>;

  /** The same for one event that the caller encodes itself; `encode` is called at once, in order. */
  publishEncoded(key: string, encode: (stamp: Stamp) => Uint8Array): Promise<readonly LogPosition<Topic>[]>;
}

/** How far back a new process looks for its predecessor's last event before it starts a chain of its own. */
const TAIL_SEARCH_RECORDS = 100_000;
const TAIL_STEP_RECORDS = 256;
const TAIL_STEP_BYTES = 64 << 20;

/** How long a recovery waits for failed appends to settle: one second in all. */
const SETTLE_TURNS = 200;
const SETTLE_TURN_MS = 5;

interface Tail {
  readonly epoch: number;
  readonly prevHash: Uint8Array;
}

/** Finds the end of the chain and starts the next epoch. Rejects when the journal cannot be read. */
export async function openProducer<Topic extends string>(options: ProducerOptions<Topic>): Promise<Producer<Topic>> {
  const { journal, topic, service, instance } = options;
  let chain = startEpoch(await findTail(options));
  let broken = false;
  let recovery: Promise<void> | undefined;
  let underWay = 0;

  function startEpoch(tail: Tail): { epoch: number; seq: number; prevHash: Uint8Array } {
    return { epoch: tail.epoch + 1, seq: 0, prevHash: tail.prevHash };
  }

  function nextStamp(): Stamp {
    chain.seq += 1;
    return { service, instance, epoch: chain.epoch, seq: chain.seq, prevHash: chain.prevHash };
  }

  // After a failed append nobody knows what was stored: wait until all appends under way are settled, read the tail back, and go
  // on in a new epoch that links to what is really there.
  async function recover(): Promise<void> {
    for (let turn = 0; underWay > 0 && turn < SETTLE_TURNS; turn++)
      await new Promise((resolve) => setTimeout(resolve, SETTLE_TURN_MS));
    if (underWay > 0) throw new EnvironmentError('the journal has not settled its failed writes yet', 'Try again in a moment.');
    chain = startEpoch(await findTail(options));
    broken = false;
  }

  async function ready(): Promise<void> {
    recovery ??= recover().finally(() => {
      recovery = undefined;
    });
    await recovery;
  }

  async function append(records: readonly { topic: Topic; key: string; value: Uint8Array }[]) {
    underWay += 1;
    try {
      return await journal.append(records);
    } catch (cause) {
      broken = true;
      throw cause instanceof EnvironmentError
        ? cause
        : new EnvironmentError(`the journal refused the record: ${messageOf(cause)}`, 'See the service log.', { cause });
    } finally {
      underWay -= 1;
    }
  }

  function encodeNext(key: string, encode: (stamp: Stamp) => Uint8Array) {
    const value = encode(nextStamp());
    chain.prevHash = sha256(value);
    return { topic, key, value };
  }

  /** A throwing encoder must not leave a hole in the sequence. */
  function orRestore<T>(encodeAll: () => T): T {
    const before = { ...chain };
    try {
      return encodeAll();
    } catch (cause) {
      chain = before;
      throw cause;
    }
  }

  const producer: Producer<Topic> = {
    async publish(drafts) {
      if (drafts.length === 0) return [];
      while (broken) await ready();
      return append(orRestore(() => drafts.map((draft) => encodeNext(draft.key, (stamp) => encodeEvent(draft, stamp)))));
    },

    publishEncoded(key, encode) {
      // Encoded in this turn: the closure and all that it holds need not outlive it.
      if (!broken) return append([orRestore(() => encodeNext(key, encode))]);
      return ready().then(() => producer.publishEncoded(key, encode));
    },
  };
  return producer;
}

async function findTail<Topic extends string>(options: ProducerOptions<Topic>): Promise<Tail> {
  let best: (Tail & { seq: number }) | undefined;
  for (const partition of await options.journal.partitions(options.topic)) {
    const found = await findTailIn(options, partition);
    if (found && (!best || found.epoch > best.epoch || (found.epoch === best.epoch && found.seq > best.seq))) best = found;
  }
  return best ?? { epoch: 0, prevHash: new Uint8Array(0) };
}

async function findTailIn<Topic extends string>(options: ProducerOptions<Topic>, partition: number) {
  const { journal, topic, service, instance } = options;
  const head = await journal.head(topic, partition);
  for (let to = head; to > Math.max(0, head - TAIL_SEARCH_RECORDS); to -= TAIL_STEP_RECORDS) {
    const from = Math.max(0, to - TAIL_STEP_RECORDS);
    const records = await journal.read(topic, partition, from, { maxRecords: to - from, maxBytes: TAIL_STEP_BYTES });
    for (const record of records.toReversed()) {
      const producer = producerOf(record.value);
      if (producer?.service === service && producer.instance === instance) {
        return { epoch: Number(producer.epoch), seq: Number(producer.seq), prevHash: sha256(record.value) };
      }
    }
  }
  return undefined;
}

/** Undefined for bytes that are no event: what cannot be read is not ours, and lineage quarantines it. */
function producerOf(bytes: Uint8Array) {
  try {
    return decodeEvent(bytes).producer;
  } catch {
    return undefined;
  }
}
