/** Identity as a room: the registry of tokens, kept equal to the identity topic of the journal. */
import { EnvironmentError, type Principal, type Result, err, messageOf, ok, uuidV7 } from '@countersign/kernel';
import {
  type IdentityEvent,
  type IdentityRefusal,
  type TokenRequest,
  TokenRegistry,
  type TokenView,
  issueToken,
} from '@countersign/identity';
import { type Clock, type Journal, TOPICS } from '@countersign/ports';
import { type EventDraft, decodeEvent, identityEventDraft, identityEventOf } from '@countersign/wire';
import { FIRST_TOKENS, writeTokens } from './first-tokens.ts';

export interface IdentityDeps {
  readonly journal: Pick<Journal, 'read' | 'partitions' | 'onAppended'>;
  /** Of the identity topic. */
  readonly producer: { publish(drafts: readonly EventDraft[]): Promise<unknown> };
  readonly clock: Clock;
  /** Cryptographically random. */
  readonly randomBytes: (size: number) => Uint8Array;
  /** Where the first tokens are written at the very first start: `<data>/tokens`. */
  readonly tokensDir: string;
  readonly log: { error(fields: object, message: string): void };
}

export interface CreatedToken {
  /** Shown this once. */
  readonly token: string;
  readonly view: TokenView;
}

export interface Identity {
  /** Synchronous and cheap: asked for every call. */
  authenticate(token: string): Principal | undefined;
  /** The registered person who answers for an agent or pipeline. */
  ownerOf(tenant: string, subject: string): string | undefined;
  list(by: Principal): Result<readonly TokenView[], IdentityRefusal>;
  /** Durable, and good for use, once resolved. Rejects with EnvironmentError where the journal cannot store it. */
  create(by: Principal, request: Omit<TokenRequest, 'tenant'>): Promise<Result<CreatedToken, IdentityRefusal>>;
  /** Revoking twice is not an error. */
  revoke(by: Principal, tokenId: string): Promise<Result<TokenView, IdentityRefusal>>;
  /** Who may read the record, for the ClickHouse interface, which runs in another process. */
  readers(): readonly { readonly tokenSha256Hex: string; readonly tenant: string }[];
  /** Calls back when the answer of `readers` may have changed. */
  onChange(listener: () => void): () => void;
  /** Whether this start made the first tokens. */
  readonly firstStart: boolean;
  stop(): Promise<void>;
}

