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

export class Readings implements Reading {
  readonly #deps: ReadingDeps;

  constructor(deps: ReadingDeps) {
    this.#deps = deps;
  }

  async find(id: string): Promise<Approval> {
    const known = this.#deps.model.get(id);
    if (known.status !== 'absent' || !isUuid(id)) return known;
    await this.#deps.catchUp();
    return this.#deps.model.get(id);
  }

  async get(principal: Principal, id: string): Promise<Result<approval.Approval, CallRefusal>> {
    const one = await this.find(id);
    return maySee(principal, one) ? ok(approvalMessage(viewOf(one))) : err(NO_SUCH_APPROVAL);
  }

  async list(principal: Principal, request: approval.ListRequest): Promise<Result<ListResponse, CallRefusal>> {
    const { model } = this.#deps;
    const status = approvalStatusOf(request.status);
    if (request.status !== approval.ApprovalStatus.UNSPECIFIED && !status) {
      return err(badArgument(`There is no approval status ${request.status}.`));
    }
    let key = Buffer.from(request.pageToken, 'base64url').toString('utf8');
    if (!model.isListKey(principal.tenant, status, key)) return err(badArgument('The page token does not belong to this list.'));
    await this.#deps.catchUp();
    const size = Math.min(request.pageSize || DEFAULT_PAGE, MAX_PAGE);
    const found: approval.Approval[] = [];
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

  async *follow(principal: Principal, id: string, signal: AbortSignal): AsyncGenerator<Result<AwaitResponse, CallRefusal>> {
    const { model, waiters, stopped } = this.#deps;
    if (!maySee(principal, await this.find(id))) return yield err(NO_SUCH_APPROVAL);
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
        if (one.version !== version) yield ok(this.#update(principal, one));
        version = one.version;
        if (one.status !== 'open' || signal.aborted || stopped()) return;
        if (!told) await new Promise<void>((resolve) => (ring = resolve));
      }
    } finally {
      signal.removeEventListener('abort', tell);
      leave();
    }
  }

  #update(principal: Principal, one: PresentApproval): AwaitResponse {
    const { grant, approvalId, tenant, correlationId } = one;
    const message = approvalMessage(viewOf(one));
    const live = one.status === 'granted' && grant && this.#deps.clock.nowMs() < grant.expiresAtMs;
    if (!live || !isRequester(principal, one)) return { approval: message };
    const token = signGrant({ ...grant, approvalId, tenant, correlationId }, this.#deps.keys.grantPrivateKey);
    return { approval: message, grant: token };
  }
}
