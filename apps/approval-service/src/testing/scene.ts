/** A running service with people around it, for specs: what they do, in one word each. */
import type { Principal } from '@countersign/kernel';
import type { Journal, ProjectionStore } from '@countersign/ports';
import { approval } from '@countersign/proto';
import type { Producer } from '@countersign/wire';
import type { Bounds } from '../deps.ts';
import type { AwaitResponse } from '../reading.ts';
import type { ApprovalService } from '../service.ts';
import {
  decisionId,
  decisionsOf,
  type DecisionOptions,
  type House,
  openHouse,
  principal,
  recordDecision,
  type TestClock,
} from './house.ts';
import { createMemoryStore } from './memory-store.ts';

export const ben = principal('person:ben');
export const eva = principal('person:eva');
export const agent = principal('agent:bot', ['caller'], { owner: 'person:ana' });
/** Has every right, elsewhere. */
export const stranger = principal('person:ben', ['approver', 'admin'], { tenant: 'other' });

type Answered = { readonly ok: true } | { readonly ok: false; readonly error: { readonly code: string } };

/** "ok", or the code of the refusal. */
export function codeOf(result: Answered): string {
  return result.ok ? 'ok' : result.error.code;
}

export function voteOn(id: string, change: Partial<{ reason: string; actionDigest: Uint8Array; commandId: string }> = {}) {
  return { id, reason: 'looks right', actionDigest: new Uint8Array(0), commandId: '', ...change };
}

export function listRequest(change: Partial<approval.ListRequest> = {}): approval.ListRequest {
  return {
    $typeName: 'countersign.approval.v1.ListRequest',
    status: approval.ApprovalStatus.UNSPECIFIED,
    pageSize: 0,
    pageToken: '',
    ...change,
  };
}

export class Scene {
  readonly journal: Journal;
  readonly decisions: Producer;
  #house: House;
  #asked = 0;

  private constructor(journal: Journal, decisions: Producer, house: House) {
    this.journal = journal;
    this.decisions = decisions;
    this.#house = house;
  }

  static async open(journal: Journal): Promise<Scene> {
    return new Scene(journal, await decisionsOf(journal), await openHouse(journal, createMemoryStore()));
  }

  get service(): ApprovalService {
    return this.#house.service;
  }

  get clock(): TestClock {
    return this.#house.clock;
  }

  /** Stops the service and starts it on this store, maybe on a journal that misbehaves. */
  async restart(
    store: ProjectionStore,
    options: { readonly bounds?: Partial<Bounds>; readonly journal?: Journal } = {},
  ): Promise<void> {
    await this.service.stop();
    this.#house = await openHouse(options.journal ?? this.journal, store, options);
  }

  async close(): Promise<void> {
    await this.service.stop();
    await this.journal.close();
  }

  /** The decision that was asked about last. */
  get lastDecision(): string {
    return decisionId(this.#asked);
  }

  ask(options: DecisionOptions = {}): Promise<string> {
    return recordDecision(this.decisions, decisionId(++this.#asked), options);
  }

  approve(who: Principal, id: string, change = {}) {
    return this.service.approve(who, voteOn(id, change), 'grpc');
  }

  revoke(who: Principal, id: string) {
    return this.service.revoke(who, { id, reason: 'no more', commandId: '' });
  }

  redeem(who: Principal, grant: string, redeemedFor = 'r1') {
    return this.service.redeemGrant(who, { grant, redeemedFor });
  }

  /** Everything that a wait tells until it ends; rejects with the code of its refusal. */
  async updates(who: Principal, id: string, signal = new AbortController().signal): Promise<AwaitResponse[]> {
    const all: AwaitResponse[] = [];
    for await (const update of this.service.follow(who, id, signal)) {
      if (!update.ok) throw new Error(update.error.code);
      all.push(update.value);
    }
    return all;
  }

  /** The grant as the agent gets it; empty for none. */
  async grantOf(id: string): Promise<string> {
    return (await this.updates(agent, id)).at(-1)?.grant ?? '';
  }

  async granted(options: DecisionOptions = {}): Promise<{ id: string; grant: string }> {
    const id = await this.ask(options);
    const approved = await this.approve(ben, id);
    if (!approved.ok) throw new Error(approved.error.code);
    return { id, grant: await this.grantOf(id) };
  }
}
