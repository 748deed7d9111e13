/** The whole product in one process: journal, identity, the three services, one gRPC and one HTTP server, and the ClickHouse child. */
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { ApprovalModule, type ApprovalService, openApprovalService } from '@countersign/approval-service';
import {
  DecisionModule,
  type DecisionService,
  describeBundle,
  loadPolicy,
  openDecisionService,
} from '@countersign/decision-service';
import { type GrpcServer, startGrpcServer } from '@countersign/grpc';
import { lockDataFolder, openEmbeddedJournal, openProjectionStore } from '@countersign/journal-embedded';
import { EnvironmentError } from '@countersign/kernel';
import { LineageModule } from '@countersign/lineage-service';
import { createPolicyHost } from '@countersign/policy-wasm';
import { type Journal, monotonicClock, TOPICS } from '@countersign/ports';
import { openProducer } from '@countersign/wire';
import type { StandaloneConfig } from './config.ts';
import { type HttpServer, startHttp } from './http.ts';
import { IdentityModule } from './identity/module.ts';
import { type Identity, openIdentity } from './identity/room.ts';
import { openKeys } from './keys.ts';
import { type Lineage, openLineage } from './lineage.ts';
import type { Logger } from './log.ts';
import { openMetrics } from './metrics.ts';
import { followPolicy } from './policy.ts';
import { seedPolicyCache } from './shipped-policy.ts';

export interface Standalone {
  readonly grpcPort: number;
  readonly httpPort: number;
  readonly clickhouseUrl: string;
  readonly dataDir: string;
  readonly tokensDir: string;
  readonly firstStart: boolean;
  /** Name, profile and digest of the policy that decides. */
  readonly policy: string;
  /** Answers what is under way, stores what was acknowledged, frees ports and folder. */
  stop(): Promise<void>;
}

const GRACE_MS = 5_000;
/** One process writes; replicas of the scaled mode have names of their own. */
const INSTANCE = '0';

