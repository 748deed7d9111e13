/** Who may decide about whom: the separation of people (promise 4). No role is exempt. */
import { isPerson } from '@countersign/kernel';
import type { Actor } from './commands.ts';
import type { Matter } from './state.ts';

/** One natural person has one key, however the id is spelled; an id without a type is taken for a person's. Empty for nobody. */
export function personKey(id: string): string {
  const key = id.trim().toLowerCase();
  if (key === '') return '';
  return key.includes(':') ? key : `person:${key}`;
}

export function samePerson(a: string, b: string): boolean {
  return personKey(a) !== '' && personKey(a) === personKey(b);
}

/**
 * The natural persons among these subjects and their owners, each once, in the order met: requester, delegation chain and the
 * owner of the token that asked.
 */
export function involvedPersons(behind: readonly { readonly id: string; readonly owner: string }[]): string[] {
  const keys = behind.flatMap(({ id, owner }) => [personKey(id), personKey(owner)]);
  return [...new Set(keys.filter(isPerson))];
}

/** Whether the actor, or the person it belongs to, stands behind the request. */
export function isInvolved(actor: Actor, matter: Matter): boolean {
  const behind = [matter.requester, ...matter.involved];
  return [actor.subject, actor.owner].some((id) => behind.some((other) => samePerson(id, other)));
}

/** Whether this actor could ever vote on this: a natural person, with the role, among the reviewers. */
export function isEligible(actor: Actor, matter: Matter): boolean {
  if (!isPerson(actor.subject) || !actor.roles.includes('approver')) return false;
  const { reviewers } = matter.requirement;
  return reviewers.length === 0 || reviewers.some((reviewer) => matchesReviewer(actor, reviewer));
}

/** "role:…" or a subject id. Anything else (a group, until groups exist) matches nobody. */
function matchesReviewer(actor: Actor, reviewer: string): boolean {
  if (reviewer.startsWith('role:')) return actor.roles.includes(reviewer.slice('role:'.length));
  return samePerson(actor.subject, reviewer);
}
