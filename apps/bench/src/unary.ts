/** Unary and batch decisions beside the bare echo, in turns, so that the machine's moods hit both. */
import { createClient } from '@countersign/grpc';
import { decision, event } from '@countersign/proto';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { h2load } from './h2load.ts';
import { batchRequest, decideRequest, mixedRequests, SEEN_SQL } from './requests.ts';
import { startServer } from './servers.ts';

export interface UnaryFigures {
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly echoPerS: readonly number[];
  readonly decidePerS: readonly number[];
  /** Median of the ratios of neighbouring runs. */
  readonly ratio: number;
  readonly batchDecisionsPerS: readonly number[];
  /** The same with an agent, a session and a statement of its own for each decision of the batch. */
  readonly mixedDecisionsPerS: readonly number[];
}

const ROUNDS = 3;
const BATCH = 50;

export async function measureUnary(seconds: number): Promise<UnaryFigures> {
  const request = decideRequest(SEEN_SQL);
  const decide = await startServer('decide-server-main');
  const responseBytes = await checkedAnswer(decide.port, request);
  const echo = await startServer('echo-server-main', [String(responseBytes)]);
  const batch = batchRequest(Array.from({ length: BATCH }, () => request));
  const mixed = batchRequest(mixedRequests(BATCH));
  const echoPerS: number[] = [];
  const decidePerS: number[] = [];
  const batchDecisionsPerS: number[] = [];
  const mixedDecisionsPerS: number[] = [];
  try {
    await h2load(decide.port, 'Decide', request, seconds);
    for (let round = 0; round < ROUNDS; round++) {
      echoPerS.push((await h2load(echo.port, 'Decide', request, seconds)).requestsPerS);
      decidePerS.push((await h2load(decide.port, 'Decide', request, seconds)).requestsPerS);
      batchDecisionsPerS.push((await h2load(decide.port, 'DecideBatch', batch, seconds)).requestsPerS * BATCH);
      mixedDecisionsPerS.push((await h2load(decide.port, 'DecideBatch', mixed, seconds)).requestsPerS * BATCH);
    }
  } finally {
    await Promise.all([decide.stop(), echo.stop()]);
  }
  const ratios = decidePerS.map((rate, round) => rate / (echoPerS[round] ?? Number.NaN));
  return {
    requestBytes: request.length,
    responseBytes,
    echoPerS,
    decidePerS,
    ratio: median(ratios),
    batchDecisionsPerS,
    mixedDecisionsPerS,
  };
}

/** h2load counts a gRPC error in the trailers as success, so one answer is looked at first. */
async function checkedAnswer(port: number, request: Uint8Array): Promise<number> {
  const client = createClient(decision.DecisionService, { address: `127.0.0.1:${port}`, token: 'bench' });
  try {
    const response = await client.decide(fromBinary(decision.DecideRequestSchema, request));
    if (response.verdict !== event.Verdict.ALLOW || !response.position)
      throw new Error('the measured request is not decided as expected');
    return toBinary(decision.DecideResponseSchema, response).length;
  } finally {
    client.close();
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
