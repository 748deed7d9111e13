/** The decision-service as a room: opened with its ports, closed in reverse. No framework in here. */
import type { KeyObject } from 'node:crypto';
import { openAnalyser } from '@countersign/action';
import type { PolicyAnswer } from '@countersign/decision';
import type { ServiceRegistration } from '@countersign/grpc';
import { type Result, type VerdictName, equalBytes, err, ok } from '@countersign/kernel';
import { createMasker } from '@countersign/masking';
import type { PolicyHost, PolicyProblem, PolicySource } from '@countersign/policy-wasm';
import { type Clock, type Journal, type PolicyBundle, type ProjectionStore, TOPICS } from '@countersign/ports';
import { openProducer } from '@countersign/wire';
import type { DecisionKeys } from './deps.ts';
import { decisionRegistration } from './grpc.ts';
import { catalogueProblem } from './policy-source.ts';
import { openJournalGrants, REDEEM_WAIT_MS } from './journal-grants.ts';
import type { OwnerOf } from './normalise.ts';
import { type MemoryStats, openMemory } from './memory/memory.ts';
import { openOutcomes, type Outcomes } from './outcomes.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';
import { openPolicyRecord } from './policy-record.ts';
import { openRecall } from './recall.ts';
import { warm } from './warm.ts';

export interface DecisionServiceDeps {
  readonly journal: Journal;
  /** The request_id index and the snapshots of the memory: derived, may be deleted. */
  readonly store: ProjectionStore;
  readonly policy: PolicyHost;
  readonly ownerOf: OwnerOf;
  readonly keys: DecisionKeys & { readonly grantPublicKey: KeyObject };
  readonly clock: Clock;
  /** Stable over restarts and different for each replica. */
  readonly instance: string;
  readonly log: (message: string) => void;
  /** How long a decision waits for its grant to be used up; ten seconds by default. */
  readonly redeemWaitMs?: number;
}

export interface DecisionService extends Pipeline, Outcomes {
  readonly grpc: readonly ServiceRegistration[];
  readonly policy: PolicyBundle;
  /** Decisions since the start, for metrics. */
  readonly counts: Readonly<Record<VerdictName | 'failed', number>>;
  /** How much the memory of earlier decisions holds and how far it is. */
  memory(): Promise<MemoryStats>;
  /** Makes this policy decide, or says why not; either is an event. The one before keeps deciding after a refusal. */
  activate(source: PolicySource): Promise<Result<PolicyBundle, PolicyProblem>>;
  /** Puts a policy on record that could not even be read. */
  refusePolicy(name: string, message: string): Promise<void>;
  stop(): Promise<void>;
}

const SERVICE = 'decision-service';

/** The policy host must have a policy active. Rejects with an EnvironmentError when journal or store cannot be used. */
export async function openDecisionService(deps: DecisionServiceDeps): Promise<DecisionService> {
  const { journal, policy, clock, log, instance } = deps;
  const masker = createMasker();
  const chain = { journal, service: SERVICE, instance };
  const [analyser, producer, commands, policies, recall, memory] = await Promise.all([
    openAnalyser(),
    openProducer({ ...chain, topic: TOPICS.decisions }),
    openProducer({ ...chain, topic: TOPICS.approvalCommands }),
    openProducer({ ...chain, topic: TOPICS.policies }),
    openRecall({ journal, store: deps.store, clock, log }),
    openMemory({ journal, store: deps.store, clock, log }),
  ]);
  const grants = openJournalGrants({
    journal,
    commands,
    grantPublicKey: deps.keys.grantPublicKey,
    waitMs: deps.redeemWaitMs ?? REDEEM_WAIT_MS,
    log,
  });
  const record = openPolicyRecord(policies, clock);
  const counts = { allow: 0, deny: 0, require_approval: 0, failed: 0 };
  const count = (answer: PolicyAnswer) => {
    counts[answer.verdict] += 1;
    if (answer.failedStep !== '') counts.failed += 1;
  };
  const parts = { policy, analyser, masker, grants, ownerOf: deps.ownerOf, keys: deps.keys, clock, log };
  const pipeline = openPipeline({ ...parts, producer, count, memory }, recall);
  const outcomes = openOutcomes({ producer, masker, clock, memory });
  await warm({ ...parts });
  await record.activated(policy.bundle, undefined);

  async function activate(source: PolicySource): Promise<Result<PolicyBundle, PolicyProblem>> {
    const before = policy.bundle.digest;
    const misfit = catalogueProblem(source);
    const activated = misfit ? err(misfit) : await policy.activate(source);
    if (!activated.ok) {
      await record.refused(source.name, activated.error.message);
      return err(activated.error);
    }
    if (!equalBytes(before, activated.value.digest)) await record.activated(activated.value, before);
    return ok(activated.value);
  }

  return {
    ...pipeline,
    ...outcomes,
    grpc: [decisionRegistration(pipeline, outcomes)],
    counts,
    get policy() {
      return policy.bundle;
    },
    memory: () => memory.stats(),
    activate,
    refusePolicy: (name, message) => record.refused(name, message),
    async stop() {
      grants.stop();
      await recall.stop();
      await memory.stop();
      await analyser.close();
    },
  };
}
