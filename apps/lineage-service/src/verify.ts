/** Walks the whole journal and proves that nothing in it was edited, lost, moved or forked; names the first place where it was. */
import { type Result, err, messageOf } from '@countersign/kernel';
import { type ChainFault, type ChainState, type ChainSummary, finish, initialChain, verifyNext } from '@countersign/ledger';
import type { Journal, Topic } from '@countersign/ports';
import { decodeEvent } from '@countersign/wire';
import { partitionsOf } from './cursors.ts';

/** A place in the journal that does not hold; `unreadable` is a record that is no event at all. */
export type JournalFault = Omit<ChainFault, 'kind'> & { readonly kind: ChainFault['kind'] | 'unreadable' };

export interface VerifyOptions {
  /** False for Kafka, whose offsets have gaps. */
  readonly contiguousOffsets?: boolean;
  /** Called after each slice with the number of events verified so far. */
  readonly onProgress?: (events: number) => void;
}

const SLICE = { maxRecords: 1_000, maxBytes: 4 << 20 } as const;

/** Up to the heads as they stand at the start. Rejects with EnvironmentError when the journal cannot be read. */
export async function verifyJournal(journal: Journal, options: VerifyOptions = {}): Promise<Result<ChainSummary, JournalFault>> {
  const heads = await Promise.all(
    (await partitionsOf(journal)).map(async (place) => ({ ...place, head: await journal.head(place.topic, place.partition) })),
  );
  let state = initialChain({ contiguousOffsets: options.contiguousOffsets ?? true });
  let events = 0;
  for (const { topic, partition, head } of heads) {
    for (let offset = 0; offset < head;) {
      const slice = await verifySlice(journal, state, topic, partition, offset, head);
      if (!slice.ok) return slice;
      // Nothing readable before the head: `finish` names it.
      if (slice.value.next === offset) break;
      ({ state, next: offset } = slice.value);
      events += slice.value.events;
      options.onProgress?.(events);
    }
  }
  return finish(state, heads);
}

interface Slice {
  readonly state: ChainState;
  readonly next: number;
  readonly events: number;
}

async function verifySlice(
  journal: Journal,
  initial: ChainState,
  topic: Topic,
  partition: number,
  from: number,
  head: number,
): Promise<Result<Slice, JournalFault>> {
  let state = initial;
  let next = from;
  let events = 0;
  for (const { offset, value } of await journal.read(topic, partition, from, SLICE)) {
    if (offset >= head) break;
    const decoded = chainFields(value);
    if (!decoded.ok) {
      return err({ kind: 'unreadable', topic, partition, offset, previousOffset: null, producer: null, message: decoded.error });
    }
    const result = verifyNext(state, { topic, partition, offset, stored: value, ...decoded.value });
    if (!result.ok) return result;
    state = result.value;
    next = offset + 1;
    events += 1;
  }
  return { ok: true, value: { state, next, events } };
}

function chainFields(stored: Uint8Array) {
  try {
    const { producer, prevHash } = decodeEvent(stored);
    if (!producer) return err('the event names no producer');
    const { service, instance, epoch, seq } = producer;
    return { ok: true, value: { prevHash, producer: { service, instance, epoch: Number(epoch), seq: Number(seq) } } } as const;
  } catch (thrown) {
    return err(`the record is no event: ${messageOf(thrown)}`);
  }
}
