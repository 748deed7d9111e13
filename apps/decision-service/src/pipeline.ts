/**
 * The pipeline of a decision, in one room and one direction:
 * normalise ▶ analyse ▶ evaluate ▶ verdict ▶ mask ▶ append ▶ answer. (Authentication came before, at the transport.)
 */
import {
  type CountedDecision,
  failedDecision,
  type InputMember,
  inputMember,
  type PolicyAnswer,
  policySubject,
} from '@countersign/decision';
import { messageOf, type Principal, toHex } from '@countersign/kernel';
import {
  type DecisionAnswer,
  deniedInstead,
  encodeCaller,
  encodeDecideResponse,
  encodeDecisionEvent,
  encodeSubject,
  type RecordedDecision,
  type SubjectFacts,
  withPosition,
} from '@countersign/wire';
import { answerFor, type Decided, eventFor } from './decided.ts';
import type { DecisionDeps } from './deps.ts';
import { createIdSource } from './id-source.ts';
import { openIntents } from './intents.ts';
import { encodeJudgement, openJudge } from './judge.ts';
import { type Knowledge, openKnowledgeBase } from './knowledge.ts';
import { openRequestMasker } from './mask-request.ts';
import { countedOf } from './memory/counted.ts';
import { openViews, type Track } from './memory/views.ts';
import { normalise, type NormalisedRequest } from './normalise.ts';
import { type Evaluated, noGrant, type Presented, presentGrant } from './presented-grant.ts';
import type { RecordedAnswer, Recall } from './recall.ts';
import { digestContent, placeAction } from './place.ts';
import { openQuestions, subjectInput } from './question.ts';
import { TwoGenerationCache } from './two-generation-cache.ts';

export interface Pipeline {
  /** DecideRequest bytes in, DecideResponse bytes out. Throws Refused for a request that cannot be decided. */
  decide(request: Buffer, principal: Principal): Promise<Buffer>;
}

/** One request on its way to policy. */
interface Question extends Omit<Decided, 'presented' | 'contentDigest'> {
  readonly subject: SubjectParts;
  readonly evaluate: (approval: Presented['approval']) => Evaluated;
}

interface Decision {
  readonly answer: DecisionAnswer;
  readonly event: RecordedDecision;
  readonly judged: PolicyAnswer;
  readonly counted: CountedDecision;
  readonly track: Track;
}

/** A subject in the two forms that are needed of it. */
interface SubjectParts {
  readonly owner: string;
  /** As policy sees it. */
  readonly member: InputMember;
  /** event.v1.Subject. */
  readonly encoded: Buffer;
}

const NO_PAST = failedDecision(
  'memory',
  'What came before this action cannot be known for now, so it is a deny. Try again in a moment.',
  'UNAVAILABLE',
);
const NO_BYTES: Uint8Array = new Uint8Array(0);
const CACHED_SUBJECTS = 4_096;
const CACHED_SUBJECT_UNITS = 1 << 20;

