/** Which policy decides, and since when, is part of the record: every activation and every refusal is an event. */
import { type Principal, toHex } from '@countersign/kernel';
import type { PolicyBundle, Clock } from '@countersign/ports';
import type { Producer } from '@countersign/wire';
import { createIdSource } from './id-source.ts';

export interface PolicyRecord {
  activated(bundle: PolicyBundle, previous: Uint8Array | undefined): Promise<void>;
  refused(name: string, message: string): Promise<void>;
}

/** The policies of the whole installation are kept under this tenant until tenants have policies of their own. */
const POLICY_TENANT: Principal['tenant'] = 'default';

export function openPolicyRecord(producer: Producer, clock: Clock): PolicyRecord {
  const nextId = createIdSource(clock);

  function draft(bundle: string) {
    const id = nextId();
    return {
      id,
      key: bundle,
      stream: `policy/${bundle}`,
      streamVersion: 0,
      tenant: POLICY_TENANT,
      occurredAtMs: clock.nowMs(),
      correlationId: id,
      causationId: '',
      traceparent: '',
    };
  }

  return {
    async activated(bundle, previous) {
      await producer.publish([
        {
          ...draft(bundle.name),
          type: 'countersign.policy.activated',
          data: {
            case: 'policyActivated',
            value: {
              bundle: bundle.name,
              digest: bundle.digest,
              previousDigest: previous ?? new Uint8Array(0),
              profile: bundle.profile,
            },
          },
        },
      ]);
    },

    async refused(name, message) {
      await producer.publish([
        {
          ...draft(name),
          type: 'countersign.policy.refused',
          data: { case: 'policyRefused', value: { bundle: name, digest: new Uint8Array(0), message } },
        },
      ]);
    },
  };
}

export function describeBundle(bundle: PolicyBundle): string {
  return `${bundle.name} (profile ${bundle.profile}, sha256:${toHex(bundle.digest).slice(0, 12)}…)`;
}
