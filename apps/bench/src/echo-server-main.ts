/** The yardstick: grpc-js and nothing else, answering as many bytes as a decision does. */
import { decision } from '@countersign/proto';
import { registration, startGrpcServer } from '@countersign/grpc';

const answer = Buffer.alloc(Number(process.argv[2]), 0x61);
const unused = () => Promise.reject(new Error('not measured'));
const server = await startGrpcServer({
  address: '127.0.0.1:0',
  services: [
    registration(
      decision.DecisionService,
      {},
      {
        decide: () => answer,
        decideBatch: unused,
        reportOutcome: unused,
        decideStream: async function* () {
          yield await unused();
        },
      },
    ),
  ],
  authenticate: () => ({ tenant: '', subject: 'agent:bench', owner: '', roles: ['caller'], tokenId: '', actsFor: [] }),
  log: { warn: () => undefined, error: () => undefined },
});
console.log(server.port);
process.once('SIGTERM', () => void server.stop(0).then(() => process.exit(0)));
