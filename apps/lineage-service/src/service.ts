/** The lineage service: keeps the tables in step with the journal, and answers questions about them. */
import { EnvironmentError } from '@countersign/kernel';
import type { Clock, Journal, LineageStore, QueryResult } from '@countersign/ports';
import type { ServiceRegistration } from '@countersign/grpc';
import { toLineageEvent } from '@countersign/wire';
import type { Decode } from './batch.ts';
import { GROUP, partitionsOf } from './cursors.ts';
import { lineageGrpc } from './grpc.ts';
import type { LineageLog } from './log.ts';
import { Materialiser } from './materialiser.ts';
import { type TracedEvent, trace } from './trace.ts';

export interface LineageServiceDeps {
  readonly journal: Journal;
  readonly store: LineageStore;
  readonly clock: Clock;
  readonly log: LineageLog;
  /** Record → event; the default reads the contract's bytes. Must not throw. */
  readonly decode?: Decode;
}

export interface Readiness {
  /** False while the store or the journal fails. */
  readonly ready: boolean;
  /** Events that are in the journal and not yet in every table. */
  readonly lagEvents: number;
  readonly problem: string | null;
}

export interface RebuildProgress {
  readonly eventsDone: number;
  readonly eventsTotal: number;
}

export interface LineageService {
  readonly grpc: readonly ServiceRegistration[];
  ready(): Promise<Readiness>;
  /** Resolves once everything that is in the journal now is in every table. */
  caughtUp(): Promise<void>;
  /** One read-only statement over the tenant's rows; QueryRefused says what is wrong with it. */
  query(sql: string, tenant: string, signal: AbortSignal): Promise<QueryResult>;
  trace(correlationId: string, tenant: string, signal: AbortSignal): Promise<readonly TracedEvent[]>;
  /** Drops the tables and fills them again; goes on to the end even if nobody listens. One at a time: else RebuildUnderWay. */
  rebuild(onProgress?: (progress: RebuildProgress) => void): Promise<RebuildProgress>;
  /** Ends after the block that is being stored; journal and store stay open, they are the caller's. */
  stop(): Promise<void>;
}

export class RebuildUnderWay extends Error {
  constructor() {
    super('the tables are being rebuilt already; wait for that to end');
    this.name = 'RebuildUnderWay';
  }
}

/** Rejects with an EnvironmentError when the store cannot be reached or was made by a newer version. */
export async function openLineageService(deps: LineageServiceDeps): Promise<LineageService> {
  await deps.store.migrate();
  const service = new Service(deps);
  service.start();
  return service;
}

class Service implements LineageService {
  readonly grpc: readonly ServiceRegistration[];
  readonly #deps: LineageServiceDeps;
  readonly #materialiser: Materialiser;
  readonly #waiting = new Set<(reason: Error) => void>();
  #rebuilding = false;
  #stopped = false;

  constructor(deps: LineageServiceDeps) {
    this.#deps = deps;
    this.#materialiser = new Materialiser({ ...deps, decode: deps.decode ?? toLineageEvent });
    this.grpc = [lineageGrpc(this)];
  }

  start(): void {
    this.#materialiser.start();
  }

  async ready(): Promise<Readiness> {
    const { problem } = this.#materialiser;
    const lagEvents = this.#lag(await this.#heads());
    return { ready: problem === null && !this.#stopped, lagEvents, problem };
  }

  async caughtUp(): Promise<void> {
    const heads = await this.#heads();
    await this.#reached(heads, () => undefined);
  }

  query(sql: string, tenant: string, signal: AbortSignal): Promise<QueryResult> {
    return this.#deps.store.query(sql, tenant, signal);
  }

  trace(correlationId: string, tenant: string, signal: AbortSignal): Promise<readonly TracedEvent[]> {
    return trace(this.#deps.store, correlationId, tenant, signal);
  }

  async rebuild(onProgress: (progress: RebuildProgress) => void = () => undefined): Promise<RebuildProgress> {
    if (this.#rebuilding) throw new RebuildUnderWay();
    this.#rebuilding = true;
    try {
      await this.#dropAndRestart();
      const heads = await this.#heads();
      const eventsTotal = total(heads);
      await this.#reached(heads, (lag) => onProgress({ eventsDone: eventsTotal - lag, eventsTotal }));
      this.#deps.log.info({ events: eventsTotal }, 'lineage rebuilt from the journal');
      return { eventsDone: eventsTotal, eventsTotal };
    } finally {
      this.#rebuilding = false;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#materialiser.pause();
    for (const reject of this.#waiting) reject(new EnvironmentError('the lineage service has stopped', 'Start it again.'));
  }

  /** The committed positions go first: a crash anywhere after it finds tables that are only believed as far as they go. */
  async #dropAndRestart(): Promise<void> {
    const { journal, store } = this.#deps;
    await this.#materialiser.pause();
    try {
      for (const { topic, partition } of await partitionsOf(journal)) await journal.commit(GROUP, topic, partition, 0);
      await store.reset();
    } finally {
      if (!this.#stopped) this.#materialiser.start();
    }
  }

  async #heads(): Promise<readonly Head[]> {
    const { journal } = this.#deps;
    const places = await partitionsOf(journal);
    return Promise.all(places.map(async (place) => ({ ...place, head: await journal.head(place.topic, place.partition) })));
  }

  #lag(heads: readonly Head[]): number {
    return heads.reduce((lag, { topic, partition, head }) => {
      const cursor = this.#materialiser.cursors.find((one) => one.topic === topic && one.partition === partition);
      return lag + Math.max(0, head - (cursor?.done ?? 0));
    }, 0);
  }

  /** Resolves once every table has everything before these heads. */
  #reached(heads: readonly Head[], onStep: (lagEvents: number) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        unsubscribe();
        this.#waiting.delete(fail);
        end();
      };
      const fail = (reason: Error) => settle(() => reject(reason));
      const look = () => {
        const lag = this.#lag(heads);
        onStep(lag);
        if (lag === 0) settle(resolve);
      };
      const unsubscribe = this.#materialiser.onStored(look);
      this.#waiting.add(fail);
      if (this.#stopped) fail(new EnvironmentError('the lineage service has stopped', 'Start it again.'));
      else look();
    });
  }
}

interface Head {
  readonly topic: string;
  readonly partition: number;
  readonly head: number;
}

function total(heads: readonly Head[]): number {
  return heads.reduce((sum, { head }) => sum + head, 0);
}
