/** What ClickHouse or the line to it said, sorted into the asker's doing and the environment's. */
import { ClickHouseError } from '@clickhouse/client';
import { EnvironmentError, messageOf } from '@countersign/kernel';
import { QueryRefused } from '@countersign/ports';

/** Codes (ErrorCodes.cpp of ClickHouse) that no rewriting of the statement would cure; all others are about the statement. */
const ENVIRONMENT_CODES: ReadonlySet<string> = new Set([
  '49', // LOGICAL_ERROR
  '74', // CANNOT_READ_FROM_FILE_DESCRIPTOR
  '75', // CANNOT_WRITE_TO_FILE_DESCRIPTOR
  '76', // CANNOT_OPEN_FILE
  '81', // UNKNOWN_DATABASE
  '193', // WRONG_PASSWORD
  '194', // REQUIRED_PASSWORD
  '202', // TOO_MANY_SIMULTANEOUS_QUERIES
  '209', // SOCKET_TIMEOUT
  '210', // NETWORK_ERROR
  '236', // ABORTED
  '243', // NOT_ENOUGH_SPACE
  '252', // TOO_MANY_PARTS
  '516', // AUTHENTICATION_FAILED
  '1000', // POCO_EXCEPTION
  '1001', // STD_EXCEPTION
]);

/** For what the reader asked. */
export function queryFailure(thrown: unknown): Error {
  if (thrown instanceof QueryRefused || thrown instanceof EnvironmentError) return thrown;
  if (thrown instanceof ClickHouseError && !ENVIRONMENT_CODES.has(thrown.code)) {
    return new QueryRefused(thrown.message.trim(), { cause: thrown });
  }
  return environmentFailure('the lineage store did not answer the query', thrown);
}

/** For what the service itself does: nothing of it is a refusal. */
export function environmentFailure(what: string, thrown: unknown): Error {
  if (thrown instanceof EnvironmentError) return thrown;
  const advice =
    thrown instanceof ClickHouseError
      ? 'See the log of the ClickHouse server.'
      : 'Is the ClickHouse server running, and is COUNTERSIGN_CLICKHOUSE_URL right?';
  return new EnvironmentError(`${what}: ${messageOf(thrown).trim() || 'no answer'}`, advice, { cause: thrown });
}
