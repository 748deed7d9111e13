/** The measured decision-service: the real pipeline on the real embedded journal, without the two other services. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPolicy, openDecisionService } from '@countersign/decision-service';
import { startGrpcServer } from '@countersign/grpc';
import { openEmbeddedJournal, openProjectionStore } from '@countersign/journal-embedded';
import type { Principal } from '@countersign/kernel';
import { createPolicyHost } from '@countersign/policy-wasm';
import { monotonicClock } from '@countersign/ports';

const dir = mkdtempSync(join(process.env['COUNTERSIGN_BENCH_DIR'] ?? tmpdir(), 'countersign-bench-'));
const journal = await openEmbeddedJournal({ dir: join(dir, 'journal') });
const policy = createPolicyHost({ compileCacheDir: join(tmpdir(), 'countersign-bench-policy') });
const source = await loadPolicy('');
if (!source.ok) throw new Error(source.error.message);
const activated = await policy.activate(source.value);
if (!activated.ok) throw new Error(activated.error.message);
const store = await openProjectionStore({ dir: join(dir, 'stores'), name: 'requests' });
const service = await openDecisionService({
  journal,
  store,
  policy,
  ownerOf: () => undefined,
  keys: { digestKey: randomBytes(32), sealKey: randomBytes(32), grantPublicKey: generateKeyPairSync('ed25519').publicKey },
  clock: monotonicClock(),
  instance: '0',
  log: (message) => console.error(message),
});
const caller: Principal = {
  tenant: 'default',
  subject: 'agent:local',
  owner: 'person:admin',
  roles: ['caller'],
  tokenId: 'bench',
  actsFor: ['*'],
};
const server = await startGrpcServer({
  address: '127.0.0.1:0',
  services: service.grpc,
  authenticate: () => caller,
  log: { warn: (fields, message) => console.error(message, fields), error: (fields, message) => console.error(message, fields) },
});
console.log(server.port);

async function stop(): Promise<void> {
  await server.stop(0);
  await service.stop();
  await store.close();
  await journal.close();
  rmSync(dir, { recursive: true, force: true });
  process.exit(0);
}
process.once('SIGTERM', () => void stop());
