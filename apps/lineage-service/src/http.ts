/** From an HTTP request to the service and back: roles, limits, and problem details (RFC 9457) for what goes wrong. */
import { HttpException } from '@nestjs/common';
import { EnvironmentError } from '@countersign/kernel';
import { QueryRefused, type QueryResult } from '@countersign/ports';
import type { AuthenticatedRequest } from './request.ts';
import { mayReadRecord } from './roles.ts';
import { RebuildUnderWay } from './service.ts';

export interface Asked {
  readonly tenant: string;
  readonly signal: AbortSignal;
  /** Reads an answer whole, up to the cap. */
  readonly all: (result: Promise<QueryResult>) => Promise<WholeAnswer>;
}

export interface WholeAnswer {
  readonly columns: QueryResult['columns'];
  readonly rows: readonly (readonly unknown[])[];
}

/** A JSON answer is built in memory: beyond this, gRPC and the ClickHouse port stream. */
const CAP_ROWS = 100_000;
const CAP_SQL_UNITS = 256 << 10;

/** Runs one request; throws only HttpExceptions whose body is a problem. */
export async function answering<T>(request: AuthenticatedRequest, work: (asked: Asked) => Promise<T>): Promise<T> {
  const { principal } = request;
  if (!principal) throw problem(401, 'Unauthorized', 'send a token: authorization: Bearer <token>');
  if (!mayReadRecord(principal)) throw problem(403, 'Forbidden', 'the record is for the roles auditor and admin');
  const stop = new AbortController();
  try {
    return await work({ tenant: principal.tenant, signal: stop.signal, all: async (result) => readAll(await result) });
  } catch (thrown) {
    throw toProblem(thrown);
  } finally {
    // Whatever the engine still computes for this request, nobody waits for it.
    stop.abort();
  }
}

/** The statement of a `{"sql": "…"}` body. */
export function readSql(body: unknown): string {
  const sql = typeof body === 'object' && body !== null && 'sql' in body ? body.sql : undefined;
  if (typeof sql !== 'string' || sql.trim() === '') {
    throw new QueryRefused('send a JSON object with the statement: {"sql": "SELECT …"}');
  }
  if (sql.length > CAP_SQL_UNITS) throw new QueryRefused(`the statement is longer than ${CAP_SQL_UNITS} characters`);
  return sql;
}

async function readAll({ columns, rows }: QueryResult): Promise<WholeAnswer> {
  const all: (readonly unknown[])[] = [];
  for await (const row of rows) {
    if (all.length >= CAP_ROWS) {
      throw new QueryRefused(`more than ${CAP_ROWS} rows: add a LIMIT, or use gRPC or the ClickHouse port, which stream`);
    }
    all.push(row);
  }
  return { columns, rows: all };
}

function toProblem(thrown: unknown): unknown {
  if (thrown instanceof QueryRefused) return problem(400, 'Bad Request', thrown.message);
  if (thrown instanceof RebuildUnderWay) return problem(409, 'Conflict', thrown.message);
  if (thrown instanceof EnvironmentError) return problem(503, 'Service Unavailable', `${thrown.message}. ${thrown.advice}`);
  return thrown;
}

function problem(status: number, title: string, detail: string): HttpException {
  return new HttpException({ type: 'about:blank', title, status, detail }, status);
}
