/** A decision-service with everything around it, for specs: a policy and a clock to order, a journal to break, the record to read. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { type InputMember, inputText } from '@countersign/decision';
import type { Principal } from '@countersign/kernel';
import type { PolicyHost } from '@countersign/policy-wasm';
import { type Journal, type PolicyBundle, type ProjectionStore, TOPICS, type Topic } from '@countersign/ports';
import { decision, type event } from '@countersign/proto';
import { decodeEvent, type Event } from '@countersign/wire';
import type { OwnerOf } from '../normalise.ts';
import { type DecisionService, openDecisionService } from '../service.ts';

export const T0_MS = 1_700_000_000_000;
export const GRANT_KEYS = generateKeyPairSync('ed25519');
export const KEYS = {
  digestKey: Buffer.alloc(32, 1),
  sealKey: Buffer.alloc(32, 2),
  grantPublicKey: GRANT_KEYS.publicKey,
};

export const CALLER: Principal = {
  tenant: 'default',
  subject: 'agent:bot',
  owner: 'person:ana',
  roles: ['caller'],
  tokenId: 'token-of-bot',
  actsFor: [],
};
/** May speak for others, as a gateway does. */
export const GATEWAY: Principal = { ...CALLER, subject: 'agent:gateway', tokenId: 'token-of-gateway', actsFor: ['agent:*'] };

interface SubjectInit {
  readonly id: string;
  readonly owner?: string;
  readonly attributesJson?: Uint8Array;
}

/** DecideRequest with every part optional. */
export interface Request {
  readonly requestId?: string;
  readonly subject?: SubjectInit;
  readonly delegation?: SubjectInit[];
  readonly action?: { kind?: string; name?: string; text?: string; dialect?: string; payloadJson?: Uint8Array };
  readonly resource?: { type?: string; id?: string; environment?: string; labels?: string[] };
  readonly purpose?: string;
  readonly declaredEffects?: string[];
  readonly sessionId?: string;
  readonly model?: { provider?: string; model?: string };
  readonly traceparent?: string;
  readonly contextJson?: Uint8Array;
  readonly grant?: string;
}

export const SELECT: Request = { action: { kind: 'sql', text: 'SELECT name FROM customers WHERE id = 7' } };
export const DROP: Request = { action: { kind: 'sql', text: 'DROP TABLE customers' }, resource: { environment: 'production' } };

export interface TestClock {
  atMs: number;
  nowMs(): number;
}

export function testClock(): TestClock {
  return {
    atMs: T0_MS,
    nowMs() {
      return this.atMs;
    },
  };
}

/** What policy is asked with, parsed; specs look at single members. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type PolicyInput = any;

export interface FakePolicy extends PolicyHost {
  /** Answers with what this returns: bytes as they are, undefined for none, anything else as JSON. */
  answer: (input: PolicyInput) => unknown;
  /** The inputs, as the exact bytes that were evaluated. */
  readonly inputs: Buffer[];
  /** Another policy decides from now on. */
  change(parts?: Partial<PolicyBundle>): void;
}

export function fakePolicy(answer: (input: PolicyInput) => unknown = () => ({ verdict: 'allow' })): FakePolicy {
  let version = 1;
  const inputs: Buffer[] = [];
  const policy: Omit<FakePolicy, 'bundle'> & { bundle: FakePolicy['bundle'] } = {
    answer,
    inputs,
    bundle: bundleOf(version),
    change(parts = {}) {
      policy.bundle = { ...bundleOf(++version), ...parts };
    },
    evaluate(input) {
      inputs.push(Buffer.from(input));
      const said = policy.answer(JSON.parse(Buffer.from(input).toString()));
      return said === undefined || said instanceof Uint8Array ? said : Buffer.from(JSON.stringify(said));
    },
    evaluateParts: (parts) => policy.evaluate(Buffer.from(inputText(parts as readonly InputMember[]))),
    activate: () => Promise.resolve({ ok: true, value: policy.bundle }),
    rollback: () => ({ ok: true, value: policy.bundle }),
    warm: () => undefined,
  };
  return policy;
}

function bundleOf(version: number): FakePolicy['bundle'] {
  return { digest: createHash('sha256').update(`policy ${version}`).digest(), name: 'fake', profile: 'test' };
}

export interface House {
  readonly service: DecisionService;
  readonly clock: TestClock;
  readonly logged: string[];
  decide(request: Request, principal?: Principal): Promise<decision.DecideResponse>;
  /** The same as bytes, as a transport would hand them over. */
  decideBytes(request: Request, principal?: Principal): Promise<Buffer>;
}

export interface HouseOptions {
  readonly policy?: PolicyHost;
  readonly clock?: TestClock;
  readonly ownerOf?: OwnerOf;
  readonly redeemWaitMs?: number;
}

export async function openHouse(journal: Journal, store: ProjectionStore, options: HouseOptions = {}): Promise<House> {
  const { policy = fakePolicy(), clock = testClock(), ownerOf = () => undefined, redeemWaitMs = 5_000 } = options;
  const logged: string[] = [];
  const log = (message: string) => void logged.push(message);
  const service = await openDecisionService({
    journal,
    store,
    policy,
    ownerOf,
    keys: KEYS,
    clock,
    instance: 'test',
    log,
    redeemWaitMs,
  });
  const decideBytes = (request: Request, principal: Principal = CALLER) => service.decide(encodeRequest(request), principal);
  return {
    service,
    clock,
    logged,
    decideBytes,
    decide: async (request, principal) => fromBinary(decision.DecideResponseSchema, await decideBytes(request, principal)),
  };
}

export function encodeRequest(request: Request): Buffer {
  return Buffer.from(toBinary(decision.DecideRequestSchema, create(decision.DecideRequestSchema, request)));
}

export interface Stored {
  readonly bytes: Buffer;
  readonly event: Event;
}

export async function stored(journal: Journal, topic: Topic = TOPICS.decisions): Promise<Stored[]> {
  const records = await journal.read(topic, 0, 0, { maxRecords: 100_000, maxBytes: 1 << 30 });
  return records.map(({ value }) => ({ bytes: Buffer.from(value), event: decodeEvent(value) }));
}

/** What was recorded of a decision, by its id. */
export async function recordOf(
  journal: Journal,
  decisionId: string,
): Promise<Stored & { readonly recorded: event.DecisionRecorded }> {
  const found = (await stored(journal)).filter(({ event: { id } }) => id === decisionId);
  const [one] = found;
  if (found.length !== 1 || one?.event.data.case !== 'decisionRecorded') {
    throw new Error(`decision ${decisionId} is ${found.length} times on record`);
  }
  return { ...one, recorded: one.event.data.value };
}

/** Waits for what must come; the limit only ends a run that would hang. */
export async function until(condition: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  const overAt = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > overAt) throw new Error(`this did not come about within ${limitMs} ms: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
