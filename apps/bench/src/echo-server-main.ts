/** The yardstick: grpc-js and nothing else, answering as many bytes as a decision does. */
import { startBareEcho } from '@countersign/grpc/bare-echo';

const path = '/countersign.decision.v1.DecisionService/Decide';
const echo = await startBareEcho(path, Buffer.alloc(Number(process.argv[2]), 0x61));
console.log(echo.port);
process.once('SIGTERM', () => {
  echo.stop();
  process.exit(0);
});
