/** What the memory needs of a stored event, read in place: it looks at every decision and outcome, and keeps little of each. */
import type { VerdictName } from '@countersign/kernel';
import { VERDICT_NUMBERS } from './decision-codec.ts';
import { WIRE_BYTES, WIRE_VARINT, WireError, WireReader } from './wire-reader.ts';

export interface PastDecision {
  readonly type: 'decision';
  readonly tenant: string;
  readonly occurredAtMs: number;
  readonly decisionId: string;
  readonly sessionId: string;
  readonly subject: string;
  readonly owner: string;
  readonly verdict: VerdictName;
  readonly failedStep: string;
  readonly approvalStatus: string;
  readonly reasons: readonly { readonly rule: string; readonly code: string; readonly severity: string }[];
  readonly labels: readonly string[];
  readonly effects: readonly {
    readonly kind: string;
    readonly targets: readonly { readonly type: string; readonly name: string }[];
  }[];
}

export interface PastOutcome {
  readonly type: 'outcome';
  readonly tenant: string;
  readonly occurredAtMs: number;
  readonly decisionId: string;
  /** The largest safe integer where it was reported larger. */
  readonly rowsAffected: number;
  readonly reporter: string;
  readonly reporterOwner: string;
}

/** Undefined for other events. Throws WireError for bytes that are no message. */
export function readPast(stored: Uint8Array): PastDecision | PastOutcome | undefined {
  const reader = new WireReader(Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength));
  const envelope = { tenant: '', occurredAtMs: 0 };
  let past: Partial<PastDecision> | Partial<PastOutcome> | undefined;
  fields(reader, (tag) => {
    if (tag === TENANT) envelope.tenant = text(reader);
    else if (tag === OCCURRED_AT) envelope.occurredAtMs = number(reader);
    else if (tag === DECISION) past = reader.nested(readDecision);
    else if (tag === OUTCOME) past = reader.nested(readOutcome);
    else return false;
    return true;
  });
  return past && ({ ...past, ...envelope } as PastDecision | PastOutcome);
}

const bytesTag = (field: number) => (field << 3) | WIRE_BYTES;
const varintTag = (field: number) => (field << 3) | WIRE_VARINT;

const TENANT = bytesTag(5);
const OCCURRED_AT = varintTag(8);
const DECISION = bytesTag(20);
const OUTCOME = bytesTag(21);

const VERDICT_NAMES = Object.keys(VERDICT_NUMBERS) as VerdictName[];

type Changing<T> = { -readonly [K in keyof T]: T[K] };

function readDecision(reader: WireReader): Partial<PastDecision> {
  const past: Changing<Omit<PastDecision, 'tenant' | 'occurredAtMs'>> = {
    type: 'decision',
    decisionId: '',
    sessionId: '',
    subject: '',
    owner: '',
    // A verdict that this version does not know let nothing through.
    verdict: 'deny',
    failedStep: '',
    approvalStatus: '',
    reasons: [],
    labels: [],
    effects: [],
  };
  const reasons: PastDecision['reasons'][number][] = [];
  const effects: PastDecision['effects'][number][] = [];
  fields(reader, (tag) => {
    if (tag === bytesTag(1)) past.decisionId = text(reader);
    else if (tag === bytesTag(2)) reader.nested((inner) => readRequest(inner, past));
    else if (tag === varintTag(4)) past.verdict = verdictOf(number(reader));
    else if (tag === bytesTag(5)) reasons.push(reader.nested(readReason));
    else if (tag === bytesTag(8)) effects.push(reader.nested(readEffect));
    else if (tag === bytesTag(12)) past.approvalStatus = reader.nested(readStatus);
    else if (tag === bytesTag(15)) reader.nested((inner) => readSubject(inner, past));
    else if (tag === bytesTag(17)) past.failedStep = text(reader);
    else return false;
    return true;
  });
  return { ...past, reasons, effects };
}

