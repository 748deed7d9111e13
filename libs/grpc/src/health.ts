/** gRPC health v1: Check and Watch over a board of services that serve or do not. */
import { status } from '@grpc/grpc-js';
import { health } from '@countersign/proto';
import type { Call } from './call.ts';
import { type ServiceRegistration, registration } from './registration.ts';
import { StatusError } from './status.ts';

const { SERVING, NOT_SERVING, SERVICE_UNKNOWN } = health.HealthCheckResponse_ServingStatus;
type ServingStatus = health.HealthCheckResponse_ServingStatus;

/** The empty name is the server as a whole: serving when every service is. */
export class HealthBoard {
  readonly #serving: Map<string, boolean>;
  readonly #listeners = new Set<() => void>();

  /** Services start as serving: they are opened before the server is. */
  constructor(services: readonly string[]) {
    this.#serving = new Map(services.map((name) => [name, true]));
  }

  set(service: string, serving: boolean): void {
    this.#serving.set(service, serving);
    for (const listener of [...this.#listeners]) listener();
  }

  setAll(serving: boolean): void {
    for (const service of this.#serving.keys()) this.set(service, serving);
  }

  status(service: string): ServingStatus {
    if (service === '') return [...this.#serving.values()].every(Boolean) ? SERVING : NOT_SERVING;
    const serving = this.#serving.get(service);
    if (serving === undefined) return SERVICE_UNKNOWN;
    return serving ? SERVING : NOT_SERVING;
  }

  /** Resolves on the next change, or when the signal aborts. */
  changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#listeners.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#listeners.add(done);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
  }
}

export function healthService(board: HealthBoard): ServiceRegistration {
  return registration(health.Health, {
    check({ service }) {
      const now = board.status(service);
      if (now === SERVICE_UNKNOWN) throw new StatusError(status.NOT_FOUND, `no service "${service}" on this server`);
      return { status: now };
    },
    async *watch({ service }, call: Call) {
      let last: ServingStatus | undefined;
      for (;;) {
        const now = board.status(service);
        if (now !== last) yield { status: now };
        last = now;
        // The last news, that the server stops, goes out before the stream ends.
        if (board.status(service) !== last) continue;
        if (call.signal.aborted) return;
        await board.changed(call.signal);
      }
    },
  });
}
