/** DecisionService on the wire: the pipeline's bytes, framed for one, many and streams. */
import {
  type Call,
  decode,
  encode,
  type RawUnary,
  registration,
  type ServiceRegistration,
  status,
  StatusError,
} from '@countersign/grpc';
import { messageOf } from '@countersign/kernel';
import { decision } from '@countersign/proto';
import { ByteWriter, WireError, WireReader } from '@countersign/wire';
import { inOrder } from './ordered-window.ts';
import type { Outcomes } from './outcomes.ts';
import type { Pipeline } from './pipeline.ts';
import { Refused, type RefusalCode } from './refusal.ts';

/** One exhaustive map: a new refusal does not compile until it has a status. */
const STATUS_OF: Readonly<Record<RefusalCode, status>> = {
  invalid: status.INVALID_ARGUMENT,
  forbidden: status.PERMISSION_DENIED,
  conflict: status.ALREADY_EXISTS,
  unavailable: status.UNAVAILABLE,
};

/** One batch is one durable write; more belongs into a stream. */
const MAX_BATCH = 1_000;
/** Decisions of one stream under way at once: enough to fill a commit, bounded so that a stream cannot fill the memory. */
const STREAM_WINDOW = 256;

const TURN_MS = 10;

const BATCH_REQUEST_TAG = (1 << 3) | 2;
const RESULT_RESPONSE = 1;
const RESULT_ERROR = 2;
const BATCH_RESULT = 1;
const STREAM_RESULT = 1;

export function decisionRegistration(pipeline: Pipeline, outcomes: Outcomes): ServiceRegistration {
  const decide: RawUnary = (request, call) => {
    requireCaller(call);
    try {
      return pipeline.decide(request, call.principal).catch(rethrow);
    } catch (error) {
      return rethrow(error);
    }
  };

  return registration(
    decision.DecisionService,
    {},
    {
      decide,

      async decideBatch(request, call) {
        requireCaller(call);
        const requests = nestedMessages(request);
        if (requests.length > MAX_BATCH) {
          throw new StatusError(status.INVALID_ARGUMENT, `a batch holds at most ${MAX_BATCH} requests, not ${requests.length}`);
        }
        const results = await Promise.all(await startAll(requests, (bytes) => resultOf(pipeline, bytes, call)));
        const w = new ByteWriter(results.reduce((sum, result) => sum + result.length + 8, 8));
        for (const result of results) w.message(BATCH_RESULT, result);
        return w.copy();
      },

      async *decideStream(requests, call) {
        requireCaller(call);
        const results = inOrder(requests, STREAM_WINDOW, (message) => {
          const [bytes, ...more] = nestedMessages(message);
          if (!bytes || more.length > 0) throw new StatusError(status.INVALID_ARGUMENT, 'a stream message carries one request');
          return resultOf(pipeline, bytes, call);
        });
        for await (const result of results) yield streamed(result);
      },

      async reportOutcome(request, call) {
        requireCaller(call);
        const report = decode(decision.ReportOutcomeRequestSchema, request);
        const position = await outcomes.report(report, call.principal).catch(rethrow);
        return encode(decision.ReportOutcomeResponseSchema, { position: { ...position, offset: BigInt(position.offset) } });
      },
    },
  );
}

/**
 * All are started in one turn, so that they share one commit; but large ones must not stall the loop together, so that after a while the
 * rest waits for the next turn. One that is refused does not touch the others.
 */
async function startAll(requests: readonly Buffer[], decide: (bytes: Buffer) => Promise<Buffer>): Promise<Promise<Buffer>[]> {
  const started: Promise<Buffer>[] = [];
  let sinceMs = performance.now();
  for (const bytes of requests) {
    const answer = decide(bytes);
    // Whoever waits for all of them gets the failure; until then it is nobody's.
    answer.catch(() => undefined);
    started.push(answer);
    if (performance.now() - sinceMs < TURN_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    sinceMs = performance.now();
  }
  return started;
}

function requireCaller({ principal }: Call): void {
  if (principal.roles.includes('caller') || principal.roles.includes('admin')) return;
  throw new StatusError(status.PERMISSION_DENIED, `deciding needs the role caller; this token has ${principal.roles.join(', ')}`);
}

function rethrow(error: unknown): never {
  if (error instanceof Refused) throw new StatusError(STATUS_OF[error.code], error.message, { cause: error });
  throw error;
}

async function resultOf(pipeline: Pipeline, request: Buffer, call: Call): Promise<Buffer> {
  const w = new ByteWriter(64);
  try {
    w.message(RESULT_RESPONSE, await pipeline.decide(request, call.principal));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const start = w.begin(RESULT_ERROR);
    w.uint(1, STATUS_OF[error.code]);
    w.string(2, error.message);
    w.end(start);
  }
  return w.copy();
}

function streamed(result: Buffer): Buffer {
  const w = new ByteWriter(result.length + 8);
  w.message(STREAM_RESULT, result);
  return w.copy();
}

/** The contents of field 1, each as its own bytes. */
function nestedMessages(bytes: Buffer): Buffer[] {
  const reader = new WireReader(bytes);
  const messages: Buffer[] = [];
  try {
    while (reader.at < reader.end) {
      const tag = reader.varint();
      if (tag === BATCH_REQUEST_TAG) messages.push(reader.bytes());
      else reader.skip(tag);
    }
  } catch (error) {
    if (error instanceof WireError)
      throw new StatusError(status.INVALID_ARGUMENT, `the message could not be read: ${messageOf(error)}`);
    throw error;
  }
  return messages;
}
