/**
 * The court of one partition: decides the commands of approval-commands in their order and records what comes of them in the
 * approvals topic, with ids that follow from the command's place, so that a repeat after a crash is the same record.
 */
import {
  type Approval,
  type ApprovalEvent,
  type Command,
  decide,
  evolve,
  owedOutcome,
  REPEATED,
  type Refusal,
} from '@countersign/approval';
import { uuidV8 } from '@countersign/kernel';
import { type Journal, type StoredRecord, TOPICS } from '@countersign/ports';
import { approvalCommandOf, approvalEventDraft, type Event, type EventDraft, type Producer } from '@countersign/wire';
import { SERVICE } from './deps.ts';
import { type Fold, openFold, read } from './fold.ts';
import type { Progress, ReadModel } from './read-model.ts';

export interface CourtDeps {
  readonly journal: Journal;
  readonly model: ReadModel;
  /** Of the approvals topic. */
  readonly producer: Producer;
  readonly log: (message: string) => void;
  /** Hears of each event once it is in the read model and in its lists. */
  readonly onEvent: (stored: Event) => void;
}

/** Commands of one turn share its writes, but must not hold up the process for longer than some 15 ms. */
const BATCH = { maxRecords: 128, maxBytes: 4 << 20 };

/** How much a rebuild keeps in memory before it saves. */
const MAX_UNSAVED = 5_000;

export class Court {
  readonly partition: number;
  readonly #deps: CourtDeps;
  #fold: Fold;
  /** The offset of the next command to decide, and the same as far as it is saved. */
  #commands = 0;
  #decided = 0;
  /** Where the fold has to start after a crash: before the events of every command that is still to be decided. */
  #approvals = 0;
  /** First events of commands that are still to come, which a run before this one has recorded already. */
  #ahead = new Set<string>();
  readonly #heard: Event[] = [];

  private constructor(deps: CourtDeps, partition: number) {
    this.#deps = deps;
    this.partition = partition;
    this.#fold = openFold(deps, partition, { approvals: 0, timeMs: 0 });
  }

  /** Resolves once the read model holds what the journal holds. Rejects with EnvironmentError. */
  static async open(deps: CourtDeps, partition: number): Promise<Court> {
    const court = new Court(deps, partition);
    // Nobody can be waiting yet for what lies in the journal at the start.
    await court.#recover(() => undefined);
    return court;
  }

  /** Every command before this offset is decided, and what came of it is in the read model and its lists. */
  next(): number {
    return this.#decided;
  }

