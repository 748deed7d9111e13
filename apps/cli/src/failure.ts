/** What people read when something did not work: what it was and what to do, never a stack trace. */
import { EnvironmentError, messageOf } from '@countersign/kernel';
import { EXIT } from './host.ts';
import { shown } from './text/escape.ts';

/** The command was called wrongly. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** It was called rightly and could not be done; `advice` says what a person can do. */
export class CommandFailed extends Error {
  readonly advice: string;

  constructor(message: string, advice = '') {
    super(message);
    this.name = 'CommandFailed';
    this.advice = advice;
  }
}

export interface Failure {
  readonly exitCode: number;
  /** Lines for stderr. */
  readonly lines: readonly string[];
}

/** gRPC codes (google.rpc.Code) that need more than the server's own message. */
const UNAVAILABLE = 14;
const UNAUTHENTICATED = 16;

const START = 'Start Countersign with: npm start (or: npx countersign start). Another address goes into';

export function describeFailure(thrown: unknown): Failure {
  if (thrown instanceof UsageError) return { exitCode: EXIT.usage, lines: [shown(thrown.message)] };
  const lines = linesOf(thrown).filter((line) => line !== '');
  return { exitCode: EXIT.error, lines: lines.map(shown) };
}

function linesOf(thrown: unknown): readonly string[] {
  if (thrown instanceof CommandFailed || thrown instanceof EnvironmentError) return [thrown.message, thrown.advice];
  const code = grpcCodeOf(thrown);
  const message = messageOf(thrown);
  if (code === UNAVAILABLE && /ECONNREFUSED|No connection established|ENOENT|ECONNRESET/.test(message)) {
    return ['Countersign does not answer.', `${START} COUNTERSIGN_GRPC_ADDRESS.`];
  }
  if (code === UNAUTHENTICATED) {
    return [message, 'The token comes from COUNTERSIGN_TOKEN, else from the data folder (COUNTERSIGN_DATA_DIR).'];
  }
  return [message];
}

/** The HTTP counterpart of an unreachable gRPC server. */
export function httpUnreachable(url: string): CommandFailed {
  return new CommandFailed(`Countersign does not answer at ${url}.`, `${START} COUNTERSIGN_HTTP_ADDRESS.`);
}

function grpcCodeOf(thrown: unknown): number | undefined {
  const isStatus = thrown instanceof Error && thrown.name === 'StatusError' && 'code' in thrown;
  return isStatus && typeof thrown.code === 'number' ? thrown.code : undefined;
}
