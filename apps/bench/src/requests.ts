/** The requests that are measured: an agent's everyday SQL with everything a sidecar fills in. */
import { create, toBinary } from '@bufbuild/protobuf';
import { decision } from '@countersign/proto';

/** Seen again and again: analysis comes from the cache, everything else is done each time. */
export const SEEN_SQL =
  "SELECT c.id, c.name, o.total FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id = 4711 AND o.state = 'open' ORDER BY o.total DESC LIMIT 20";

const SESSION = '0198d2a4-6f0e-7c11-9d5a-2f6f6a8b1c01';

/** Without request_id: with one, the second call would be a look-up. */
export function decideRequest(text: string, agent = 'agent:support-copilot', session = SESSION): Uint8Array {
  return toBinary(
    decision.DecideRequestSchema,
    create(decision.DecideRequestSchema, {
      subject: { id: agent, owner: 'person:ana' },
      delegation: [{ id: 'person:ben' }, { id: agent, owner: 'person:ana' }],
      action: { kind: 'sql', text, dialect: 'postgres' },
      resource: { type: 'database', id: 'shop-primary', environment: 'production' },
      purpose: 'Answer ticket 48213: the customer asks for open orders',
      sessionId: session,
      model: { provider: 'example', model: 'assistant-large-2' },
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    }),
  );
}

export function batchRequest(parts: readonly Uint8Array[]): Uint8Array {
  // Field 1, length-delimited, once a request.
  return Buffer.concat(parts.flatMap((part) => [Buffer.from([0x0a, ...varint(part.length)]), part]));
}

/** As many agents, each with a session and a statement of its own. */
export function mixedRequests(count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, n) =>
    decideRequest(SEEN_SQL.replace('4711', String(4711 + n)), `agent:copilot-${n}`, `${SESSION}-${n}`),
  );
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
