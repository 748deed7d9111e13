/** Turns the acts of a program's table that apply to a call into effects. */
import type { Effect, EffectKind, EffectScope, EffectTarget, Reversible, TextSpan } from '@countersign/kernel';
import { isRebuilt } from '../shell/path-classes.ts';
import { type PathAccess, type PathEffect, type PathName, classifyPath } from '../shell/paths.ts';
import { type Answer, compileCondition } from './conditions.ts';
import type { Act, Call, Word } from './program.ts';
import { type PlaceName, isComputed, placeOf } from '../shell/place.ts';
import { compileWhere } from './where.ts';

export interface CompiledAct {
  readonly act: Act;
  readonly when: (call: Call) => Answer;
  readonly on: ((call: Call) => readonly Word[]) | undefined;
}

const FINAL: ReadonlySet<EffectKind> = new Set<EffectKind>([
  'delete',
  'schema_drop',
  'infra_destroy',
  'export',
  'code_execution',
  'history_rewrite',
]);

const ACCESS: Partial<Readonly<Record<EffectKind, PathAccess>>> = {
  read: 'read',
  write: 'write',
  delete: 'delete',
  privilege_change: 'privilege',
};

const WIDTH: Readonly<Record<EffectScope, number>> = { one: 0, bounded: 1, unknown: 2, unbounded: 3 };

export function compileAct(act: Act): CompiledAct {
  return { act, when: compileCondition(act.when), on: act.on === undefined ? undefined : compileWhere(act.on) };
}

/** The effect of one act, before its paths are looked at; nothing where it does not apply. */
export function effectOfAct({ act, when, on }: CompiledAct, call: Call): Effect | undefined {
  if (when(call) === 'no') return undefined;
  const words = on === undefined ? [] : on(call);
  if (on !== undefined && words.length === 0 && act.evenWithout !== true) return undefined;
  const type = act.type ?? 'file';
  const targets: EffectTarget[] = words.map((word) => ({ type, name: word.text }));
  if (act.name !== undefined) targets.push({ type, name: act.name });
  return {
    kind: act.kind,
    scope:
      act.scope ?? (type === 'file' && (act.deep === true || act.kind === 'delete') ? reachOf(act, words) : scopeOfWords(words)),
    reversible: act.reversible ?? reversibleOf(act.kind),
    targets,
    span: spanOf(words) ?? call.span,
    via: '',
    why: act.why ?? '',
  };
}

/** What the call says of all its paths. */
export interface PathSetting {
  /** The folder of relative paths: '' the one at the start, undefined not known. */
  readonly cwd: string | undefined;
  /** The program tells of files, not what is in them. */
  readonly listing: boolean;
  /** Folders are taken with all that is in them. */
  readonly recursive: boolean;
}

/** What the files of an effect are changes what the effect is: one becomes several where its files differ. */
export function withPaths(effect: Effect, { cwd, listing, recursive }: PathSetting, into: Effect[]): void {
  const access = listing && effect.kind === 'read' ? 'list' : ACCESS[effect.kind];
  if (access === undefined || !effect.targets.some((target) => target.type === 'file')) {
    into.push(effect);
    return;
  }
  const first = into.length;
  for (const target of effect.targets) {
    if (target.type !== 'file') {
      add(into, first, effect, target, { kind: effect.kind, scope: effect.scope, why: '' });
      continue;
    }
    if (target.name === '-' && access !== 'delete') continue;
    const { name, found } = seenFrom(cwd, target.name, effect, recursive);
    for (const one of classifyPath(name, access)) {
      const scope = found === 'as-told' ? effect.scope : wider(effect.scope, found === 'strange' ? one.scope : 'unknown');
      add(into, first, scope === effect.scope ? effect : { ...effect, scope }, target, one);
    }
  }
}

/**
 * A path as seen from the folder that the text started in. Elsewhere tables cannot know how much lies under a relative path: in a
 * strange folder it is what the path says, in one that is not known or somebody's project a whole tree is not known.
 */
