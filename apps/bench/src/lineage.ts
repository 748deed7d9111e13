/** Journal to ClickHouse: how fast a history is materialised, and how far behind the tables are at half of that. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedJournal } from '@countersign/journal-embedded';
import { openLineageService } from '@countersign/lineage-service';
import { type Journal, monotonicClock, TOPICS } from '@countersign/ports';
import { openWarehouse, startEmbeddedClickHouse } from '@countersign/warehouse';
import {
  encodeAnswer,
  encodeCaller,
  encodeDecisionEvent,
  encodeEffects,
  encodeReading,
  encodeRiskParts,
  encodeSubject,
  openProducer,
  type Producer,
} from '@countersign/wire';
import { uuidV7 } from '@countersign/kernel';
import { decideRequest, SEEN_SQL } from './requests.ts';

export interface LineageFigures {
  readonly events: number;
  readonly eventsPerS: number;
  readonly lagAtEventsPerS: number;
  readonly lagP50Ms: number;
  readonly lagP99Ms: number;
}

const HISTORY = 200_000;
const LAG_SECONDS = 8;
const TICK_MS = 20;
const PROBE_EVERY_MS = 100;
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

export async function measureLineage(): Promise<LineageFigures> {
  const dir = mkdtempSync(join(tmpdir(), 'countersign-bench-lineage-'));
  const journal = await openEmbeddedJournal({ dir: join(dir, 'journal') });
  const producer = await openProducer({ journal, topic: TOPICS.decisions, service: 'bench', instance: '0' });
  const passwords = { writerPassword: randomBytes(12).toString('hex'), readerPassword: randomBytes(12).toString('hex') };
  await write(producer, HISTORY);
  const clickhouse = await startEmbeddedClickHouse({
    dataDir: join(dir, 'clickhouse'),
    address: '127.0.0.1:0',
    ...passwords,
    database: 'countersign',
    log: () => undefined,
  });
  const store = openWarehouse({
    url: clickhouse.url,
    user: 'countersign_writer',
    password: passwords.writerPassword,
    readerUser: 'countersign_reader',
    readerPassword: passwords.readerPassword,
    database: 'countersign',
    log: SILENT,
  });
  try {
    const started = performance.now();
    const service = await openLineageService({ journal, store, clock: monotonicClock(), log: SILENT });
    await service.caughtUp();
    const eventsPerS = HISTORY / ((performance.now() - started) / 1_000);
    const lagAt = Math.floor(eventsPerS / 2);
    const lags = await measureLag(journal, producer, () => service.caughtUp(), lagAt);
    await service.stop();
    return { events: HISTORY, eventsPerS, lagAtEventsPerS: lagAt, ...lags };
  } finally {
    await store.close();
    await clickhouse.stop();
    await journal.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Lag: from an event's durable append until everything up to it is in every table. */
async function measureLag(_journal: Journal, producer: Producer, caughtUp: () => Promise<void>, perS: number) {
  const lags: number[] = [];
  const probes: Promise<void>[] = [];
  const end = performance.now() + LAG_SECONDS * 1_000;
  let nextProbe = 0;
  while (performance.now() < end) {
    const tick = performance.now();
    await write(producer, Math.ceil((perS * TICK_MS) / 1_000));
    if (tick >= nextProbe) {
      nextProbe = tick + PROBE_EVERY_MS;
      const appended = performance.now();
      probes.push(caughtUp().then(() => void lags.push(performance.now() - appended)));
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, TICK_MS - (performance.now() - tick))));
  }
  await Promise.all(probes);
  lags.sort((a, b) => a - b);
  return { lagP50Ms: lags[Math.floor(lags.length / 2)] ?? 0, lagP99Ms: lags[Math.floor(lags.length * 0.99)] ?? 0 };
}

const APPENDS_AT_ONCE = 2_000;

async function write(producer: Producer, count: number): Promise<void> {
  for (let left = count; left > 0; left -= APPENDS_AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(left, APPENDS_AT_ONCE) }, () => append(producer)));
  }
}

const PARTS = {
  tenant: 'default',
  causationId: '',
  traceparent: '',
  request: decideRequest(SEEN_SQL),
  caller: encodeCaller({ subject: 'agent:local', owner: 'person:admin', tokenId: 'bench' }),
  verdict: 'allow' as const,
  answer: encodeAnswer([{ rule: 'baseline.everyday', code: 'everyday', message: 'Nothing to stop.', severity: 'info' }], []),
  effects: encodeEffects([
    {
      kind: 'read',
      scope: 'bounded',
      reversible: 'yes',
      targets: [
        { type: 'table', name: 'customers' },
        { type: 'table', name: 'orders' },
      ],
      span: { start: 0, end: SEEN_SQL.length },
      via: '',
      why: '',
    },
  ]),
  risk: 8,
  riskParts: encodeRiskParts([]),
  reading: encodeReading({ fingerprint: '', normalised: '', words: 'reads table public.orders' }),
  actionDigest: randomBytes(32),
  policyDigest: randomBytes(32),
  approval: undefined,
  presented: undefined,
  masked: [],
  sealed: undefined,
  subject: encodeSubject({ id: 'agent:support-copilot', owner: 'person:ana', attributesJson: new Uint8Array(0) }),
  inputDigest: randomBytes(32),
  inputMembers: 0,
  failedStep: '',
  contentDigest: new Uint8Array(0),
  sessionJson: '{"id":"bench"}',
  memoryPosition: 0,
};

async function append(producer: Producer): Promise<void> {
  const decisionId = uuidV7(Date.now(), randomBytes(10));
  await producer.publishEncoded('default/bench', (stamp) =>
    encodeDecisionEvent(
      { ...PARTS, decisionId, correlationId: decisionId, stream: 'session/bench', occurredAtMs: Date.now() },
      stamp,
    ),
  );
}
