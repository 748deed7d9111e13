/** Finds open approvals whose time is over and asks for them to lapse: a command like any other, so that time is on record too. */
import { EnvironmentError, messageOf, uuidV8 } from '@countersign/kernel';
import type { Clock } from '@countersign/ports';
import { approvalCommandDraft, type Producer } from '@countersign/wire';
import type { ReadModel } from './read-model.ts';

export interface LapseTimer {
  stop(): Promise<void>;
}

const BATCH = 256;

export function startLapseTimer(
  deps: {
    readonly model: ReadModel;
    readonly commands: Producer;
    readonly clock: Clock;
    readonly log: (message: string) => void;
  },
  everyMs: number,
): LapseTimer {
  const { model, commands, clock, log } = deps;
  /** Asked for, not decided yet. */
  let asked = new Set<string>();
  let check: Promise<void> = Promise.resolve();

  async function askForDue(): Promise<void> {
    const nowMs = clock.nowMs();
    const due = model.due(nowMs, BATCH);
    asked = new Set(due.filter((id) => asked.has(id)));
    const drafts = due
      .filter((id) => !asked.has(id))
      .flatMap((approvalId) => {
        const one = model.get(approvalId);
        if (one.status !== 'open') return [];
        const { tenant, correlationId } = one;
        const command = { type: 'Lapse', commandId: uuidV8('lapse', approvalId), approvalId, tenant, atMs: nowMs } as const;
        return [approvalCommandDraft(command, { correlationId, causationId: '', traceparent: one.matter.request.traceparent })];
      });
    await commands.publish(drafts);
    for (const draft of drafts) asked.add(draft.key);
  }

  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    check = askForDue()
      .catch((cause: unknown) => {
        const kind = cause instanceof EnvironmentError ? '' : 'bug: ';
        log(`approvals that are due could not lapse and will be asked for again: ${kind}${messageOf(cause)}`);
      })
      .finally(() => (busy = false));
  }, everyMs);
  timer.unref();

  return {
    async stop() {
      clearInterval(timer);
      await check;
    },
  };
}