/** Rejects with EnvironmentError when the topic cannot be read or the first tokens cannot be written. */
export async function openIdentity(deps: IdentityDeps): Promise<Identity> {
  const registry = new TokenRegistry();
  const reader = new TopicReader(deps.journal, registry);
  await reader.catchUp();
  const firstStart = registry.size === 0;
  if (firstStart) await createFirstTokens(deps, registry);
  const stopFollowing = follow(deps, reader);
  let turn: Promise<unknown> = Promise.resolve();
  /** Checks and appends of two requests must not interleave: each could pass a check that the other's event would fail. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    firstStart,
    authenticate: (token) => registry.authenticate(token, deps.clock.nowMs()),
    ownerOf: (tenant, subject) => registry.ownerOf(tenant, subject),
    readers: () => registry.hashesOf(['auditor', 'admin'], deps.clock.nowMs()),
    onChange: (listener) => registry.onChange(listener),
    list: (by) => (isAdmin(by) ? ok(registry.list(by.tenant)) : err(NOT_ADMIN)),
    create: (by, request) => (isAdmin(by) ? inTurn(() => create(deps, registry, by, request)) : Promise.resolve(err(NOT_ADMIN))),
    revoke: (by, tokenId) => (isAdmin(by) ? inTurn(() => revoke(deps, registry, by, tokenId)) : Promise.resolve(err(NOT_ADMIN))),
    async stop() {
      await stopFollowing();
      await turn;
    },
  };
}

const NOT_ADMIN: IdentityRefusal = {
  code: 'forbidden',
  message: 'only an administrator manages tokens: use a token with the role admin',
};

function isAdmin(by: Principal): boolean {
  return by.roles.includes('admin');
}

async function create(
  deps: IdentityDeps,
  registry: TokenRegistry,
  by: Principal,
  wanted: Omit<TokenRequest, 'tenant'>,
): Promise<Result<CreatedToken, IdentityRefusal>> {
  const nowMs = deps.clock.nowMs();
  const request = { ...wanted, tenant: by.tenant };
  const owner = registry.checkOwner(request, nowMs);
  if (!owner.ok) return owner;
  const issued = issueToken(request, by.subject, nowMs, deps.randomBytes);
  if (!issued.ok) return issued;
  await record(deps, registry, [issued.value.event]);
  const view = registry.get(by.tenant, issued.value.tokenId);
  if (view === undefined) throw new Error(`the token ${issued.value.tokenId} is not in the registry that it was added to`);
  return ok({ token: issued.value.token, view });
}

async function revoke(
  deps: IdentityDeps,
  registry: TokenRegistry,
  by: Principal,
  tokenId: string,
): Promise<Result<TokenView, IdentityRefusal>> {
  const atMs = deps.clock.nowMs();
  const checked = registry.checkRevoke(by.tenant, tokenId, atMs);
  if (!checked.ok || checked.value.revokedAtMs !== undefined) return checked;
  await record(deps, registry, [{ type: 'TokenRevoked', atMs, tenant: by.tenant, tokenId, revokedBy: by.subject }]);
  return ok(registry.get(by.tenant, tokenId) ?? checked.value);
}

/** Files first: a crash before the events leaves a topic that is still empty, and the next start writes fresh files over these. */
async function createFirstTokens(deps: IdentityDeps, registry: TokenRegistry): Promise<void> {
  const issued = FIRST_TOKENS.map(({ file, request }) => {
    const result = issueToken(request, 'system', deps.clock.nowMs(), deps.randomBytes);
    if (!result.ok) throw new Error(`first token ${file}: ${result.error.message}`);
    return { file, ...result.value };
  });
  writeTokens(deps.tokensDir, issued);
  await record(
    deps,
    registry,
    issued.map(({ event }) => event),
  );
}

async function record(deps: IdentityDeps, registry: TokenRegistry, events: readonly IdentityEvent[]): Promise<void> {
  const id = (): string => uuidV7(deps.clock.nowMs(), deps.randomBytes(10));
  await deps.producer.publish(events.map((event) => identityEventDraft(event, id())));
  for (const event of events) registry.apply(event);
}

const PAGE = { maxRecords: 1_000, maxBytes: 4 * 1024 * 1024 };

/** Reads the topic on from where it was and applies what it finds. */
class TopicReader {
  readonly #journal: IdentityDeps['journal'];
  readonly #registry: TokenRegistry;
  readonly #next = new Map<number, number>();

  constructor(journal: IdentityDeps['journal'], registry: TokenRegistry) {
    this.#journal = journal;
    this.#registry = registry;
  }

  async catchUp(): Promise<void> {
    for (const partition of await this.#journal.partitions(TOPICS.identity)) {
      for (;;) {
        const page = await this.#journal.read(TOPICS.identity, partition, this.#next.get(partition) ?? 0, PAGE);
        if (page.length === 0) break;
        for (const { offset, value } of page) {
          this.#apply(value, partition, offset);
          this.#next.set(partition, offset + 1);
        }
      }
    }
  }

  /** An event that cannot be read may be a revocation: to go on without it could let a revoked token in. */
  #apply(value: Uint8Array, partition: number, offset: number): void {
    try {
      const event = identityEventOf(decodeEvent(value));
      if (event !== undefined) this.#registry.apply(event);
    } catch (cause) {
      throw new EnvironmentError(
        `the identity topic holds an event that this version cannot read (partition ${partition}, offset ${offset}): ${messageOf(cause)}`,
        'Start the version of Countersign that wrote it, or a newer one.',
        { cause },
      );
    }
  }
}

/** News of other processes are seen within this time; the journal rings for every decision too, which must not cost a read each. */
const FOLLOW_EVERY_MS = 100;
/** After a failed read, so that the log is not flooded. */
const RETRY_AFTER_MS = 5_000;

function follow({ journal, log }: IdentityDeps, reader: TopicReader): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let stopped = false;
  let waitMs = FOLLOW_EVERY_MS;
  const read = (): void => {
    running = reader
      .catchUp()
      .then(
        () => (waitMs = FOLLOW_EVERY_MS),
        (thrown: unknown) => {
          waitMs = RETRY_AFTER_MS;
          log.error({ err: thrown }, 'the identity topic could not be read');
        },
      )
      .finally(() => (timer = undefined));
  };
  const stop = journal.onAppended(() => {
    if (!stopped) timer ??= setTimeout(read, waitMs).unref();
  });
  return async () => {
    stopped = true;
    stop();
    clearTimeout(timer);
    await running;
  };
}