  /** Decides one batch; false where there was none. Rejects with EnvironmentError; call `recover` before the next turn then. */
  async turn(): Promise<boolean> {
    const { journal, producer } = this.#deps;
    await this.#hear();
    const records = await journal.read(TOPICS.approvalCommands, this.partition, this.#commands, BATCH);
    const last = records.at(-1);
    if (!last) {
      if (this.#heard.length > 0) await this.#save();
      return false;
    }
    const drafts = this.#decideAll(records);
    await producer.publish(drafts);
    if (drafts.length > 0) await this.#hear();
    this.#commands = last.offset + 1;
    await this.#save();
    await journal.commit(SERVICE, TOPICS.approvalCommands, this.partition, this.#commands);
    return true;
  }

  /** Starts over from what is stored. */
  recover(): Promise<void> {
    return this.#recover((stored) => this.#heard.push(stored));
  }

  async #recover(hear: (stored: Event) => void): Promise<void> {
    const { journal, model } = this.#deps;
    const { partition } = this;
    const progress = await this.#knownProgress();
    this.#commands = progress?.commands ?? (await journal.position(SERVICE, TOPICS.approvalCommands, partition));
    this.#approvals = progress?.approvals ?? 0;
    const timeMs = progress?.timeMs ?? 0;
    this.#fold = openFold(this.#deps, partition, { approvals: this.#approvals, timeMs });
    const head = await journal.head(TOPICS.approvalCommands, partition);
    const expected = new Set<string>();
    for (let offset = this.#commands; offset < head; offset++) expected.add(eventId(partition, offset, 0));
    this.#ahead = new Set();
    const onEvent = (stored: Event) => {
      if (expected.has(stored.id)) this.#ahead.add(stored.id);
      hear(stored);
    };
    await this.#fold.toHead(onEvent, async () => {
      if (model.unsaved > MAX_UNSAVED)
        await model.save(partition, { commands: this.#commands, approvals: this.#approvals, timeMs });
    });
    await this.#save();
    // The store may be a step ahead of the journal's own note of the position; whoever reads that should see the truth.
    await journal.commit(SERVICE, TOPICS.approvalCommands, partition, this.#commands);
  }

  /** A store that has seen more than the journal holds belongs to another one (a restored backup) and is filled anew. */
  async #knownProgress(): Promise<Progress | undefined> {
    const { journal, model, log } = this.#deps;
    const progress = model.progress(this.partition);
    const [commandsHead, approvalsHead] = await Promise.all([
      journal.head(TOPICS.approvalCommands, this.partition),
      journal.head(TOPICS.approvals, this.partition),
    ]);
    if (!progress || (progress.commands <= commandsHead && progress.approvals <= approvalsHead)) return progress;
    log('the read model of the approvals is of another journal and is built anew');
    await model.clear();
    return undefined;
  }

  #hear(): Promise<void> {
    return this.#fold.toHead((stored) => this.#heard.push(stored));
  }

  async #save(): Promise<void> {
    if (this.#ahead.size === 0) this.#approvals = this.#fold.next();
    const progress = { commands: this.#commands, approvals: this.#approvals, timeMs: this.#fold.timeMs() };
    await this.#deps.model.save(this.partition, progress);
    this.#decided = this.#commands;
    for (const stored of this.#heard.splice(0)) this.#deps.onEvent(stored);
  }

  #decideAll(records: readonly StoredRecord[]): EventDraft[] {
    const { model, log } = this.#deps;
    const drafts: EventDraft[] = [];
    const changed = new Map<string, Approval>();
    let timeMs = this.#fold.timeMs();
    for (const record of records) {
      const stored = read(record.value, `approval-commands ${this.partition}/${record.offset}`, log);
      const command = stored && approvalCommandOf(stored);
      if (!stored || !command) continue;
      let state = changed.get(command.approvalId) ?? model.get(command.approvalId);
      const done = this.#ahead.delete(eventId(this.partition, record.offset, 0));
      const happened = done ? owed(command, state) : outcome(command, state);
      for (const [index, fact] of happened.entries()) {
        timeMs = Math.max(timeMs, fact.atMs);
        const dated = { ...fact, atMs: timeMs };
        state = evolve(state, dated);
        const id = eventId(this.partition, record.offset, done ? index + 1 : index);
        drafts.push(approvalEventDraft(dated, state.version, { id, ...envelopeOf(stored, state) }));
      }
      changed.set(command.approvalId, state);
    }
    return drafts;
  }
}

/** What a stranger tries is on the stranger's record, which learns nothing of the chain it was tried on. */
function envelopeOf(command: Event, state: Approval) {
  const { tenant, traceparent } = command;
  const own = state.status !== 'absent' && state.tenant === tenant;
  return { tenant, traceparent, correlationId: own ? state.correlationId : command.correlationId };
}

function eventId(partition: number, offset: number, step: number): string {
  return uuidV8(TOPICS.approvalCommands, partition, offset, step);
}

function outcome(command: Command, state: Approval): readonly ApprovalEvent[] {
  const decided = decide(command, state);
  if (!decided.ok) return [refused(command, state, decided.error)];
  if (decided.value.length > 0 || !('by' in command)) return decided.value;
  // Somebody waits for the answer to this command, maybe in another process: silence would leave them waiting.
  return [refused(command, state, { code: REPEATED, message: 'This was carried out before; nothing changed.' })];
}

/** A write that was cut off between a vote and the outcome it brought is completed. */
function owed(command: Command, state: Approval): readonly ApprovalEvent[] {
  const lastVote = state.status === 'open' ? state.votes.at(-1) : undefined;
  if (lastVote?.commandId !== command.commandId) return [];
  const outcome = owedOutcome(state, command.commandId);
  return outcome ? [outcome] : [];
}

function refused(command: Command, state: Approval, refusal: Omit<Refusal, 'code'> & { readonly code: string }): ApprovalEvent {
  return {
    type: 'CommandRefused',
    approvalId: command.approvalId,
    commandId: command.commandId,
    atMs: Math.max(command.atMs, state.lastAtMs),
    command: command.type.toLowerCase(),
    by: 'by' in command ? command.by.subject : '',
    code: refusal.code,
    message: refusal.message,
  };
}
