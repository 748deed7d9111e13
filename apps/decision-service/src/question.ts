/** What policy is asked with, as bytes: only the members that the bundle looks at, put together from parts that repeat. */
import {
  type ApprovalFacts,
  hasMember,
  type InputMembers,
  membersRead,
  policyClosing,
  policyOpening,
  sessionJson,
} from '@countersign/decision';
import { sha256 } from '@countersign/kernel';
import type { Evaluator, PolicyBundle } from '@countersign/ports';
import type { RequestFacts, SubjectFacts } from '@countersign/wire';
import type { AskedSession } from './decided.ts';
import type { Placed } from './knowledge.ts';

/** Everything that goes into one input. */
export interface Asked {
  readonly facts: RequestFacts;
  /** What `policySubject` gives of its subject. */
  readonly subjectJson: string;
  readonly placed: Placed;
  readonly intentJson: () => string;
  readonly session: AskedSession | undefined;
  readonly approval: ApprovalFacts | undefined;
  readonly timeMs: number;
}

export interface Question {
  /** A view that holds until the next question: to be evaluated in the same turn. */
  readonly input: Buffer;
  readonly inputDigest: Uint8Array;
  readonly members: InputMembers;
  /** The bundle that these members are meant for. */
  readonly bundle: PolicyBundle;
}

/** The bundle may be swapped by a reload at any other turn: it is read in the turn that asks. */
export function openQuestions(policy: Pick<Evaluator, 'bundle'>): (asked: Asked) => Question {
  let buffer = Buffer.allocUnsafeSlow(16_384);
  let known: PolicyBundle | undefined;
  let members: InputMembers = 0;
  let chain = true;
  let intent = true;

  return ({ facts, subjectJson, placed, intentJson, session, approval, timeMs }) => {
    const { bundle } = policy;
    if (bundle !== known) {
      known = bundle;
      members = membersRead(bundle.reads);
      chain = hasMember(members, 'delegation');
      intent = hasMember(members, 'intent');
    }
    const opening = policyOpening(subjectJson, chain ? facts.delegation.map(subjectInput) : [], members);
    const closing = policyClosing(
      {
        purpose: facts.purpose,
        intentJson: intent ? intentJson() : '',
        sessionJson: session?.json ?? sessionJson(facts.sessionId, ''),
        model: facts.model,
        context: facts.contextJson,
        approval,
        timeMs,
      },
      members,
    );
    const matter = placed.matter(members);
    const most = opening.length * 3 + matter.length + closing.length * 3;
    if (most > buffer.length) buffer = Buffer.allocUnsafeSlow(most * 2);
    let at = buffer.write(opening, 0, 'utf8');
    at += matter.copy(buffer, at);
    at += buffer.write(closing, at, 'utf8');
    const input = buffer.subarray(0, at);
    return { input, inputDigest: sha256(input), members, bundle };
  };
}

export function subjectInput({ id, owner, attributesJson }: SubjectFacts) {
  return { id, owner, attributes: attributesJson };
}
