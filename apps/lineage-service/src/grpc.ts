/** The gRPC face of the lineage service: roles and statuses here, everything else behind it. */
import { type Call, type ServiceRegistration, StatusError, registration, status } from '@countersign/grpc';
import { QueryRefused, type QueryResult } from '@countersign/ports';
import { lineage } from '@countersign/proto';
import { type LineageService, type RebuildProgress, RebuildUnderWay } from './service.ts';
import type { TracedEvent } from './trace.ts';
import { mayReadRecord } from './roles.ts';

/** Rows of one response: few enough to flow, many enough to be cheap. */
const RESPONSE_BYTES = 128 << 10;

export function lineageGrpc(service: Pick<LineageService, 'query' | 'trace' | 'rebuild'>): ServiceRegistration {
  return registration(lineage.LineageService, {
    query: (request, call) => answerQuery(service, request.sql, call),
    trace: async (request, call) => {
      admit(call);
      const events = await refusing(() => service.trace(request.correlationId, call.principal.tenant, call.signal));
      return { events: events.map(toMessage) };
    },
    rebuild: (_request, call) => rebuild(service, call),
  });
}

function admit(call: Call): void {
  if (!mayReadRecord(call.principal)) {
    throw new StatusError(
      status.PERMISSION_DENIED,
      'the record is for the roles auditor and admin; ask for a token with one of them',
    );
  }
}

async function* answerQuery(service: Pick<LineageService, 'query'>, sql: string, call: Call) {
  admit(call);
  const { columns, rows } = await refusing(() => service.query(sql, call.principal.tenant, call.signal));
  yield { columns: columns.map(({ name, type }) => ({ name, type })), rowsJson: [] };
  let rowsJson: Buffer[] = [];
  let bytes = 0;
  for await (const row of refusingRows(rows)) {
    const json = Buffer.from(JSON.stringify(row));
    rowsJson.push(json);
    bytes += json.length;
    if (bytes < RESPONSE_BYTES) continue;
    yield { columns: [], rowsJson };
    rowsJson = [];
    bytes = 0;
  }
  if (rowsJson.length > 0) yield { columns: [], rowsJson };
}

/** Streams the newest progress; a slow reader skips steps, and one that leaves does not stop the rebuild. */
async function* rebuild(service: Pick<LineageService, 'rebuild'>, call: Call) {
  admit(call);
  let progress: RebuildProgress | undefined;
  let wake = (): void => undefined;
  const done = service.rebuild((step) => {
    progress = step;
    wake();
  });
  let ended = false;
  const end = done.then(
    () => undefined,
    () => undefined,
  );
  void end.then(() => {
    ended = true;
    wake();
  });
  while (!ended) {
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (ended || progress) resolve();
    });
    const step = progress;
    progress = undefined;
    if (step) yield { eventsDone: BigInt(step.eventsDone), eventsTotal: BigInt(step.eventsTotal) };
  }
  const last = await refusing(() => done);
  yield { eventsDone: BigInt(last.eventsDone), eventsTotal: BigInt(last.eventsTotal) };
}

function toMessage(event: TracedEvent) {
  return {
    id: event.id,
    type: event.type,
    occurredAtMs: BigInt(event.occurredAtMs),
    topic: event.topic,
    partition: event.partition,
    offset: BigInt(event.journalOffset),
    causationId: event.causationId,
    actor: event.actor,
    summary: event.summary,
    dataJson: Buffer.from(event.dataJson),
  };
}

async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw toStatus(thrown);
  }
}

async function* refusingRows(rows: QueryResult['rows']) {
  try {
    yield* rows;
  } catch (thrown) {
    throw toStatus(thrown);
  }
}

function toStatus(thrown: unknown): unknown {
  if (thrown instanceof QueryRefused) return new StatusError(status.INVALID_ARGUMENT, thrown.message, { cause: thrown });
  if (thrown instanceof RebuildUnderWay) return new StatusError(status.FAILED_PRECONDITION, thrown.message);
  return thrown;
}
