/** The approval-service as a room: opened with its ports, closed in reverse. No framework in here. */
import type { ServiceRegistration } from '@countersign/grpc';
import { messageOf } from '@countersign/kernel';
import { type Journal, TOPICS } from '@countersign/ports';
import { type Event, openProducer } from '@countersign/wire';
import { type Commanding, Commands } from './commanding.ts';
import { Court } from './court.ts';
import { type ApprovalServiceDeps, DEFAULT_BOUNDS, SERVICE } from './deps.ts';
import { approvalRegistration } from './grpc.ts';
import { type Intake, openIntake } from './intake.ts';
import { startLapseTimer } from './lapse-timer.ts';
import { type Pump, startPump } from './pump.ts';
import { ReadModel } from './read-model.ts';
import { type Reading, Readings } from './reading.ts';
import { Waiters } from './waiters.ts';

/** What can be asked of approvals, whichever way a call comes in. */
export type ApprovalRooms = Omit<Reading, 'find'> & Commanding;

export interface ApprovalService extends ApprovalRooms {
  readonly grpc: readonly ServiceRegistration[];
  /** Whether every loop gets on; else why not. */
  ready(): { readonly ready: boolean; readonly detail: string };
  /** How many streams and long polls wait, for metrics. */
  waiting(): number;
  stop(): Promise<void>;
}

/** Resolves once the read model holds what the journal holds. Rejects with an EnvironmentError when journal or store cannot be used. */
export async function openApprovalService(deps: ApprovalServiceDeps): Promise<ApprovalService> {
  const { journal, log, instance } = deps;
  const bounds = { ...DEFAULT_BOUNDS, ...deps.bounds };
  const model = await ReadModel.open(deps.store, bounds.maxCached);
  const waiters = new Waiters(bounds.maxWaiters);
  const chain = { journal, service: SERVICE, instance };
  const [approvals, commands] = await Promise.all([
    openProducer({ ...chain, topic: TOPICS.approvals }),
    openProducer({ ...chain, topic: TOPICS.approvalCommands }),
  ]);
  const onEvent = (stored: Event) => waiters.tell(stored, stored.stream.slice('approval/'.length));
  const courts: Court[] = [];
  for (const partition of await journal.partitions(TOPICS.approvalCommands)) {
    courts.push(await Court.open({ journal, model, producer: approvals, log, onEvent }, partition));
  }
  const intakes: Intake[] = [];
  for (const partition of await journal.partitions(TOPICS.decisions)) {
    intakes.push(await openIntake({ journal, commands, log }, partition));
  }
  let stopped = false;

  const pumps: Pump[] = [
    ...intakes.map((intake) => startPump({ name: `intake of decisions ${intake.partition}`, ...loop(intake), log })),
    ...courts.map((court) => startPump({ name: `court of approvals ${court.partition}`, ...loop(court), log })),
  ];
  const unsubscribe = journal.onAppended(() => {
    for (const pump of pumps) pump.wake();
  });
  const timer = startLapseTimer({ model, commands, clock: deps.clock, log }, bounds.lapseCheckMs);

  const shared = { ...deps, model, waiters, bounds, commands };
  const readings = new Readings({
    ...shared,
    catchUp: () => catchUp(deps.journal, intakes, courts, bounds.catchUpMs),
    stopped: () => stopped,
  });
  const commanding = new Commands({ ...shared, find: (id) => readings.find(id) });
  const rooms = roomsOf(readings, commanding);

  return {
    ...rooms,
    grpc: [approvalRegistration(rooms)],
    waiting: () => waiters.watching,
    ready() {
      const trouble = pumps.map((pump) => pump.trouble()).find((one) => one !== undefined);
      return { ready: !stopped && trouble === undefined, detail: stopped ? 'stopped' : (trouble ?? 'ok') };
    },
    async stop() {
      stopped = true;
      unsubscribe();
      await timer.stop();
      await Promise.all(pumps.map((pump) => pump.stop()));
      waiters.stop();
      // Only a shortcut for the next start: what was not noted is looked at again.
      const note = (cause: unknown) => log(`the position in the decisions could not be noted: ${messageOf(cause)}`);
      await Promise.all(intakes.map((intake) => intake.stop().catch(note)));
    },
  };
}

const CATCH_UP_STEP_MS = 2;

/** Waits until what is in the journal now is processed. Decisions first: what they ask for are commands, which come second. */
async function catchUp(journal: Journal, intakes: readonly Intake[], courts: readonly Court[], limitMs: number): Promise<void> {
  const overAt = performance.now() + limitMs;
  for (const [topic, parts] of [
    [TOPICS.decisions, intakes],
    [TOPICS.approvalCommands, courts],
  ] as const) {
    const heads = await Promise.all(parts.map(({ partition }) => journal.head(topic, partition)));
    while (parts.some((part, i) => part.next() < (heads[i] ?? 0)) && performance.now() < overAt) {
      await new Promise((resolve) => setTimeout(resolve, CATCH_UP_STEP_MS));
    }
  }
}

function loop(part: Court | Intake) {
  return { turn: () => part.turn(), recover: () => part.recover() };
}

function roomsOf(readings: Reading, commands: Commanding): ApprovalRooms {
  return {
    get: (...args) => readings.get(...args),
    list: (...args) => readings.list(...args),
    follow: (...args) => readings.follow(...args),
    approve: (...args) => commands.approve(...args),
    reject: (...args) => commands.reject(...args),
    revoke: (...args) => commands.revoke(...args),
    redeemGrant: (...args) => commands.redeemGrant(...args),
  };
}
