/** The rooms as protobuf JSON: what the HTTP routes take and give. */
import {
  create,
  type DescMessage,
  fromJson,
  type JsonValue,
  type MessageInitShape,
  type MessageShape,
  toJson,
} from '@bufbuild/protobuf';
import { err, messageOf, ok, type Principal, type Result } from '@countersign/kernel';
import { approval } from '@countersign/proto';
import type { AuthenticatedRequest } from './principal.ts';
import type { AwaitResponse } from './reading.ts';
import { badArgument, type CallRefusal } from './refusals.ts';
import type { ApprovalService } from './service.ts';

type Answer = Promise<Result<JsonValue, CallRefusal>>;

export interface ListQuery {
  /** A status of the contract, or its last word: open, granted, … */
  readonly status?: unknown;
  readonly pageSize?: unknown;
  readonly pageToken?: unknown;
}

const DEFAULT_POLL_MS = 30_000;
const MAX_POLL_MS = 60_000;

export async function getJson(service: ApprovalService, principal: Principal, id: string): Answer {
  return wrapped(approval.GetResponseSchema, await service.get(principal, id));
}

export async function listJson(service: ApprovalService, principal: Principal, query: ListQuery): Answer {
  const { status, pageSize, pageToken } = query;
  const request = parse(approval.ListRequestSchema, {
    ...(text(status) && { status: statusName(text(status)) }),
    ...(text(pageSize) && { pageSize: text(pageSize) }),
    pageToken: text(pageToken),
  });
  if (!request.ok) return request;
  const listed = await service.list(principal, request.value);
  return listed.ok ? ok(json(approval.ListResponseSchema, listed.value)) : listed;
}

/** The newest state once it has its outcome, or when the time is over, or when the client has left. */
export async function awaitJson(service: ApprovalService, request: AuthenticatedRequest, id: string, timeoutMs: unknown): Answer {
  const waitMs = text(timeoutMs) === '' ? DEFAULT_POLL_MS : Number(text(timeoutMs));
  if (!Number.isInteger(waitMs) || waitMs < 0 || waitMs > MAX_POLL_MS) {
    return err(badArgument(`timeoutMs is a whole number of milliseconds from 0 to ${MAX_POLL_MS}.`));
  }
  const over = new AbortController();
  const end = () => over.abort();
  const timer = setTimeout(end, waitMs);
  const { socket } = request.raw;
  socket.once('close', end);
  try {
    let newest: AwaitResponse = {};
    for await (const update of service.follow(request.principal, id, over.signal)) {
      if (!update.ok) return update;
      newest = update.value;
    }
    return ok(json(approval.AwaitResponseSchema, newest));
  } finally {
    clearTimeout(timer);
    socket.off('close', end);
  }
}

export async function commandJson(
  service: ApprovalService,
  principal: Principal,
  kind: 'approve' | 'reject' | 'revoke',
  id: string,
  body: unknown,
): Answer {
  const content = { ...(typeof body === 'object' && body !== null ? (body as { [key: string]: JsonValue }) : {}), id };
  if (kind === 'revoke') {
    const request = parse(approval.RevokeRequestSchema, content);
    if (!request.ok) return request;
    return wrapped(approval.RevokeResponseSchema, await service.revoke(principal, request.value));
  }
  const request = parse(approval.ApproveRequestSchema, content);
  if (!request.ok) return request;
  return wrapped(approval.ApproveResponseSchema, await service[kind](principal, request.value, 'http'));
}

function wrapped(
  desc: typeof approval.GetResponseSchema | typeof approval.ApproveResponseSchema | typeof approval.RevokeResponseSchema,
  result: Result<approval.Approval, CallRefusal>,
): Result<JsonValue, CallRefusal> {
  return result.ok ? ok(json(desc, { approval: result.value })) : result;
}

function json<D extends DescMessage>(desc: D, message: MessageInitShape<D>): JsonValue {
  return toJson(desc, create(desc, message), { alwaysEmitImplicit: true });
}

function parse<D extends DescMessage>(desc: D, value: JsonValue): Result<MessageShape<D>, CallRefusal> {
  try {
    return ok(fromJson(desc, value));
  } catch (cause) {
    return err(badArgument(`This is no ${desc.typeName} in JSON: ${messageOf(cause)}`));
  }
}

function statusName(word: string): string {
  return word.startsWith('APPROVAL_STATUS_') ? word : `APPROVAL_STATUS_${word.toUpperCase()}`;
}

/** A query value that was given once; empty for anything else. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
