/**
 * What came before, of every session, agent and person: a fold over the decisions topic, the same for the same events in the same
 * order, bounded, and asked for by each decision. Decisions under way are shown, never folded, until their place is known.
 */
import { AwaitedOutcomes } from './session-awaited.ts';
import { counterId } from './session-counters.ts';
import { type CutSource, SnapshotCut } from './session-cut.ts';
import { type Deed, isLabelled } from './session-deed.ts';
import { type History, note, noteMore } from './session-history.ts';
import { historyJson } from './session-json.ts';
import { Shelf, type ShelfLimits } from './session-shelf.ts';

export interface MemoryLimits {
  readonly sessions: ShelfLimits;
  readonly agents: ShelfLimits;
  readonly owners: ShelfLimits;
  /** How many allowed decisions wait for their outcome's rows; rows of an older one count for whoever reports them. */
  readonly outcomes: number;
}

/** Measured: 170 MB with 100,000 ordinary sessions, 730 MB where hostile callers make every name new and as long as it can be. */
export const MEMORY_LIMITS: MemoryLimits = {
  sessions: { histories: 100_000, entries: 2_000_000 },
  agents: { histories: 20_000, entries: 400_000 },
  owners: { histories: 20_000, entries: 400_000 },
  outcomes: 65_536,
};

/** Whose histories a decision belongs to, as recorded; empty for none. Keys hold the tenant, so tenants never meet. */
export interface Whose {
  readonly session: string;
  readonly agent: string;
  readonly owner: string;
}

export function whose(tenant: string, sessionId: string, subject: string, owner: string): Whose {
  const person = owner === '' && subject.startsWith('person:') ? subject : owner;
  return {
    session: sessionId === '' ? '' : `${tenant}\0${sessionId}`,
    agent: subject === '' ? '' : `${tenant}\0${subject}`,
    owner: person === '' ? '' : `${tenant}\0${person}`,
  };
}

export interface CountedDecision {
  readonly tenant: string;
  readonly decisionId: string;
  readonly whose: Whose;
  readonly deed: Deed;
  readonly atMs: number;
}

export interface ReportedRows {
  readonly tenant: string;
  readonly decisionId: string;
  readonly rows: number;
  /** Who reports; counts where the decision is not remembered. */
  readonly reporter: Whose;
}

export interface MemorySizes {
  readonly sessions: number;
  readonly agents: number;
  readonly owners: number;
  readonly pending: number;
}

const ROWS = [counterId('rows')];
const LABELLED_ROWS = [counterId('rows'), counterId('labelled_rows')];
/** More rows than any one action touches: sums of such numbers stay exact. */
const ROWS_CAP = 10_000_000_000;

export class SessionMemory {
  readonly #sessions: Shelf;
  readonly #agents: Shelf;
  readonly #owners: Shelf;
  readonly #awaited: AwaitedOutcomes;
  #underWay = 0;
  /** The offset after the last event that was counted. */
  #next = 0;

  constructor(limits: MemoryLimits = MEMORY_LIMITS) {
    this.#awaited = new AwaitedOutcomes(limits.outcomes);
    this.#sessions = new Shelf(limits.sessions);
    this.#agents = new Shelf(limits.agents);
    this.#owners = new Shelf(limits.owners);
  }

  get next(): number {
    return this.#next;
  }

  get sizes(): MemorySizes {
    const { size: sessions } = this.#sessions;
    return { sessions, agents: this.#agents.size, owners: this.#owners.size, pending: this.#underWay };
  }

  /** Histories thrown away since this memory was made, for want of room. */
  get forgotten(): number {
    return this.#sessions.forgotten + this.#agents.forgotten + this.#owners.forgotten;
  }

  /** Of all histories: slots of time, labels, tables and hosts. */
  get entries(): number {
    return this.#sessions.entries + this.#agents.entries + this.#owners.entries;
  }

  /** The members of SessionInput behind `id`, each with a comma before it; empty where nothing is known. */
  members({ session, agent, owner }: Whose, atMs: number): string {
    // Whole seconds, so that it is the same for all decisions of one second as long as nothing new is counted.
    const nowMs = atMs - (atMs % 1_000);
    return (
      member('session', this.#sessions, session, nowMs) +
      member('agent', this.#agents, agent, nowMs) +
      member('owner', this.#owners, owner, nowMs)
    );
  }

  /** Counts the decision at `offset`; an allowed one is remembered for its outcome. */
  decided(offset: number, { tenant, decisionId, whose: of, deed, atMs }: CountedDecision): void {
    this.pass(offset);
    const { session, agent, owner } = of;
    const change = (history: History) => note(history, deed, atMs);
    if (session !== '') this.#sessions.use(session, offset, change);
    if (agent !== '') this.#agents.use(agent, offset, change);
    if (owner !== '') this.#owners.use(owner, offset, change);
    if (deed.allowed) this.#awaited.add({ decisionId, tenant, whose: of, labelled: isLabelled(deed), rows: 0 });
  }

  /** Counts the rows of the outcome at `offset`. */
  reported(offset: number, { tenant, decisionId, rows: said, reporter }: ReportedRows, atMs: number): void {
    this.pass(offset);
    const rows = Math.min(said, ROWS_CAP);
    const known = this.#awaited.get(decisionId);
    const awaited = known?.tenant === tenant ? known : undefined;
    const more = rows - (awaited?.rows ?? 0);
    if (more <= 0) return;
    if (awaited) this.#awaited.replace({ ...awaited, rows });
    const { session, agent, owner } = awaited?.whose ?? reporter;
    const change = (history: History) => noteMore(history, awaited?.labelled ? LABELLED_ROWS : ROWS, more, atMs);
    if (session !== '') this.#sessions.use(session, offset, change);
    if (agent !== '') this.#agents.use(agent, offset, change);
    if (owner !== '') this.#owners.use(owner, offset, change);
  }

  /** Goes on behind an event that counts for nothing. */
  pass(offset: number): void {
    this.#next = offset + 1;
  }

  /** Shows a decision that is on its way to the disk. Each `begin` is ended once. */
  begin({ session, agent, owner }: Whose, deed: Deed): void {
    this.#underWay += 1;
    if (session !== '') this.#sessions.pending.begin(session, deed);
    if (agent !== '') this.#agents.pending.begin(agent, deed);
    if (owner !== '') this.#owners.pending.begin(owner, deed);
  }

  end({ session, agent, owner }: Whose, deed: Deed): void {
    this.#underWay -= 1;
    if (session !== '') this.#sessions.pending.end(session, deed);
    if (agent !== '') this.#agents.pending.end(agent, deed);
    if (owner !== '') this.#owners.pending.end(owner, deed);
  }

  /** A snapshot as of now, taken bit by bit while the fold goes on. One at a time. */
  cut(): SnapshotCut {
    return new SnapshotCut(this.#source());
  }

  /** Fills a new memory from a snapshot that was taken at `next`. Throws for lines that are none. */
  restore(lines: Iterable<string>, next: number): void {
    SnapshotCut.restore(this.#source(), lines);
    this.#next = next;
  }

  #source(): CutSource {
    return { shelves: [this.#sessions, this.#agents, this.#owners], awaited: this.#awaited, next: this.#next };
  }
}

function member(name: 'session' | 'agent' | 'owner', shelf: Shelf, key: string, nowMs: number): string {
  if (key === '') return '';
  const json = historyJson(shelf.get(key), shelf.pending.get(key), nowMs, shelf);
  return json === '' ? '' : `,"${name}":${json}`;
}