export function openPipeline(deps: DecisionDeps, recall: Recall): Pipeline {
  const { policy, clock, masker, producer, keys, memory } = deps;
  const knowledgeBase = openKnowledgeBase(deps.analyser, masker, policy);
  const judge = openJudge(policy, masker);
  const requestMasker = openRequestMasker(masker);
  const nextId = createIdSource(clock);
  const intentOf = openIntents();
  const questionOf = openQuestions(policy);
  const views = openViews(memory);
  const subjects = new TwoGenerationCache<SubjectParts>(CACHED_SUBJECTS, CACHED_SUBJECT_UNITS);
  const callers = new WeakMap<Principal, Buffer>();
  let policyDigestText = '';
  let policyDigestOf: Uint8Array = NO_BYTES;

  function decide(bytes: Buffer, principal: Principal): Promise<Buffer> {
    const request = normalise(bytes, principal, deps.ownerOf);
    requestMasker.refuseSecretKeys(request.facts);
    if (request.facts.requestId === '') return decideOnce(request, NO_BYTES).then(responseOf);
    const contentDigest = digestContent(request.facts, request.grant, keys.digestKey);
    const { requestId, subject } = request.facts;
    return recall.once({ tenant: principal.tenant, subject: subject.id, requestId, contentDigest }, () =>
      decideOnce(request, contentDigest),
    );
  }

  /** Known text and no grant: everything up to the append happens in this turn, and nothing of it is held while the disk works. */
  function decideOnce(request: NormalisedRequest, contentDigest: Uint8Array): Promise<RecordedAnswer> {
    const knowledge = knowledgeBase.now(request.facts.action, request.facts.resource.id);
    if (knowledge === undefined || request.grant !== '') return decideInSteps(request, knowledge, contentDigest);
    const question = ask(request, knowledge);
    return record(decisionOf(question, noGrant(question.evaluate(undefined)), contentDigest));
  }

  async function decideInSteps(
    request: NormalisedRequest,
    known: Knowledge | undefined,
    contentDigest: Uint8Array,
  ): Promise<RecordedAnswer> {
    const question = ask(request, known ?? (await knowledgeBase.later(request.facts.action, request.facts.resource.id)));
    const { placed, decisionId, timeMs, evaluate } = question;
    const presented =
      request.grant === ''
        ? noGrant(evaluate(undefined))
        : await presentGrant(deps, { request, actionDigest: placed.actionDigest, decisionId, timeMs }, evaluate);
    return record(decisionOf(question, presented, contentDigest));
  }

  function ask(request: NormalisedRequest, knowledge: Knowledge): Question {
    const { facts } = request;
    const timeMs = clock.nowMs();
    const placed = placeAction(request.facts, knowledge, keys.digestKey);
    // Before policy speaks: what it says about the request must not quote a secret either.
    const recordable = requestMasker.mask(facts, knowledge);
    const { sessionId } = facts;
    const subject = subjectParts(facts.subject);
    // By the ids alone, which are never masked: so the record's own are the same.
    const track = views.trackOf(request.principal.tenant, sessionId, facts.subject.id, facts.subject.owner);
    const session = views.before(track, timeMs);
    const evaluate = (approval: Presented['approval']) => {
      const { input, inputDigest, members, bundle } = questionOf({
        facts,
        subject: subject.member,
        placed,
        intent: () => intentOf(facts, knowledge.effects),
        session,
        approval,
        timeMs,
      });
      const judgement = session ? judge.judge(input, recordable.secrets) : encodeJudgement(NO_PAST, masker);
      return { inputDigest, inputMembers: members, policyDigest: bundle.digest, judgement };
    };
    return { request, knowledge, placed, recordable, subject, track, session, decisionId: nextId(), timeMs, evaluate };
  }

  function decisionOf(question: Question, presented: Presented, contentDigest: Uint8Array): Decision {
    const decided: Decided = { ...question, presented, contentDigest };
    const answer = answerFor(decided, digestText(presented.policyDigest));
    const { request, recordable } = question;
    const isOwn = recordable.facts.subject === request.facts.subject;
    const event = eventFor(decided, answer, {
      caller: callerBytes(request.principal),
      subject: (isOwn ? question.subject : subjectParts(recordable.facts.subject)).encoded,
      sealKey: keys.sealKey,
    });
    return { answer, event, judged: presented.judgement.answer, counted: countedOf(decided), track: question.track };
  }

  /** Encodes both at once: while thousands of answers wait for the disk, each is two buffers and not a tree of objects. */
  function record({ answer, event, judged, counted, track }: Decision): Promise<RecordedAnswer> {
    const appended = producer.publishEncoded(recordKey(event), (stamp) => encodeDecisionEvent(event, stamp));
    views.begin(track, counted);
    return settle(appended, encodeDecideResponse(answer), { judged, counted, track, plain: event.contentDigest.length === 0 });
  }

  async function settle(
    appended: ReturnType<typeof producer.publishEncoded>,
    response: Buffer,
    { judged, counted, track, plain }: Pick<Decision, 'judged' | 'counted' | 'track'> & { readonly plain: boolean },
  ): Promise<RecordedAnswer> {
    try {
      const [position] = await appended;
      if (position) memory.durable(counted, position.offset);
      if (position && plain) recall.passed(position.offset);
      deps.count(judged);
      return { response: position ? withPosition(response, position) : response, durable: true };
    } catch (error) {
      views.lost(track, counted);
      deps.log(`a decision could not be recorded and was answered with deny: ${messageOf(error)}`);
      // Promise 1: what could not be made durable is answered with deny, whatever policy said.
      const deny = failedDecision(
        'append',
        `The decision could not be recorded, so it is a deny: ${messageOf(error)}`,
        'UNAVAILABLE',
      );
      deps.count(deny);
      return { response: deniedInstead(response, encodeJudgement(deny, masker).answer.reasons), durable: false };
    }
  }

  function digestText(digest: Uint8Array): string {
    if (digest !== policyDigestOf) {
      policyDigestOf = digest;
      policyDigestText = `sha256:${toHex(digest)}`;
    }
    return policyDigestText;
  }

  /** Subjects repeat from request to request; those with attributes are not worth keeping. */
  function subjectParts(subject: SubjectFacts): SubjectParts {
    const cacheable = subject.attributesJson.length === 0;
    const known = cacheable ? subjects.get(subject.id) : undefined;
    if (known?.owner === subject.owner) return known;
    const member = inputMember('subject', policySubject(subjectInput(subject)), cacheable);
    const parts = { owner: subject.owner, member, encoded: encodeSubject(subject) };
    if (cacheable) subjects.set(subject.id, parts);
    return parts;
  }

  function callerBytes(principal: Principal): Buffer {
    const known = callers.get(principal);
    if (known) return known;
    const encoded = encodeCaller(principal);
    callers.set(principal, encoded);
    return encoded;
  }

  return { decide };
}

function recordKey(event: RecordedDecision): string {
  return `${event.tenant}/${event.stream.slice('session/'.length)}`;
}

function responseOf(answer: RecordedAnswer): Buffer {
  return answer.response;
}
