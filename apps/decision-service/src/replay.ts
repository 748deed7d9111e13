/** Rebuilds from a recorded decision what policy was asked, bit for bit, and asks again: the same policy, or another one. */
import { fromBinary } from '@bufbuild/protobuf';
import type { Analyser } from '@countersign/action';
import {
  ALL_MEMBERS,
  answerOrDeny,
  canonicalAction,
  digestOfInput,
  type DecisionFacts,
  failedDecision,
  type InputMembers,
  inputText,
  lengthenSession,
  intentJson,
  membersRead,
  type PolicyAnswer,
  policyInput,
  policyMembers,
  sessionJson,
} from '@countersign/decision';
import {
  type ActionKind,
  type Effect,
  equalBytes,
  err,
  hmacSha256,
  messageOf,
  ok,
  type Result,
  toHex,
} from '@countersign/kernel';
import type { Evaluator } from '@countersign/ports';
import { event } from '@countersign/proto';
import { decodeEvent } from '@countersign/wire';
import { plainEffect } from './knowledge.ts';
import { unseal } from './seal.ts';

export interface ReplayTools {
  /** 32 bytes; needed where masking changed the request. */
  readonly sealKey: Uint8Array;
  /** 32 bytes; proves that the action is the one that was decided, whatever of it policy looked at. */
  readonly digestKey: Uint8Array;
  /** Reads a masked action again: its effects are recorded masked. */
  readonly analyser: Pick<Analyser, 'analyse'>;
}

export interface Replayed {
  /** The object that policy was asked with, as JSON: the digest over its members is the recorded one. */
  readonly input: Buffer;
  /** 32 bytes, over the rebuilt members. */
  readonly inputDigest: Uint8Array;
  /** What this evaluator says to them. A decision with a failed step was a deny whatever policy said. */
  readonly answer: PolicyAnswer;
}

type RecordedSubject = Pick<event.Subject, 'id' | 'owner' | 'attributesJson'>;

/** `stored` is the event's bytes as they lie in the journal. The error says why the input could not be rebuilt. */
export async function replayDecision(
  stored: Uint8Array,
  tools: ReplayTools,
  evaluator: Pick<Evaluator, 'evaluate' | 'bundle'>,
): Promise<Result<Replayed, string>> {
  const facts = await rebuildFacts(stored, tools);
  if (!facts.ok) return facts;
  const { asked, members } = facts.value;
  // Another policy may look at members that the one of that day was not given.
  const question = Buffer.from(policyInput(asked, membersRead(evaluator.bundle.reads)));
  const given = policyMembers(asked, members);
  return ok({ input: Buffer.from(inputText(given)), inputDigest: digestOfInput(given), answer: ask(evaluator, question) });
}

interface Rebuilt {
  readonly asked: DecisionFacts;
  readonly members: InputMembers;
}

async function rebuildFacts(stored: Uint8Array, tools: ReplayTools): Promise<Result<Rebuilt, string>> {
  const envelope = decodeEvent(stored);
  if (envelope.data.case !== 'decisionRecorded') return err(`${envelope.type} is no decision`);
  const recorded = envelope.data.value;
  const asked = originalOf(recorded, tools.sealKey);
  if (!asked.ok) return asked;
  if (!equalBytes(digestOf(asked.value.request, tools.digestKey), recorded.actionDigest)) {
    return err(
      'the recorded action has another digest than the decided one: the record was changed, or this is not its digest key',
    );
  }
  const timeMs = Number(envelope.occurredAtMs);
  const members = recorded.inputMembers === 0 ? ALL_MEMBERS : recorded.inputMembers - 1;
  const proven = (facts: DecisionFacts) => equalBytes(digestOfInput(policyMembers(facts, members)), recorded.inputDigest);
  const told = factsOf(recorded, asked.value, recorded.effects.map(effectOf), timeMs);
  if (proven(told)) return ok({ asked: told, members });
  const { kind = '', name = '', text = '', dialect = '', payloadJson = NO_BYTES } = asked.value.request.action ?? {};
  const target = asked.value.request.resource?.id ?? '';
  const action = { kind: kind as ActionKind, name, text, dialect, target, ...(payloadJson.length > 0 && { payloadJson }) };
  const analysed = factsOf(recorded, asked.value, (await tools.analyser.analyse(action)).effects, timeMs);
  if (proven(analysed)) return ok({ asked: analysed, members });
  return err(
    'the rebuilt input has another digest than the recorded one: the action is read differently now, or was not recorded whole',
  );
}

