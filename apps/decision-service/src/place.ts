/** Keyed digests: of an action on its resource, which approvals are bound to, and of a whole request, which repeats are compared by. */
import {
  canonicalAction,
  type InputMember,
  type InputMembers,
  type MatterFacts,
  matterMembers,
  scoreRisk,
} from '@countersign/decision';
import { hmacSha256, toHex } from '@countersign/kernel';
import { encodeRecordedRequest, encodeRiskParts, type RequestFacts, type ResourceFacts } from '@countersign/wire';
import { type Knowledge, type Placed, rememberPlace } from './knowledge.ts';

/** Digest, policy matter and risk of an action on its resource; remembered with what is known of its text. `key` is 32 bytes. */
export function placeAction({ resource, action }: RequestFacts, knowledge: Knowledge, key: Uint8Array): Placed {
  const cacheable = action.payloadJson.length === 0;
  const { latest } = knowledge;
  if (cacheable && latest !== undefined && isSame(latest.resource, resource)) return latest;
  const name = `${resource.type}\0${resource.id}\0${resource.environment}\0${resource.labels.join('\0')}`;
  const known = cacheable ? knowledge.places.get(name) : undefined;
  if (known) return (knowledge.latest = known);
  const { kind, name: tool, text, dialect, payloadJson: payload } = action;
  const actionDigest = hmacSha256(key, canonicalAction({ kind, name: tool, text, dialect, payload, resource }));
  const described = { kind, name: tool, text, dialect, payload, digest: toHex(actionDigest) };
  const matter = matterOf({ action: described, effectsJson: knowledge.effectsJson, resource }, cacheable);
  const score = scoreRisk(knowledge.effects, resource.environment, resource.labels);
  const placed = { resource, actionDigest, matter, score, riskParts: encodeRiskParts(score.parts), deeds: new Map() };
  if (cacheable) rememberPlace(knowledge, name, placed);
  return (knowledge.latest = placed);
}

function isSame(a: ResourceFacts, b: ResourceFacts): boolean {
  if (a.id !== b.id || a.type !== b.type || a.environment !== b.environment || a.labels.length !== b.labels.length) return false;
  for (let i = 0; i < a.labels.length; i++) if (a.labels[i] !== b.labels[i]) return false;
  return true;
}

/** Built once for what the present policy looks at, and again where another policy looks at something else. */
function matterOf(facts: MatterFacts, repeats: boolean): Placed['matter'] {
  let built: readonly InputMember[] | undefined;
  let builtFor: InputMembers = 0;
  return (members) => {
    if (built === undefined || builtFor !== members) {
      built = matterMembers(facts, members, repeats);
      builtFor = members;
    }
    return built;
  };
}

/** Of the whole request, the grant included; the encoding is the same for the same facts, whatever order they came in. */
export function digestContent(facts: RequestFacts, grant: string, key: Uint8Array): Buffer {
  return hmacSha256(key, Buffer.concat([encodeRecordedRequest(facts), Buffer.from(`\0${grant}`)]));
}
