/** The second kind of failure: a broken environment (STYLE: refusal, broken environment, bug). */

/** Storage, broker, engine or file system cannot do its work now; `advice` says what a person can do about it. */
export class EnvironmentError extends Error {
  readonly advice: string;

  constructor(message: string, advice: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'EnvironmentError';
    this.advice = advice;
  }
}

/** The message of anything that was thrown; the SDKs throw strings and plain objects too. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  if (typeof thrown === 'string') return thrown;
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return String(thrown.message);
  return JSON.stringify(thrown) ?? String(thrown);
}
