/** Counts a stored event in the memory, the same way whoever wrote it. */
import { type CountedDecision, deedOf, type SessionMemory, whose } from '@countersign/decision';
import type { StoredRecord } from '@countersign/ports';
import { type PastDecision, readPast, WireError } from '@countersign/wire';

/** `takeOwn` gives back what this process already knows of one of its own decisions. What is no event is passed over. */
export function countRecord(
  memory: SessionMemory,
  record: StoredRecord,
  takeOwn: (decisionId: string) => CountedDecision | undefined,
): void {
  const { offset } = record;
  const past = read(record);
  if (!past) memory.pass(offset);
  else if (past.type === 'decision') memory.decided(offset, takeOwn(past.decisionId) ?? countedOf(past));
  else {
    const { tenant, decisionId, rowsAffected: rows, reporter, reporterOwner, occurredAtMs } = past;
    memory.reported(offset, { tenant, decisionId, rows, reporter: whose(tenant, '', reporter, reporterOwner) }, occurredAtMs);
  }
}

/** What is no event is named in the log by the request_id index, which reads the same records. */
function read(record: StoredRecord) {
  try {
    return readPast(record.value);
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}

function countedOf(past: PastDecision): CountedDecision {
  const { tenant, decisionId, sessionId, subject, owner, occurredAtMs } = past;
  return { tenant, decisionId, whose: whose(tenant, sessionId, subject, owner), deed: deedOf(past), atMs: occurredAtMs };
}
