/** Reading approvals: one, many, and one as it changes. */
import type { MessageInitShape } from '@bufbuild/protobuf';
import { type Approval, type PresentApproval, viewOf } from '@countersign/approval';
import { signGrant } from '@countersign/identity';
import { err, isUuid, ok, type Principal, type Result } from '@countersign/kernel';
import { approval } from '@countersign/proto';
import { approvalMessage, approvalStatusOf } from '@countersign/wire';
import { isRequester, maySee } from './access.ts';
import type { ApprovalServiceDeps, Bounds } from './deps.ts';
import type { ReadModel } from './read-model.ts';
import { badArgument, type CallRefusal, NO_SUCH_APPROVAL } from './refusals.ts';
import type { Waiters } from './waiters.ts';

type ListResponse = MessageInitShape<typeof approval.ListResponseSchema>;
export type AwaitResponse = MessageInitShape<typeof approval.AwaitResponseSchema>;

export interface Reading {
  get(principal: Principal, id: string): Promise<Result<approval.Approval, CallRefusal>>;
  list(principal: Principal, request: approval.ListRequest): Promise<Result<ListResponse, CallRefusal>>;
  /** The approval at once and after each change; ends after its outcome, when the signal aborts or the service stops. */
  follow(principal: Principal, id: string, signal: AbortSignal): AsyncIterable<Result<AwaitResponse, CallRefusal>>;
  /** The approval whatever the tenant; waits a moment for one that is in the journal but was not read yet. */
  find(id: string): Promise<Approval>;
}

export interface ReadingDeps extends Pick<ApprovalServiceDeps, 'clock' | 'keys'> {
  readonly model: ReadModel;
  readonly waiters: Waiters;
  readonly bounds: Bounds;
  /** Resolves once everything that is in the journal now was processed, or after a bounded wait. */
  readonly catchUp: () => Promise<void>;
  readonly stopped: () => boolean;
}

const DEFAULT_PAGE = 50;
const MAX_PAGE = 500;
/** How many approvals of others one call looks through for a caller's own; the page token goes on from there. */
const MAX_SCANNED = 5_000;

export function openReading(deps: ReadingDeps): Reading {
  const { model, waiters } = deps;

  async function find(id: string): Promise<Approval> {
    const known = model.get(id);
    if (known.status !== 'absent' || !isUuid(id)) return known;
    await deps.catchUp();
    return model.get(id);
  }

  async function list(principal: Principal, request: approval.ListRequest): Promise<Result<ListResponse, CallRefusal>> {
    const status = approvalStatusOf(request.status);
    if (request.status !== approval.ApprovalStatus.UNSPECIFIED && !status) {
      return err(badArgument(`There is no approval status ${request.status}.`));
    }
    const after = Buffer.from(request.pageToken, 'base64url').toString('utf8');
    if (!model.isListKey(principal.tenant, status, after))
      return err(badArgument('The page token does not belong to this list.'));
    await deps.catchUp();
    const size = Math.min(request.pageSize || DEFAULT_PAGE, MAX_PAGE);
    const found: approval.Approval[] = [];
    let key = after;
    for (let scanned = 0; scanned < MAX_SCANNED; scanned++) {
      const row = model.nextInList(principal.tenant, status, key);
      if (!row) return ok({ approvals: found, nextPageToken: '' });
      if (found.length === size) break;
      key = row.key;
      const one = model.get(row.approvalId);
      if (maySee(principal, one) && (!status || one.status === status)) found.push(approvalMessage(viewOf(one)));
    }
    return ok({ approvals: found, nextPageToken: Buffer.from(key).toString('base64url') });
  }

  function answer(principal: Principal, one: PresentApproval): AwaitResponse {
    const { grant } = one;
    const message = approvalMessage(viewOf(one));
    const live = one.status === 'granted' && grant && deps.clock.nowMs() < grant.expiresAtMs;
    if (!live || !isRequester(principal, one)) return { approval: message };
    const { approvalId, tenant, correlationId } = one;
    return { approval: message, grant: signGrant({ ...grant, approvalId, tenant, correlationId }, deps.keys.grantPrivateKey) };
  }

  async function* follow(
    principal: Principal,
    id: string,
    signal: AbortSignal,
  ): AsyncGenerator<Result<AwaitResponse, CallRefusal>> {
    if (!maySee(principal, await find(id))) return yield err(NO_SUCH_APPROVAL);
    let ring: () => void = () => undefined;
    let told = true;
    const tell = () => {
      told = true;
      ring();
    };
    const leave = waiters.watch(id, tell);
    if (!leave) return yield err({ code: 'too_many_waiters', message: 'Too many calls wait at once. Try again in a moment.' });
    signal.addEventListener('abort', tell);
    try {
      for (let version = -1; ;) {
        told = false;
        const one = model.get(id);
        if (one.status === 'absent') return;
        if (one.version !== version) yield ok(answer(principal, one));
        version = one.version;
        if (one.status !== 'open' || signal.aborted || deps.stopped()) return;
        if (!told) await new Promise<void>((resolve) => (ring = resolve));
      }
    } finally {
      signal.removeEventListener('abort', tell);
      leave();
    }
  }

  return {
    find,
    list,
    follow,
    async get(principal, id) {
      const one = await find(id);
      return maySee(principal, one) ? ok(approvalMessage(viewOf(one))) : err(NO_SUCH_APPROVAL);
    },
  };
}
