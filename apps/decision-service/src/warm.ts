/** Runs the pipeline some dozen times without a record before the first caller comes: the first parses cost ten times the later ones. */
import type { Principal } from '@countersign/kernel';
import { create, toBinary } from '@bufbuild/protobuf';
import { decision } from '@countersign/proto';
import type { DecisionDeps } from './deps.ts';
import { NO_MEMORY } from './memory/no-memory.ts';
import { openPipeline } from './pipeline.ts';
import type { Recall } from './recall.ts';

const ROUNDS = 12;

const TEXTS = [
  'SELECT id, name FROM customers WHERE id = 7',
  'SELECT c.region, sum(o.total) FROM orders o JOIN customers c ON c.id = o.customer_id GROUP BY 1 ORDER BY 2 DESC LIMIT 20',
  "UPDATE orders SET state = 'paid' WHERE id = 7",
  'DELETE FROM carts WHERE updated_at < now()',
  'DROP TABLE scratch',
  "INSERT INTO notes (id, body) VALUES (1, 'x')",
];

const NOBODY: Principal = {
  tenant: 'warm',
  subject: 'agent:warm',
  owner: 'person:warm',
  roles: ['caller'],
  tokenId: '',
  actsFor: [],
};

/** Nothing is appended: the producer given here only encodes. */
export async function warm(deps: Omit<DecisionDeps, 'producer' | 'count' | 'memory'>): Promise<void> {
  const stamp = { service: 'warm', instance: '', epoch: 1, seq: 1, prevHash: Buffer.alloc(32) };
  const pipeline = openPipeline(
    {
      ...deps,
      producer: {
        publish: () => Promise.resolve([]),
        publishEncoded: (_key, encode) => {
          encode(stamp);
          return Promise.resolve([{ topic: '', partition: 0, offset: 0 }]);
        },
      },
      count: () => undefined,
      memory: NO_MEMORY,
    },
    NO_RECALL,
  );
  for (let round = 0; round < ROUNDS; round++) {
    for (const text of TEXTS) {
      // Every other text is new, so that the parser is warmed as well as the cache.
      const action = { kind: 'sql', text: round % 2 === 0 ? text : `${text} -- ${round}` };
      const request = create(decision.DecideRequestSchema, { action, resource: { environment: 'production' } });
      await pipeline.decide(Buffer.from(toBinary(decision.DecideRequestSchema, request)), NOBODY);
    }
  }
}

const NO_RECALL: Recall = {
  once: async (_key, decide) => (await decide()).response,
  passed: () => undefined,
  catchUp: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};