/** Rejects with an EnvironmentError that says what to do; whatever was opened until then is closed again. */
export async function startStandalone(config: StandaloneConfig, log: Logger): Promise<Standalone> {
  const closers: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    // In reverse: what others stand on is closed last.
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    return await open(config, log, closers, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

type Closers = (() => Promise<void> | void)[];

async function open(config: StandaloneConfig, log: Logger, closers: Closers, stop: () => Promise<void>): Promise<Standalone> {
  const dataDir = resolve(config.dataDir);
  const clock = monotonicClock();
  await takeFolder(dataDir, closers);
  const journal = await openEmbeddedJournal({ dir: join(dataDir, 'journal') });
  closers.push(() => journal.close());
  const keys = openKeys(dataDir, await isEmpty(journal));
  const tokensDir = join(dataDir, 'tokens');
  // The slowest part starts first and is waited for last.
  const opening = openLineage({ clickhouseUrl: config.clickhouseUrl, dataDir, journal, clock, log });
  // It may fail while something else is waited for: whoever awaits it hears of it, and nothing counts as unhandled until then.
  opening.catch(() => undefined);
  closers.push(async () => (await opening.catch(() => undefined))?.stop());
  const warn = (message: string) => log.warn(message);
  const compileCacheDir = join(dataDir, 'policy-cache');
  seedPolicyCache(compileCacheDir, warn);
  const policy = createPolicyHost({ compileCacheDir, onWarning: warn });
  const [identity] = await Promise.all([
    openIdentityRoom(journal, clock, tokensDir, log),
    loadPolicy(config.policy).then((source) => activateFirst(policy, source)),
  ]);
  closers.push(() => identity.stop());
  const { grantPrivateKey, grantPublicKey } = keys;
  const common = { journal, clock, log: warn, instance: INSTANCE };
  const stores = join(dataDir, 'stores');
  const ownerOf = (tenant: string, subject: string) => identity.ownerOf(tenant, subject);
  const requests = await openProjectionStore({ dir: stores, name: 'requests' });
  closers.push(() => requests.close());
  const decisions = await openDecisionService({ ...common, store: requests, policy, ownerOf, keys });
  closers.push(() => decisions.stop());
  const approvalStore = await openProjectionStore({ dir: stores, name: 'approvals' });
  closers.push(() => approvalStore.close());
  const approvals = await openApprovalService({
    ...common,
    store: approvalStore,
    randomBytes,
    keys: { grantPrivateKey, grantPublicKey },
  });
  closers.push(() => approvals.stop());
  closers.push(followPolicy(config.policy, decisions, log));
  const lineage = await opening;
  keepReaders(identity, lineage, closers);
  const { grpc, http } = await listen(config, { identity, decisions, approvals, lineage, log }, closers);
  return {
    grpcPort: grpc.port,
    httpPort: http.port,
    clickhouseUrl: lineage.clickhouse.url,
    dataDir,
    tokensDir,
    firstStart: identity.firstStart,
    policy: describeBundle(decisions.policy),
    stop,
  };
}

async function takeFolder(dataDir: string, closers: Closers): Promise<void> {
  const lock = await lockDataFolder(dataDir);
  if (!lock.ok) {
    const holder = lock.error.pid === undefined ? 'another process' : `process ${lock.error.pid}`;
    throw new EnvironmentError(
      `the data folder ${dataDir} is in use by ${holder}`,
      'Stop that process, or set COUNTERSIGN_DATA_DIR (and the addresses) for a second one.',
    );
  }
  closers.push(() => lock.value.release());
}

async function isEmpty(journal: Journal): Promise<boolean> {
  return (await journal.head(TOPICS.identity, 0)) === 0;
}

async function openIdentityRoom(journal: Journal, clock: ReturnType<typeof monotonicClock>, tokensDir: string, log: Logger) {
  const producer = await openProducer({ journal, topic: TOPICS.identity, service: 'identity', instance: INSTANCE });
  return openIdentity({ journal, producer, clock, randomBytes, tokensDir, log });
}

async function activateFirst(policy: ReturnType<typeof createPolicyHost>, source: Awaited<ReturnType<typeof loadPolicy>>) {
  if (!source.ok) throw new EnvironmentError(`the policy cannot be used: ${source.error.message}`, POLICY_ADVICE);
  const activated = await policy.activate(source.value);
  if (!activated.ok) throw new EnvironmentError(`the policy was refused:\n${activated.error.message}`, POLICY_ADVICE);
}

const POLICY_ADVICE = 'Mend the policy (countersign policy check FOLDER shows the same), or unset COUNTERSIGN_POLICY.';

/** Expiry is no event, so the list of readers is also made anew from time to time. */
const READERS_EVERY_MS = 15_000;

function keepReaders(identity: Identity, lineage: Lineage, closers: Closers): void {
  const push = () => lineage.clickhouse.setReaders(identity.readers());
  const timer = setInterval(push, READERS_EVERY_MS).unref();
  const unsubscribe = identity.onChange(push);
  push();
  closers.push(() => {
    clearInterval(timer);
    unsubscribe();
  });
}

interface Parts {
  readonly identity: Identity;
  readonly decisions: DecisionService;
  readonly approvals: ApprovalService;
  readonly lineage: Lineage;
  readonly log: Logger;
}

async function listen(config: StandaloneConfig, parts: Parts, closers: Closers): Promise<{ grpc: GrpcServer; http: HttpServer }> {
  const { identity, decisions, approvals, lineage, log } = parts;
  const authenticate = (token: string) => identity.authenticate(token);
  const metrics = openMetrics(decisions, lineage.service);
  closers.push(() => metrics.stop());
  const http = await startHttp({
    address: config.httpAddress,
    modules: [
      IdentityModule.with(identity),
      DecisionModule.with(decisions),
      ApprovalModule.with(approvals),
      LineageModule.with(lineage.service),
    ],
    authenticate,
    notReady: async () => {
      const [{ ready, problem }, memory] = await Promise.all([lineage.service.ready(), decisions.memory()]);
      const memoryProblems = memory.problem === '' ? [] : [`decisions (${memory.problem})`];
      return ready ? memoryProblems : [`lineage (${problem ?? 'stopped'})`, ...memoryProblems];
    },
    metrics: () => metrics.text(),
    log,
  });
  closers.push(() => http.stop());
  const grpc = await startGrpcServer({
    address: config.grpcAddress,
    services: [...decisions.grpc, ...approvals.grpc, ...lineage.service.grpc],
    authenticate,
    log,
  });
  closers.push(() => grpc.stop(GRACE_MS));
  return { grpc, http };
}
