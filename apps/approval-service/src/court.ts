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
import { type Fold, openFold, read, READ_LIMIT } from './fold.ts';
import type { ReadModel } from './read-model.ts';

export interface Court {
  /** Decides one batch; false where there was none. Rejects with EnvironmentError; call `recover` before the next turn then. */
  turn(): Promise<boolean>;
  /** Starts over from what is stored. */
  recover(): Promise<void>;
  readonly partition: number;
  /** Every command before this offset is decided, and what came of it is in the read model and its lists. */
  next(): number;
}

export interface CourtDeps {
  readonly journal: Journal;
  readonly model: ReadModel;
  /** Of the approvals topic. */
  readonly producer: Producer;
  readonly log: (message: string) => void;
  /** Hears of each event once it is in the read model and in its lists. */
  readonly onEvent: (stored: Event) => void;
}

/** How much a rebuild keeps in memory before it saves. */
const MAX_UNSAVED = 5_000;

export async function openCourt(deps: CourtDeps, partition: number): Promise<Court> {
  const { journal, model, producer } = deps;
  let fold: Fold;
  /** The offset of the next command to decide, and the same as far as it is saved. */
  let commands = 0;
  let decided = 0;
  /** Where the fold has to start after a crash: before the events of every command that is still to be decided. */
  let approvals = 0;
  /** First events of commands that are still to come, which a run before this one has recorded already. */
  let ahead = new Set<string>();
  const heard: Event[] = [];

  async function recover(hear: (stored: Event) => void = (stored) => heard.push(stored)): Promise<void> {
    const progress = await knownProgress();
    commands = progress?.commands ?? (await journal.position(SERVICE, TOPICS.approvalCommands, partition));
    approvals = progress?.approvals ?? 0;
    const timeMs = progress?.timeMs ?? 0;
    fold = openFold(deps, partition, { approvals, timeMs });
    const head = await journal.head(TOPICS.approvalCommands, partition);
    const expected = new Set<string>();
    for (let offset = commands; offset < head; offset++) expected.add(eventId(partition, offset, 0));
    ahead = new Set();
    const saveMany = async () => {
      if (model.unsaved > MAX_UNSAVED) await model.save(partition, { commands, approvals, timeMs });
    };
    await fold.toHead((stored) => {
      if (expected.has(stored.id)) ahead.add(stored.id);
      hear(stored);
    }, saveMany);
    await save();
    // The store may be a step ahead of the journal's own note of the position; whoever reads that should see the truth.
    await journal.commit(SERVICE, TOPICS.approvalCommands, partition, commands);
  }

  /** A store that has seen more than the journal holds belongs to another one (a restored backup) and is filled anew. */
  async function knownProgress() {
    const progress = model.progress(partition);
    const [commandsHead, approvalsHead] = await Promise.all([
      journal.head(TOPICS.approvalCommands, partition),
      journal.head(TOPICS.approvals, partition),
    ]);
    if (!progress || (progress.commands <= commandsHead && progress.approvals <= approvalsHead)) return progress;
    deps.log('the read model of the approvals is of another journal and is built anew');
    await model.clear();
    return undefined;
  }

  async function turn(): Promise<boolean> {
    await fold.toHead((stored) => heard.push(stored));
    const records = await journal.read(TOPICS.approvalCommands, partition, commands, READ_LIMIT);
    const last = records.at(-1);
    if (!last) {
      if (heard.length > 0) await save();
      return false;
    }
    const drafts = decideAll(records);
    await producer.publish(drafts);
    if (drafts.length > 0) await fold.toHead((stored) => heard.push(stored));
    commands = last.offset + 1;
    await save();
    await journal.commit(SERVICE, TOPICS.approvalCommands, partition, commands);
    return true;
  }

  async function save(): Promise<void> {
    if (ahead.size === 0) approvals = fold.next();
    await model.save(partition, { commands, approvals, timeMs: fold.timeMs() });
    decided = commands;
    for (const stored of heard.splice(0)) deps.onEvent(stored);
  }

  function decideAll(records: readonly StoredRecord[]): EventDraft[] {
    const drafts: EventDraft[] = [];
    const changed = new Map<string, Approval>();
    let timeMs = fold.timeMs();
    for (const record of records) {
      const stored = read(record.value, `approval-commands ${partition}/${record.offset}`, deps.log);
      const command = stored && approvalCommandOf(stored);
      if (!stored || !command) continue;
      let state = changed.get(command.approvalId) ?? model.get(command.approvalId);
      const done = ahead.delete(eventId(partition, record.offset, 0));
      const happened = done ? owed(command, state) : outcome(command, state);
      for (const [index, fact] of happened.entries()) {
        timeMs = Math.max(timeMs, fact.atMs);
        const dated = { ...fact, atMs: timeMs };
        state = evolve(state, dated);
        drafts.push(
          approvalEventDraft(dated, state.version, {
            id: eventId(partition, record.offset, done ? index + 1 : index),
            tenant: stored.tenant,
            // What a stranger tries is on the stranger's record, which learns nothing of the chain it was tried on.
            correlationId:
              state.status === 'absent' || state.tenant !== stored.tenant ? stored.correlationId : state.correlationId,
            traceparent: stored.traceparent,
          }),
        );
      }
      changed.set(command.approvalId, state);
    }
    return drafts;
  }

  // Nobody can be waiting yet for what lies in the journal at the start.
  await recover(() => undefined);
  return { turn, recover: () => recover(), partition, next: () => decided };
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
