/** GRANT, REVOKE, DENY and whom a session acts as. */
import type { EffectScope, EffectTarget } from '@countersign/kernel';
import { type Cx, emit } from '../context.ts';
import { type Words, find, has, name, names, skip, targets } from './words.ts';

export function grant(words: Words, cx: Cx): void {
  privilege(words, 'TO', 'gives privileges', cx);
}

export function revoke(words: Words, cx: Cx): void {
  privilege(words, 'FROM', 'takes privileges away', cx);
}

export function deny(words: Words, cx: Cx): void {
  privilege(words, 'TO', 'denies privileges', cx);
}

function privilege(words: Words, towards: string, why: string, cx: Cx): void {
  const objects = objectsOf(words);
  const at = find(words, towards);
  const roles: EffectTarget[] = at < 0 ? [] : rolesOf({ ...words, at: at + 1 });
  const wide = objects.some((one) => one.name === '*' || one.name === '*.*' || /(^|\.)\*$/.test(one.name));
  const toAll = roles.some((role) => role.name.toLowerCase() === 'public' || role.name === '%');
  const scope: EffectScope =
    wide || toAll || has(words, 'ALL', 'TABLES|SCHEMAS|FUNCTIONS|SEQUENCES|VIEWS') ? 'unbounded' : 'bounded';
  emit(cx, { kind: 'privilege_change', scope, reversible: 'yes', targets: [...objects, ...roles], why });
}

function objectsOf(words: Words): EffectTarget[] {
  const at = find(words, 'ON');
  if (at < 0) return [];
  const from = { ...words, at: at + 1 };
  skip(
    from,
    'TABLE SCHEMA DATABASE VIEW FUNCTION PROCEDURE SEQUENCE ALL TABLES IN OBJECT : DIRECTORY WAREHOUSE STAGE ROUTINE TYPE',
  );
  return targets('table', names(from));
}

function rolesOf(words: Words): EffectTarget[] {
  skip(words, 'ROLE USER GROUP SHARE');
  return targets('role', names(words));
}

/** EXECUTE AS, REVERT, SET ROLE, USE ROLE: from here on with somebody else's rights. */
export function actAs(words: Words, cx: Cx): void {
  skip(words, 'AS = LOGIN USER CALLER TO');
  emit(cx, {
    kind: 'identity_change',
    reversible: 'yes',
    targets: targets('role', [name(words)]),
    why: 'acts with the rights of another role',
  });
}
