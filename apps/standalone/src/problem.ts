/** Every HTTP error as RFC 9457 problem details: what happened and what to do, never what broke inside. */
import { HttpException } from '@nestjs/common';
import { status, StatusError } from '@countersign/grpc';
import { EnvironmentError } from '@countersign/kernel';
import { QueryRefused } from '@countersign/ports';

export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** gRPC's own mapping of codes to HTTP (google.rpc.Code). */
const HTTP_OF_STATUS: Readonly<Partial<Record<status, number>>> = {
  [status.INVALID_ARGUMENT]: 400,
  [status.OUT_OF_RANGE]: 400,
  [status.FAILED_PRECONDITION]: 409,
  [status.UNAUTHENTICATED]: 401,
  [status.PERMISSION_DENIED]: 403,
  [status.NOT_FOUND]: 404,
  [status.ALREADY_EXISTS]: 409,
  [status.ABORTED]: 409,
  [status.RESOURCE_EXHAUSTED]: 429,
  [status.UNAVAILABLE]: 503,
  [status.DEADLINE_EXCEEDED]: 504,
};

/** Codes that services put on their own refusals. */
const HTTP_OF_CODE: Readonly<Record<string, number>> = {
  invalid: 400,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  unavailable: 503,
};

export function problem(httpStatus: number, detail: string): Problem {
  return { type: 'about:blank', title: TITLES[httpStatus] ?? 'Error', status: httpStatus, detail };
}

/** Undefined for what is a bug: the caller logs it and answers 500 without its detail. */
export function problemOf(thrown: unknown): Problem | undefined {
  if (thrown instanceof StatusError) return problem(HTTP_OF_STATUS[thrown.code] ?? 500, thrown.message);
  if (thrown instanceof EnvironmentError) return problem(503, `${thrown.message}. ${thrown.advice}`);
  if (thrown instanceof QueryRefused) return problem(400, thrown.message);
  if (thrown instanceof HttpException) return problem(thrown.getStatus(), detailOf(thrown));
  if (!(thrown instanceof Error)) return undefined;
  if ('statusCode' in thrown && typeof thrown.statusCode === 'number' && thrown.statusCode < 500) {
    return problem(thrown.statusCode, thrown.message);
  }
  const code = 'code' in thrown ? thrown.code : undefined;
  const known = typeof code === 'string' ? HTTP_OF_CODE[code] : undefined;
  return known === undefined ? undefined : problem(known, thrown.message);
}

/** Some services word their own problem; Nest's own exceptions have a message. */
function detailOf(thrown: HttpException): string {
  const said = thrown.getResponse();
  return typeof said === 'object' && 'detail' in said && typeof said.detail === 'string' ? said.detail : thrown.message;
}
