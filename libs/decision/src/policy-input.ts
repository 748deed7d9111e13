/** The exact JSON that policy is asked with: one order of fields, so that a replay can rebuild the same bytes. */

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

const DELEGATION = bit('delegation');
const NAME = bit('action.name');
const DIALECT = bit('action.dialect');
const TEXT = bit('action.text');
const PAYLOAD = bit('action.payload');
const DIGEST = bit('action.digest');
const TYPE = bit('resource.type');
const ID = bit('resource.id');
const PURPOSE = bit('purpose');
const INTENT = bit('intent');
const SESSION = bit('session');
const MODEL = bit('model');
const CONTEXT = bit('context');
const TIME = bit('time');

/** The part of the input that is the same whenever this action is asked for on this resource. */
export type MatterFacts = Pick<DecisionFacts, 'action' | 'effectsJson' | 'resource'>;

/** Its members, to be kept: serialising a long text costs more than everything else. */
export function policyMatter({ action, effectsJson, resource }: MatterFacts, members: InputMembers = ALL_MEMBERS): string {
  const given = (member: number, json: () => string): string => ((members & member) === 0 ? '' : json());
  return (
    `"action":{"kind":${quote(action.kind)}${given(NAME, () => `,"name":${quote(action.name)}`)}` +
    given(DIALECT, () => `,"dialect":${quote(action.dialect)}`) +
    given(TEXT, () => `,"text":${quote(action.text)}`) +
    given(PAYLOAD, () => `,"payload":${fragment(action.payload, 'null')}`) +
    given(DIGEST, () => `,"digest":${quote(action.digest)}`) +
    `},"effects":${effectsJson},"resource":{` +
    given(TYPE, () => `"type":${quote(resource.type)},`) +
    given(ID, () => `"id":${quote(resource.id)},`) +
    `"environment":${quote(resource.environment)},"labels":${texts(resource.labels)}}`
  );
}

/** The policy input of DESIGN §5 as JSON text. Empty payload is null, empty attributes and context are `{}`. */
export function policyInput(facts: DecisionFacts, members: InputMembers = ALL_MEMBERS): string {
  const opening = policyOpening(policySubject(facts.subject), facts.delegation, members);
  return `${opening}${policyMatter(facts, members)}${policyClosing(facts, members)}`;
}

/** The input up to its matter; `subject` is what `policySubject` gave. */
export function policyOpening(subject: string, chain: readonly SubjectFacts[], members: InputMembers = ALL_MEMBERS): string {
  return (members & DELEGATION) === 0 ? `{"subject":${subject},` : `{"subject":${subject},"delegation":${delegation(chain)},`;
}

export type ClosingFacts = Pick<
  DecisionFacts,
  'purpose' | 'intentJson' | 'sessionJson' | 'model' | 'context' | 'approval' | 'timeMs'
>;

/** The input after its matter. */
export function policyClosing(facts: ClosingFacts, members: InputMembers = ALL_MEMBERS): string {
  const { model, approval } = facts;
  let json = '';
  if ((members & PURPOSE) !== 0) json += `,"purpose":${quote(facts.purpose)}`;
  if ((members & INTENT) !== 0) json += `,"intent":${facts.intentJson}`;
  if ((members & SESSION) !== 0) json += `,"session":${facts.sessionJson}`;
  if ((members & MODEL) !== 0) json += `,"model":{"provider":${quote(model.provider)},"model":${quote(model.model)}}`;
  if ((members & CONTEXT) !== 0) json += `,"context":${fragment(facts.context, '{}')}`;
  json += `,"approval":${approval === undefined ? 'null' : approvalText(approval)}`;
  if ((members & TIME) !== 0) json += `,"time":"${new Date(facts.timeMs).toISOString()}"`;
  return `${json}}`;
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

function delegation(chain: readonly SubjectFacts[]): string {
  return chain.length === 0 ? '[]' : `[${chain.map(policySubject).join(',')}]`;
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
