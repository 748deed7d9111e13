/** What policy is asked with: only the members that the bundle looks at, most of them kept from earlier questions. */
import {
  type ApprovalFacts,
  approvalMember,
  contextMember,
  delegationMember,
  digestOfInput,
  hasMember,
  type InputMember,
  inputMember,
  type InputMembers,
  membersRead,
  modelJson,
  purposeMember,
  sessionJson,
  timeMember,
} from '@countersign/decision';
import type { Evaluator, PolicyBundle } from '@countersign/ports';
import type { RequestFacts, SubjectFacts } from '@countersign/wire';
import type { AskedSession } from './decided.ts';
import type { Placed } from './knowledge.ts';
import { TwoGenerationCache } from './two-generation-cache.ts';

/** Everything that goes into one input. */
export interface Asked {
  readonly facts: RequestFacts;
  readonly subject: InputMember;
  readonly placed: Placed;
  readonly intent: () => InputMember;
  readonly session: AskedSession | undefined;
  readonly approval: ApprovalFacts | undefined;
  readonly timeMs: number;
}

export interface Question {
  readonly input: readonly InputMember[];
  readonly inputDigest: Uint8Array;
  readonly members: InputMembers;
  /** The bundle that these members are meant for. */
  readonly bundle: PolicyBundle;
}

const CACHED_MODELS = 256;
const CACHED_UNITS = 1 << 16;

/** Which members a bundle is given, looked up once a bundle. */
interface Given {
  readonly bundle: PolicyBundle;
  readonly members: InputMembers;
  readonly delegation: boolean;
  readonly purpose: boolean;
  readonly intent: boolean;
  readonly session: boolean;
  readonly model: boolean;
  readonly context: boolean;
  readonly time: boolean;
}

/** The bundle may be swapped by a reload at any other turn: it is read in the turn that asks. */
export function openQuestions(policy: Pick<Evaluator, 'bundle'>): (asked: Asked) => Question {
  const models = new TwoGenerationCache<{ readonly provider: string; readonly member: InputMember }>(CACHED_MODELS, CACHED_UNITS);
  let given = givenTo(policy.bundle);
  let last: { readonly input: readonly InputMember[]; readonly digest: Uint8Array } | undefined;

  /** Members are kept as objects: the same objects again have the same digest. */
  function digestOf(input: readonly InputMember[]): Uint8Array {
    if (last === undefined || !isSame(last.input, input)) last = { input, digest: digestOfInput(input) };
    return last.digest;
  }

  /** By the model alone, so that no key has to be made: who provides it seldom changes. */
  function modelMember({ provider, model }: RequestFacts['model']): InputMember {
    const known = models.get(model);
    if (known?.provider === provider) return known.member;
    const member = inputMember('model', modelJson({ provider, model }), true);
    models.set(model, { provider, member });
    return member;
  }

  return ({ facts, subject, placed, intent, session, approval, timeMs }) => {
    const { bundle } = policy;
    if (bundle !== given.bundle) given = givenTo(bundle);
    const input: InputMember[] = [subject];
    if (given.delegation) input.push(delegationMember(facts.delegation.map(subjectInput)));
    for (const member of placed.matter(given.members)) input.push(member);
    if (given.purpose) input.push(purposeMember(facts.purpose));
    if (given.intent) input.push(intent());
    if (given.session) input.push(session?.member ?? inputMember('session', sessionJson(facts.sessionId, ''), false));
    if (given.model) input.push(modelMember(facts.model));
    if (given.context) input.push(contextMember(facts.contextJson));
    input.push(approvalMember(approval));
    if (given.time) input.push(timeMember(timeMs));
    return { input, inputDigest: digestOf(input), members: given.members, bundle };
  };
}

function isSame(a: readonly InputMember[], b: readonly InputMember[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function givenTo(bundle: PolicyBundle): Given {
  const members = membersRead(bundle.reads);
  return {
    bundle,
    members,
    delegation: hasMember(members, 'delegation'),
    purpose: hasMember(members, 'purpose'),
    intent: hasMember(members, 'intent'),
    session: hasMember(members, 'session'),
    model: hasMember(members, 'model'),
    context: hasMember(members, 'context'),
    time: hasMember(members, 'time'),
  };
}

export function subjectInput({ id, owner, attributesJson }: SubjectFacts) {
  return { id, owner, attributes: attributesJson };
}
