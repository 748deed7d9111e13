/** ApprovalService on gRPC: one call a method. */
import { registration, type ServiceRegistration, StatusError } from '@countersign/grpc';
import type { Result } from '@countersign/kernel';
import { approval } from '@countersign/proto';
import { type CallRefusal, detailOf, STATUS_OF } from './refusals.ts';
import type { ApprovalRooms } from './service.ts';

export function approvalRegistration(rooms: ApprovalRooms): ServiceRegistration {
  return registration(approval.ApprovalService, {
    get: async ({ id }, { principal }) => ({ approval: orThrow(await rooms.get(principal, id)) }),
    list: async (request, { principal }) => orThrow(await rooms.list(principal, request)),
    async *await({ id }, { principal, signal }) {
      for await (const update of rooms.follow(principal, id, signal)) yield orThrow(update);
    },
    approve: async (request, { principal }) => ({ approval: orThrow(await rooms.approve(principal, request, 'grpc')) }),
    reject: async (request, { principal }) => ({ approval: orThrow(await rooms.reject(principal, request, 'grpc')) }),
    revoke: async (request, { principal }) => ({ approval: orThrow(await rooms.revoke(principal, request)) }),
    redeemGrant: async (request, { principal }) => orThrow(await rooms.redeemGrant(principal, request)),
  });
}

function orThrow<T>(result: Result<T, CallRefusal>): T {
  if (result.ok) return result.value;
  throw new StatusError(STATUS_OF[result.error.code].grpc, detailOf(result.error));
}
