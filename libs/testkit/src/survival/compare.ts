/** After the kills: what was acknowledged against what is in the journal and in ClickHouse. */
import { openEmbeddedJournal } from '@countersign/journal-embedded';
import { sha256 } from '@countersign/kernel';
import { TOPICS, type Topic } from '@countersign/ports';
import { decodeEvent, type Event } from '@countersign/wire';
import { join } from 'node:path';
import type { Ledger } from './load.ts';
import type { Product } from './product.ts';

export interface Findings {
  readonly acknowledged: number;
  readonly inJournal: number;
  /** Each a sentence; empty means that every promise held. */
  readonly faults: readonly string[];
}

const PAGE = { maxRecords: 4_096, maxBytes: 16 << 20 };
const OUTCOMES: ReadonlySet<string> = new Set(['approvalGranted', 'approvalRejected', 'approvalLapsed']);

/** The tables, while the product runs and has caught up. */
export async function compareTables(product: Product, ledger: Ledger): Promise<readonly string[]> {
  await caughtUp(product);
  const faults: string[] = [];
  const stored = new Map<string, number>();
  const lines = (await product.ask('SELECT decision_id, count() FROM decisions GROUP BY decision_id FORMAT TSV')).split('\n');
  for (const line of lines) {
    const [id = '', count] = line.split('\t');
    stored.set(id, Number(count));
  }
  for (const { decisionId, requestId } of ledger.acknowledged) {
    const count = stored.get(decisionId) ?? 0;
    if (count !== 1) faults.push(`decision ${decisionId} (${requestId}) is ${count} times in ClickHouse`);
  }
  const twice = await product.ask(
    'SELECT count() FROM (SELECT topic, journal_offset FROM events GROUP BY 1, 2 HAVING count() > 1)',
  );
  if (twice !== '0') faults.push(`${twice} events are in ClickHouse more than once`);
  const gaps = await product.ask(
    'SELECT count() FROM (SELECT topic, max(journal_offset) + 1 - count() AS missing FROM events GROUP BY topic) WHERE missing != 0',
  );
  if (gaps !== '0') faults.push(`${gaps} topics have gaps in ClickHouse`);
  return faults;
}

/** The journal itself, while nothing runs. */
export async function compareJournal(dataDir: string, ledger: Ledger): Promise<Findings> {
  const journal = await openEmbeddedJournal({ dir: join(dataDir, 'journal') });
  const faults: string[] = [];
  const decisions = new Map<number, Event>();
  const requestIds = new Map<string, number>();
  const outcomes = new Map<string, string[]>();
  let inJournal = 0;
  try {
    for (const topic of Object.values(TOPICS)) {
      const chains = new Map<string, { epoch: bigint; seq: bigint; hash: Uint8Array }>();
      let expected = 0;
      for await (const { offset, value } of everyRecord(journal, topic)) {
        if (offset !== expected) faults.push(`${topic} jumps from ${expected} to ${offset}`);
        expected = offset + 1;
        inJournal += 1;
        const event = decodeEvent(value);
        checkChain(chains, event, value, `${topic}/${offset}`, faults);
        note(event, offset, decisions, requestIds, outcomes);
      }
    }
  } finally {
    await journal.close();
  }
  checkAcknowledged(ledger, decisions, faults);
  for (const [requestId, count] of requestIds) if (count > 1) faults.push(`request ${requestId} was decided ${count} times`);
  for (const [approval, names] of outcomes) if (names.length > 1) faults.push(`approval ${approval} has ${names.join(' and ')}`);
  for (const [approval, uses] of ledger.redeemed)
    if (uses > 1) faults.push(`the grant of ${approval} let ${uses} actions through`);
  return { acknowledged: ledger.acknowledged.length, inJournal, faults };
}

function note(
  event: Event,
  offset: number,
  decisions: Map<number, Event>,
  requestIds: Map<string, number>,
  outcomes: Map<string, string[]>,
): void {
  if (event.data.case === 'decisionRecorded') {
    decisions.set(offset, event);
    const requestId = event.data.value.request?.requestId ?? '';
    if (requestId !== '') requestIds.set(requestId, (requestIds.get(requestId) ?? 0) + 1);
  }
  if (event.data.case !== undefined && OUTCOMES.has(event.data.case)) {
    outcomes.set(event.stream, [...(outcomes.get(event.stream) ?? []), event.data.case]);
  }
}

function checkAcknowledged(ledger: Ledger, decisions: ReadonlyMap<number, Event>, faults: string[]): void {
  for (const { decisionId, requestId, offset } of ledger.acknowledged) {
    const event = decisions.get(offset);
    if (event?.id !== decisionId)
      faults.push(`${requestId}: acknowledged at ${offset} as ${decisionId}, found ${event?.id ?? 'nothing'}`);
  }
}

/** Independent of libs/ledger on purpose: two readers of the same promise. */
function checkChain(
  chains: Map<string, { epoch: bigint; seq: bigint; hash: Uint8Array }>,
  event: Event,
  stored: Uint8Array,
  place: string,
  faults: string[],
): void {
  const { producer } = event;
  if (!producer) {
    faults.push(`${place} names no producer`);
    return;
  }
  const name = `${producer.service}/${producer.instance}`;
  const last = chains.get(name);
  const { epoch, seq } = producer;
  const follows = last === undefined || epoch > last.epoch ? seq === 1n : epoch === last.epoch && seq === last.seq + 1n;
  if (!follows) faults.push(`${place}: ${name} goes from ${last?.epoch}/${last?.seq} to ${epoch}/${seq}`);
  if (Buffer.compare(event.prevHash, last?.hash ?? new Uint8Array(0)) !== 0)
    faults.push(`${place}: the hash chain of ${name} breaks`);
  chains.set(name, { epoch, seq, hash: sha256(stored) });
}

async function* everyRecord(journal: Awaited<ReturnType<typeof openEmbeddedJournal>>, topic: Topic) {
  for (let offset = 0; ;) {
    const page = await journal.read(topic, 0, offset, PAGE);
    if (page.length === 0) return;
    yield* page;
    offset = (page.at(-1)?.offset ?? offset) + 1;
  }
}

const CATCH_UP_LIMIT_MS = 60_000;

/** Waits until the tables hold what the journal holds, as the product's own metrics say. */
async function caughtUp(product: Product): Promise<void> {
  const deadline = performance.now() + CATCH_UP_LIMIT_MS;
  while (performance.now() < deadline) {
    const response = await fetch(`${product.http}/metrics`, { headers: { authorization: `Bearer ${product.token('admin')}` } });
    if (/^countersign_lineage_lag_events 0$/m.test(await response.text())) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`ClickHouse did not catch up within ${CATCH_UP_LIMIT_MS} ms`);
}
