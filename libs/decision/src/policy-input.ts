/** The exact JSON that policy is asked with: one order of fields, so that a replay can rebuild the same bytes. */
import { sha256 } from '@countersign/kernel';

/** JSON bytes are copied in as they are: they must have passed `checkJson` at the edge, or they could forge other fields. */
export interface SubjectFacts {
  /** With its type: "agent:deploy-bot". */
  readonly id: string;
  /** Empty for none. */
  readonly owner: string;
  /** A JSON object; empty for none. */
  readonly attributes: Uint8Array;
}

export interface ApprovalFacts {
  readonly id: string;
  readonly grantId: string;
  /** valid | or why it does not count. */
  readonly status: string;
  readonly approvers: readonly string[];
}

export interface DecisionFacts {
  readonly subject: SubjectFacts;
  readonly delegation: readonly SubjectFacts[];
  readonly action: {
    readonly kind: string;
    readonly name: string;
    readonly dialect: string;
    readonly text: string;
    /** JSON; empty for none. */
    readonly payload: Uint8Array;
    /** Hex. */
    readonly digest: string;
  };
  /** The effects as a JSON array, already serialised by the analyser's cache. */
  readonly effectsJson: string;
  readonly resource: {
    readonly type: string;
    readonly id: string;
    readonly environment: string;
    readonly labels: readonly string[];
  };
  readonly purpose: string;
  /** What `intentJson` gives. */
  readonly intentJson: string;
  /** What `sessionJson` gives. */
  readonly sessionJson: string;
  readonly model: { readonly provider: string; readonly model: string };
  /** A JSON object; empty for none. */
  readonly context: Uint8Array;
  readonly approval: ApprovalFacts | undefined;
  /** Milliseconds since the Unix epoch; policy sees RFC 3339 in UTC. */
  readonly timeMs: number;
}

/**
 * Members of the input that many policies never look at. What a policy does not look at cannot change its answer, and costs it more to
 * parse than to judge, so it is left out. The order is the record's: only ever append.
 */
export const OPTIONAL_MEMBERS = [
  'delegation',
  'action.name',
  'action.dialect',
  'action.text',
  'action.payload',
  'action.digest',
  'resource.type',
  'resource.id',
  'purpose',
  'intent',
  'session',
  'model',
  'context',
  'time',
] as const;

export type OptionalMember = (typeof OPTIONAL_MEMBERS)[number];

/** One bit a member of OPTIONAL_MEMBERS, the first being the lowest. */
export type InputMembers = number;

const bit = (member: OptionalMember): number => 1 << OPTIONAL_MEMBERS.indexOf(member);

export const ALL_MEMBERS: InputMembers = 2 ** OPTIONAL_MEMBERS.length - 1;

/** What a policy has to be given that looks at `reads`: names up to two deep, `*` for everything; no list is everything too. */
export function membersRead(reads: readonly string[] | undefined): InputMembers {
  if (reads === undefined || reads.includes('*')) return ALL_MEMBERS;
  return OPTIONAL_MEMBERS.filter((member) =>
    reads.some((read) => read === member || read.startsWith(`${member}.`) || member.startsWith(`${read}.`)),
  ).reduce((sum, member) => sum + bit(member), 0);
}

export function hasMember(members: InputMembers, member: OptionalMember): boolean {
  return (members & bit(member)) !== 0;
}

/**
 * One member of the input as it is handed over: its value as JSON, and the SHA-256 of `name`, NUL and value. Members that come again
 * are kept as objects, so that neither digest nor the evaluator's own work on them (`kept`) is done twice.
 */
export interface InputMember {
  readonly member: string;
  readonly json: string;
  readonly digest: Uint8Array;
  /** False for one that is not kept. */
  readonly repeats: boolean;
  kept: unknown;
}

export function inputMember(member: string, json: string, repeats: boolean): InputMember {
  return { member, json, digest: sha256(Buffer.from(`${member}\0${json}`)), repeats, kept: undefined };
}

const DIGEST_BYTES = 32;
const digests = Buffer.alloc(DIGEST_BYTES * 16);

/** SHA-256 over the digests of the members, in their order: what a record says of the input. */
export function digestOfInput(members: readonly InputMember[]): Buffer {
  members.forEach(({ digest }, index) => digests.set(digest, index * DIGEST_BYTES));
  return sha256(digests.subarray(0, members.length * DIGEST_BYTES));
}

/** The parts of the input that are the same whenever this action is asked for on this resource. */
export type MatterFacts = Pick<DecisionFacts, 'action' | 'effectsJson' | 'resource'>;

