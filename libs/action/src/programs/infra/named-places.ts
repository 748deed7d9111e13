/** What options name beside the operands: the namespace that a command works in, and the role or principal of a grant. */
import type { Effect, EffectTarget } from '@countersign/kernel';
import type { Call, Refine } from '../program.ts';

/** Option → type of target; of effects that change privileges. */
const GRANTS: Readonly<Record<string, string>> = {
  '--clusterrole': 'clusterrole',
  '--role': 'role',
  '--role-name': 'role',
  '--policy-arn': 'policy',
  '--member': 'principal',
  '--user': 'user',
  '--user-name': 'user',
  '--group': 'group',
  '--group-name': 'group',
  '--serviceaccount': 'serviceaccount',
  '--assignee': 'principal',
  '--principal': 'principal',
  '--acl': 'principal',
};

/** Rules look for roles and principals by name: a grant that hides them in options must show them. */
export function withGrants(call: Call, found: readonly Effect[]): readonly Effect[] {
  if (!found.some(({ kind }) => kind === 'privilege_change')) return found;
  const named = Object.entries(GRANTS).flatMap(([option, type]) => valuesOf(call, option, type));
  if (named.length === 0) return found;
  return found.map((effect) =>
    effect.kind === 'privilege_change' ? { ...effect, targets: [...effect.targets, ...named] } : effect,
  );
}

/** For programs with `-n|--namespace`. */
export const withNamespace: Refine = (call, found) => {
  const namespaces = valuesOf(call, '-n', 'namespace');
  const placed = withGrants(call, found);
  if (namespaces.length === 0) return placed;
  return placed.map((effect) => (effect.kind === 'none' ? effect : { ...effect, targets: [...effect.targets, ...namespaces] }));
};

function valuesOf(call: Call, option: string, type: string): EffectTarget[] {
  return (call.options.get(option) ?? []).flatMap((word) =>
    word === undefined || !word.known || word.text === '' ? [] : [{ type, name: word.text.slice(0, 200) }],
  );
}
