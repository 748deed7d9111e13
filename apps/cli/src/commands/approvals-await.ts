/** Waits for an approval's outcome, over restarts of the server. */
import { setTimeout as delay } from 'node:timers/promises';
import { StatusError, status } from '@countersign/grpc';
import { type ApprovalJson, type StatusWord, approvalJson } from '../approval-json.ts';
import type { Clients } from '../clients.ts';
import { CommandFailed } from '../failure.ts';
import { EXIT, type Host, note, print, printJson } from '../host.ts';

export interface Outcome {
  readonly id: string;
  readonly status: StatusWord;
  /** Empty unless granted. */
  readonly grant: string;
}

const RETRY_AFTER_MS = 1_000;

/** Rejects when the server cannot be reached at first; later it is waited for. `timeoutMs` undefined: as long as it takes. */
export async function awaitOutcome(
  host: Host,
  approvals: Clients['approval'],
  id: string,
  timeoutMs: number | undefined,
): Promise<Outcome> {
  const deadlineMs = timeoutMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + timeoutMs;
  let last: ApprovalJson | undefined;
  for (;;) {
    try {
      const left = deadlineMs - Date.now();
      for await (const answer of approvals.await({ id }, Number.isFinite(left) ? { timeoutMs: Math.max(1, left) } : {})) {
        if (answer.approval === undefined) continue;
        const seen = approvalJson(answer.approval);
        if (seen.status !== last?.status || seen.votes.length !== last.votes.length) note(host, progressOf(seen));
        last = seen;
        if (seen.status !== 'open') return { id, status: seen.status, grant: answer.grant };
      }
      throw new CommandFailed(`The server ended the wait for ${id} without an outcome.`, `See: countersign approvals show ${id}`);
    } catch (thrown) {
      if (!(thrown instanceof StatusError) || last === undefined) throw thrown;
      if (thrown.code === status.DEADLINE_EXCEEDED && Date.now() >= deadlineMs) return { id, status: last.status, grant: '' };
      if (thrown.code !== status.UNAVAILABLE) throw thrown;
      note(host, 'The server is away; waiting for it.');
      await delay(RETRY_AFTER_MS);
    }
  }
}

/** The grant alone on stdout, so that `$(…)` takes it. */
export function tellOutcome(host: Host, outcome: Outcome, json: boolean): void {
  const { id, status: word, grant } = outcome;
  host.exitCode = grant !== '' ? EXIT.allow : word === 'open' ? EXIT.approval : EXIT.deny;
  if (json) return printJson(host, { id, status: word, ...(grant === '' ? {} : { grant }) });
  if (grant !== '') return print(host, grant);
  note(host, word === 'open' ? `approval ${id} is still open` : `approval ${id} is ${word}: there is no grant to use`);
}

function progressOf({ id, status: word, votes, quorum, lapsesAt }: ApprovalJson): string {
  const approved = votes.filter(({ approve }) => approve).length;
  return word === 'open' ? `approval ${id}: ${approved} of ${quorum} approvals, lapses ${lapsesAt}` : `approval ${id}: ${word}`;
}
