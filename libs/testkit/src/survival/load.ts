/** Load with a memory: every acknowledged answer is noted, so that it can be looked for afterwards. */
import type { Json, Product } from './product.ts';

export interface Acknowledged {
  readonly requestId: string;
  readonly decisionId: string;
  readonly offset: number;
  readonly verdict: string;
}

export interface Ledger {
  readonly acknowledged: Acknowledged[];
  /** Sent and not answered: the process was killed in between; asked again after the restart. */
  readonly unanswered: Map<string, Json>;
  /** Approval id → what its votes were answered with. */
  readonly approvals: Map<string, string[]>;
  /** Grants that let an action through, by approval. */
  readonly redeemed: Map<string, number>;
}

export function emptyLedger(): Ledger {
  return { acknowledged: [], unanswered: new Map(), approvals: new Map(), redeemed: new Map() };
}

const WORKERS = 16;

const ACTIONS: readonly ((n: number) => Json)[] = [
  (n) => action(`SELECT * FROM orders WHERE id = ${n % 50}`),
  () => action('DROP TABLE customers'),
  (n) => action(`UPDATE orders SET state = 'paid' WHERE id = ${n % 20}`),
  (n) => action(`DELETE FROM customers WHERE id = ${n}`, ['sensitive']),
];

function action(text: string, labels: readonly string[] = []): Json {
  return { action: { kind: 'sql', text }, resource: { type: 'database', id: 'shop', environment: 'production', labels } };
}

/** Sends until `stop` says so or the process dies. `approver` is the token of a person who stands behind none of the requests. */
export async function drive(product: Product, ledger: Ledger, run: string, approver: string, stop: AbortSignal): Promise<void> {
  let n = 0;
  const worker = async () => {
    while (!stop.aborted) {
      n += 1;
      const requestId = `${run}-${n}`;
      const request = { requestId, ...ACTIONS[n % ACTIONS.length]?.(n) };
      ledger.unanswered.set(requestId, request);
      try {
        const approval = await decide(product, ledger, request);
        if (approval !== undefined && n % 3 === 0) await approveAndUse(product, ledger, approval, request, approver);
      } catch {
        // The connection broke with the process: what was under way stays unanswered.
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
}

/** Asks again what was never answered: the record decides whether it had been decided. */
export async function settle(product: Product, ledger: Ledger): Promise<void> {
  for (const request of [...ledger.unanswered.values()]) await decide(product, ledger, request);
}

async function decide(product: Product, ledger: Ledger, request: Json): Promise<string | undefined> {
  const { status, body } = await product.call('POST', '/v1/decide', product.token('caller'), request);
  if (status !== 200) throw new Error(`decide answered ${status}: ${JSON.stringify(body)}`);
  // A deny without a place in the journal was not recorded, and says so.
  if (!body.position) return undefined;
  ledger.unanswered.delete(request.requestId);
  const { decisionId, verdict, position } = body;
  ledger.acknowledged.push({ requestId: request.requestId, decisionId, verdict, offset: Number(position.offset) });
  return body.approval?.id as string | undefined;
}

async function approveAndUse(product: Product, ledger: Ledger, approval: string, request: Json, approver: string): Promise<void> {
  const votes = ledger.approvals.get(approval) ?? [];
  ledger.approvals.set(approval, votes);
  const voted = await product.call('POST', `/v1/approvals/${approval}/approve`, approver, { reason: 'survival test' });
  votes.push(String(voted.status));
  if (voted.status !== 200 && voted.status !== 201) return;
  const awaited = await product.call('GET', `/v1/approvals/${approval}/await?timeoutMs=2000`, product.token('caller'));
  const grant = awaited.body.grant as string | undefined;
  if (!grant) return;
  // Twice: the grant is for one use.
  for (const attempt of ['a', 'b']) {
    const requestId = `${request.requestId}-use-${attempt}`;
    const again = { ...request, requestId, grant };
    ledger.unanswered.set(requestId, again);
    const { status, body } = await product.call('POST', '/v1/decide', product.token('caller'), again);
    if (status !== 200 || !body.position) continue;
    ledger.unanswered.delete(requestId);
    ledger.acknowledged.push({
      requestId,
      decisionId: body.decisionId,
      verdict: body.verdict,
      offset: Number(body.position.offset),
    });
    if (body.verdict === 'VERDICT_ALLOW') ledger.redeemed.set(approval, (ledger.redeemed.get(approval) ?? 0) + 1);
  }
}