function seenFrom(
  cwd: string | undefined,
  path: string,
  { kind, scope, via }: Effect,
  recursive: boolean,
): { name: PathName; found: 'as-told' | 'strange' | 'unsure' } {
  const glob = /[*?[{]/.test(path);
  const deletes = kind === 'delete';
  const deep = deletes && via === '' && (recursive || scope === 'unknown');
  if (cwd === '' || /^[/~$]/.test(path)) return { name: { text: path, known: !isComputed(path), glob, deep }, found: 'as-told' };
  if (cwd === undefined) {
    const unsure = deletes && scope !== 'one' && !isRebuilt(path);
    return { name: { text: path, known: !isComputed(path), glob, deep }, found: unsure ? 'unsure' : 'as-told' };
  }
  const text = `${cwd}/${path}`;
  const known = !isComputed(text);
  const folder = staysIn(cwd, text);
  if (folder === undefined)
    return { name: { text, known, glob, deep }, found: deletes && scope !== 'one' ? 'strange' : 'as-told' };
  const unsure = folder === 'elsewhere' && recursive && deletes && !isRebuilt(path);
  return { name: { text, known, glob }, found: unsure ? 'unsure' : 'as-told' };
}

/** A project's folder, wherever it is, is worked in like the one at the start as long as a path does not leave it; else undefined. */
function staysIn(cwd: string, text: string): PlaceName | undefined {
  const { name, path } = placeOf(cwd, true);
  if (name !== 'elsewhere' && name !== 'at-home' && name !== 'below' && name !== 'scratch') return undefined;
  return placeOf(text, true).path.startsWith(`${path}/`) ? name : undefined;
}

/** An effect while its targets are still gathered. */
type Gathered = Effect & { targets: EffectTarget[]; scope: EffectScope };

function add(into: Effect[], first: number, effect: Effect, target: EffectTarget, one: PathEffect): void {
  const own = one.kind === effect.kind;
  const scope = own ? joined(effect, one) : one.scope;
  const why = own && effect.why !== '' ? effect.why : one.why;
  for (let at = first; at < into.length; at++) {
    const other = into[at] as Gathered | undefined;
    if (other === undefined || other.kind !== one.kind || other.why !== why) continue;
    other.scope = own ? wider(other.scope, scope) : wider('bounded', wider(other.scope, scope));
    other.targets.push(target);
    return;
  }
  const reversible = own ? effect.reversible : reversibleOf(one.kind);
  const gathered: Gathered = { kind: one.kind, scope, reversible, targets: [target], span: effect.span, via: effect.via, why };
  into.push(gathered);
}

/** The table knows how much is touched; the path only says where that is never little. */
function joined({ scope, via }: Effect, { kind, scope: reach }: PathEffect): EffectScope {
  if (reach !== 'unbounded' || kind === 'read') return scope;
  // A table that names the way (`-delete` with tests) has looked at the paths itself.
  if (scope === 'bounded') return via === '' && kind === 'delete' ? 'unknown' : 'bounded';
  return 'unbounded';
}

function wider(one: EffectScope, other: EffectScope): EffectScope {
  return WIDTH[one] >= WIDTH[other] ? one : other;
}

function reachOf({ kind, deep = false }: Act, words: readonly Word[]): EffectScope {
  const access = ACCESS[kind];
  if (access === undefined) return scopeOfWords(words);
  let scope: EffectScope = words.length > 1 ? 'bounded' : 'one';
  // A table that says nothing leaves it to the paths; `bounded` would overrule them.
  for (const word of words)
    for (const one of classifyPath({ ...word, deep }, access)) if (one.kind === kind) scope = wider(scope, one.scope);
  return scope;
}

function scopeOfWords(words: readonly Word[]): EffectScope {
  let scope: EffectScope = words.length > 1 ? 'bounded' : 'one';
  for (const word of words) {
    if (!word.known) return 'unknown';
    if (word.glob) scope = 'bounded';
  }
  return scope;
}

export function reversibleOf(kind: EffectKind): Reversible {
  return FINAL.has(kind) ? 'no' : 'unknown';
}

function spanOf(words: readonly Word[]): TextSpan | undefined {
  const first = words[0];
  if (first === undefined) return undefined;
  let { start, end } = first.span;
  for (const { span } of words) {
    if (span.start < start) start = span.start;
    if (span.end > end) end = span.end;
  }
  return { start, end };
}