function verdictOf(value: number): VerdictName {
  return VERDICT_NAMES.find((name) => VERDICT_NUMBERS[name] === value) ?? 'deny';
}

function readRequest(reader: WireReader, past: { sessionId: string; labels: readonly string[] }): void {
  const labels: string[] = [];
  fields(reader, (tag) => {
    if (tag === bytesTag(7)) past.sessionId = text(reader);
    else if (tag === bytesTag(5)) {
      reader.nested((resource) => fields(resource, (inner) => inner === bytesTag(4) && labels.push(text(resource)) > 0));
    } else return false;
    return true;
  });
  past.labels = labels;
}

function readReason(reader: WireReader): PastDecision['reasons'][number] {
  const reason = { rule: '', code: '', severity: '' };
  fields(reader, (tag) => {
    if (tag === bytesTag(1)) reason.rule = text(reader);
    else if (tag === bytesTag(2)) reason.code = text(reader);
    else if (tag === bytesTag(4)) reason.severity = text(reader);
    else return false;
    return true;
  });
  return reason;
}

function readEffect(reader: WireReader): PastDecision['effects'][number] {
  const targets: { type: string; name: string }[] = [];
  let kind = '';
  fields(reader, (tag) => {
    if (tag === bytesTag(1)) kind = text(reader);
    else if (tag === bytesTag(4)) targets.push(reader.nested(readTarget));
    else return false;
    return true;
  });
  return { kind, targets };
}

function readTarget(reader: WireReader): { type: string; name: string } {
  const target = { type: '', name: '' };
  fields(reader, (tag) => {
    if (tag === bytesTag(1)) target.type = text(reader);
    else if (tag === bytesTag(2)) target.name = text(reader);
    else return false;
    return true;
  });
  return target;
}

function readStatus(reader: WireReader): string {
  let status = '';
  fields(reader, (tag) => {
    if (tag !== bytesTag(3)) return false;
    status = text(reader);
    return true;
  });
  return status;
}

function readSubject(reader: WireReader, into: { subject: string; owner: string }): void {
  fields(reader, (tag) => {
    if (tag === bytesTag(1)) into.subject = text(reader);
    else if (tag === bytesTag(2)) into.owner = text(reader);
    else return false;
    return true;
  });
}

function readOutcome(reader: WireReader): Partial<PastOutcome> {
  const caller = { subject: '', owner: '' };
  let decisionId = '';
  let rowsAffected = 0;
  fields(reader, (tag) => {
    if (tag === bytesTag(1)) decisionId = text(reader);
    else if (tag === varintTag(4)) rowsAffected = number(reader);
    else if (tag === bytesTag(5)) reader.nested((inner) => readSubject(inner, caller));
    else return false;
    return true;
  });
  return { type: 'outcome', decisionId, rowsAffected, reporter: caller.subject, reporterOwner: caller.owner };
}

/** Calls `take` with each tag; what it does not take is passed over. */
function fields(reader: WireReader, take: (tag: number) => boolean): void {
  while (reader.at < reader.end) {
    const tag = reader.varint();
    if (!take(tag)) reader.skip(tag);
  }
}

/** An own copy, not a cut of the whole: some of these are kept for long. */
function text(reader: WireReader): string {
  const end = reader.fieldEnd();
  const start = reader.at;
  reader.at = end;
  return reader.buffer.toString('utf8', start, end);
}

const LONGEST_VARINT_BYTES = 10;

/** Of up to 64 bits, cut at the largest safe integer. */
function number(reader: WireReader): number {
  let value = 0;
  let scale = 1;
  for (let i = 0; i < LONGEST_VARINT_BYTES; i++) {
    if (reader.at >= reader.end) throw new WireError('the message ends in the middle of a field');
    const byte = reader.buffer[reader.at++] as number;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return Math.min(value, Number.MAX_SAFE_INTEGER);
    scale *= 128;
  }
  throw new WireError('a number is too large');
}
