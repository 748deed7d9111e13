/** Requests that cannot be decided at all: refused before anything is evaluated, with a sentence that says what to do. */

export type RefusalCode = 'invalid' | 'forbidden' | 'conflict' | 'unavailable';

/** Thrown inside the service and mapped to a status in one place (grpc.ts, http.ts). A policy deny is never one of these. */
export class Refused extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.name = 'Refused';
    this.code = code;
  }
}