/** `action`, `effects` and `resource`. */
export function matterMembers(
  { action, effectsJson, resource }: MatterFacts,
  members: InputMembers,
  repeats: boolean,
): readonly InputMember[] {
  const given = (member: OptionalMember, json: () => string): string => (hasMember(members, member) ? json() : '');
  return [
    inputMember(
      'action',
      `{"kind":${quote(action.kind)}${given('action.name', () => `,"name":${quote(action.name)}`)}` +
        given('action.dialect', () => `,"dialect":${quote(action.dialect)}`) +
        given('action.text', () => `,"text":${quote(action.text)}`) +
        given('action.payload', () => `,"payload":${fragment(action.payload, 'null')}`) +
        `${given('action.digest', () => `,"digest":${quote(action.digest)}`)}}`,
      repeats,
    ),
    inputMember('effects', effectsJson, repeats),
    inputMember(
      'resource',
      `{${given('resource.type', () => `"type":${quote(resource.type)},`)}` +
        given('resource.id', () => `"id":${quote(resource.id)},`) +
        `"environment":${quote(resource.environment)},"labels":${texts(resource.labels)}}`,
      repeats,
    ),
  ];
}

/** The whole input as members, for who keeps none of them. */
export function policyMembers(facts: DecisionFacts, members: InputMembers = ALL_MEMBERS): readonly InputMember[] {
  return [
    inputMember('subject', policySubject(facts.subject), false),
    ...(hasMember(members, 'delegation') ? [delegationMember(facts.delegation)] : []),
    ...matterMembers(facts, members, false),
    ...(hasMember(members, 'purpose') ? [inputMember('purpose', quote(facts.purpose), false)] : []),
    ...(hasMember(members, 'intent') ? [inputMember('intent', facts.intentJson, false)] : []),
    ...(hasMember(members, 'session') ? [inputMember('session', facts.sessionJson, false)] : []),
    ...(hasMember(members, 'model') ? [inputMember('model', modelJson(facts.model), false)] : []),
    ...(hasMember(members, 'context') ? [inputMember('context', fragment(facts.context, '{}'), false)] : []),
    approvalMember(facts.approval),
    ...(hasMember(members, 'time') ? [timeMember(facts.timeMs)] : []),
  ];
}

/** The policy input of DESIGN §5 as JSON text. Empty payload is null, empty attributes and context are `{}`. */
export function policyInput(facts: DecisionFacts, members: InputMembers = ALL_MEMBERS): string {
  return inputText(policyMembers(facts, members));
}

export function inputText(members: readonly InputMember[]): string {
  return `{${members.map(({ member, json }) => `${quote(member)}:${json}`).join(',')}}`;
}

export function delegationMember(chain: readonly SubjectFacts[]): InputMember {
  return chain.length === 0 ? NO_DELEGATION : inputMember('delegation', `[${chain.map(policySubject).join(',')}]`, false);
}

export function purposeMember(purpose: string): InputMember {
  return inputMember('purpose', quote(purpose), false);
}

export function contextMember(context: Uint8Array): InputMember {
  return context.length === 0 ? NO_CONTEXT : inputMember('context', fragment(context, '{}'), false);
}

export function approvalMember(approval: ApprovalFacts | undefined): InputMember {
  return approval === undefined ? NO_APPROVAL : inputMember('approval', approvalText(approval), false);
}

export function timeMember(timeMs: number): InputMember {
  return inputMember('time', `"${new Date(timeMs).toISOString()}"`, false);
}

const NO_DELEGATION = inputMember('delegation', '[]', true);
const NO_CONTEXT = inputMember('context', '{}', true);
const NO_APPROVAL = inputMember('approval', 'null', true);

export function modelJson({ provider, model }: DecisionFacts['model']): string {
  return `{"provider":${quote(provider)},"model":${quote(model)}}`;
}

/** `input.session`: the request's session_id, and what came before as the memory gives it; the latter empty for nothing. */
export function sessionJson(sessionId: string, members: string): string {
  return `{"id":${quote(sessionId)}${members}}`;
}

/** One subject as policy sees it. */
export function policySubject({ id, owner, attributes }: SubjectFacts): string {
  // Without a colon there is no type; policy treats that as unknown.
  const type = id.slice(0, Math.max(0, id.indexOf(':')));
  return `{"type":${quote(type)},"id":${quote(id)},"owner":${quote(owner)},"attributes":${fragment(attributes, '{}')}}`;
}

function approvalText({ id, grantId, status, approvers }: ApprovalFacts): string {
  return `{"id":${quote(id)},"status":${quote(status)},"approvers":${texts(approvers)},"grant_id":${quote(grantId)}}`;
}

function texts(list: readonly string[]): string {
  return list.length === 0 ? '[]' : JSON.stringify(list);
}

function fragment(bytes: Uint8Array, absent: string): string {
  return bytes.length === 0 ? absent : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** What JSON writes as it is: printable ASCII but quote and backslash. */
const PLAIN = /^[ !#-[\]-~]*$/;
const PLAIN_CAP_CHARS = 256;

/** Most of these texts are short and plain; asking costs a fraction of what serialising does. */
function quote(text: string): string {
  return text.length <= PLAIN_CAP_CHARS && PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