interface Asked {
  readonly request: event.RecordedRequest;
  readonly subject: RecordedSubject;
}

/** The sealed original holds the completed subject; beside an unsealed request it is recorded on its own. */
function originalOf(recorded: event.DecisionRecorded, sealKey: Uint8Array): Result<Asked, string> {
  if (!recorded.request) return err('the record holds no request');
  if (!recorded.sealed) return ok({ request: recorded.request, subject: recorded.subject ?? NOBODY });
  const opened = unseal(sealKey, recorded.decisionId, recorded.sealed);
  if (!opened.ok) return opened;
  const request = fromBinary(event.RecordedRequestSchema, opened.value);
  return ok({ request, subject: request.subject ?? NOBODY });
}

function digestOf({ action, resource }: event.RecordedRequest, key: Uint8Array): Uint8Array {
  const { kind = '', name = '', text = '', dialect = '', payloadJson: payload = NO_BYTES } = action ?? {};
  const { type = '', id = '', environment = '' } = resource ?? {};
  return hmacSha256(key, canonicalAction({ kind, name, text, dialect, payload, resource: { type, id, environment } }));
}

function factsOf(
  recorded: event.DecisionRecorded,
  { request, subject }: Asked,
  effects: readonly Effect[],
  timeMs: number,
): DecisionFacts {
  const { action, resource, model } = request;
  const { approvalPresented: presented } = recorded;
  return {
    subject: subjectOf(subject),
    delegation: request.delegation.map(subjectOf),
    action: {
      kind: action?.kind ?? '',
      name: action?.name ?? '',
      dialect: action?.dialect ?? '',
      text: action?.text ?? '',
      payload: action?.payloadJson ?? NO_BYTES,
      digest: toHex(recorded.actionDigest),
    },
    effectsJson: JSON.stringify(effects.map(plainEffect)),
    resource: {
      type: resource?.type ?? '',
      id: resource?.id ?? '',
      environment: resource?.environment ?? '',
      labels: resource?.labels ?? [],
    },
    purpose: request.purpose,
    intentJson: intentJson(request.purpose, request.declaredEffects, effects),
    sessionJson:
      recorded.sessionJson.length === 0
        ? sessionJson(request.sessionId, '')
        : lengthenSession(Buffer.from(recorded.sessionJson).toString()),
    model: { provider: model?.provider ?? '', model: model?.model ?? '' },
    context: request.contextJson,
    approval: presented && {
      id: presented.approvalId,
      grantId: presented.grantId,
      status: presented.status,
      approvers: presented.approvers,
    },
    timeMs,
  };
}

function ask(evaluator: Pick<Evaluator, 'evaluate'>, input: Buffer): PolicyAnswer {
  try {
    return answerOrDeny(evaluator.evaluate(input));
  } catch (thrown) {
    return failedDecision('evaluate', `The policy failed: ${messageOf(thrown)}`);
  }
}

function subjectOf({ id, owner, attributesJson }: RecordedSubject) {
  return { id, owner, attributes: attributesJson };
}

function effectOf({ kind, scope, reversible, targets, span, via, why }: event.Effect): Effect {
  // The record holds the analyser's own words; whether they are still the same is what the digest proves.
  const words = { kind, scope, reversible } as Pick<Effect, 'kind' | 'scope' | 'reversible'>;
  return { ...words, targets, span: { start: span?.start ?? 0, end: span?.end ?? 0 }, via, why };
}

const NO_BYTES = new Uint8Array(0);
const NOBODY: RecordedSubject = { id: '', owner: '', attributesJson: NO_BYTES };
