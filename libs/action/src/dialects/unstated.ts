/**
 * SQL whose dialect nobody stated. It is read as PostgreSQL, and that reading holds only where no other server would do more with the
 * same text. Most texts hold nothing that servers read differently, which one pass over their characters shows; the others are read in
 * the dialects in question too, and what these find beyond PostgreSQL's reading makes the text opaque.
 */
import type { Effect, EffectKind } from '@countersign/kernel';
import { type Analysis, analysisOf, opaqueEffect } from '../analysis.ts';
import type { ReadContext } from '../reader.ts';
import { type DialectName, dialectOf } from './dialects.ts';
import { readAs } from './read.ts';
import { UNREAD_ROWS } from './statement.ts';

/** Names for a text of no stated dialect. */
export const UNSTATED: ReadonlySet<string> = new Set(['', 'generic', 'ansi', 'sql', 'standard', 'unknown', 'any']);

/**
 * Where servers part: escapes, other quotes and comments, `||` (OR in MySQL), `--x` (no comment in MySQL), `//` (a comment
 * in Snowflake), a lone carriage return (ends a comment in some).
 */
const AMBIGUOUS = /[\\#`[]|\$(?!\d)|\/[*/]|--[^\s-]|\|\||&&|\r(?!\n)|'''|"""|\bn?q'/i;

/** Reserved words of T-SQL that begin a statement without a `;` before them; PostgreSQL may take them for an alias. */
const STARTERS =
  /\S\s+(?:backup|bulk|checkpoint|dbcc|deny|exec|execute|kill|print|raiserror|reconfigure|restore|revert|shutdown|truncate|drop|waitfor|use|merge|declare|alter|create|grant|revoke|delete|update|insert|commit|rollback|save|begin|end|if|while|return)\b/i;

/** Kinds that mean the same everywhere when they come from the words that everybody shares. */
const SHARED: ReadonlySet<EffectKind> = new Set<EffectKind>(['none', 'read', 'write', 'delete', 'schema_change', 'schema_drop']);

const HARMLESS: ReadonlySet<EffectKind> = new Set<EffectKind>(['none', 'session', 'read', 'opaque']);

/** True when nothing in the text is read differently by any server that is known. */
export function readsAlike(text: string, postgres: Analysis): boolean {
  if (!postgres.complete || AMBIGUOUS.test(text)) return false;
  if (!postgres.effects.every((effect) => SHARED.has(effect.kind))) return false;
  const onlyReads = postgres.effects.every((effect) => effect.kind === 'read' || effect.kind === 'none');
  // A double-quoted word is a name here and a string there, `@x` a column's absolute value and a variable: what filters here may not
  // there.
  if (!onlyReads && /["@]/.test(text)) return false;
  return !(onlyReads ? STARTERS.test(text) : STARTERS.test(text.replace(/^\s*\S+/, '')));
}

/** `postgres` is PostgreSQL's own analysis of the text. */
export function readUnstated(text: string, cx: ReadContext, postgres: Analysis): Analysis {
  if (readsAlike(text, postgres)) return postgres;
  const extra: Effect[] = [];
  const differing: string[] = [];
  for (const name of candidates(text)) {
    const dialect = dialectOf(name);
    if (dialect === undefined) continue;
    const other = readAs(dialect, { kind: 'sql', dialect: name, text }, cx);
    const more = other.effects.filter((effect) => counts(effect) && !told(effect, postgres.effects));
    if (more.length === 0) continue;
    differing.push(name);
    extra.push(...more.filter((effect) => !told(effect, extra)));
  }
  if (differing.length === 0) return postgres;
  const span = { start: 0, end: text.length };
  const why = `the dialect is not stated, and ${differing.join(' and ')} would do more with this text`;
  const effects = [
    ...postgres.effects.filter((effect) => effect.kind !== 'none'),
    ...extra,
    ...(postgres.complete ? [opaqueEffect(span, why)] : []),
  ];
  return analysisOf(effects, postgres.fingerprint, postgres.normalised);
}

/** What a reader says when its grammar gave up is a guess from the verb, and no other way to read the text. */
function counts(effect: Effect): boolean {
  return !HARMLESS.has(effect.kind) && !(effect.scope === 'unknown' && effect.why === UNREAD_ROWS);
}

function candidates(text: string): DialectName[] {
  const names: DialectName[] = ['mysql', 'mssql', 'snowflake'];
  if (/\bn?q'/i.test(text)) names.push('oracle');
  if (text.includes("'''") || text.includes('"""')) names.push('bigquery');
  return names;
}

/** True when an effect of the same kind, at least as wide, on the same target is among `effects`. */
function told(effect: Effect, effects: readonly Effect[]): boolean {
  // A setting that tunes a session of PostgreSQL is none at all elsewhere.
  const setting = (one: Effect): boolean => one.kind === 'session' && effect.kind === 'config_change' && one.targets.length > 0;
  if (effects.some(setting)) return true;
  return effects.some((one) => one.kind === effect.kind && widerOrSame(one, effect) && sameTargets(one, effect));
}

const WIDTH = { one: 0, bounded: 0, unknown: 1, unbounded: 2 } as const;

/** `one` and `bounded` are the same to every policy that ships, and grammars tell them apart differently. */
function widerOrSame(one: Effect, effect: Effect): boolean {
  return WIDTH[one.scope] >= WIDTH[effect.scope];
}

function sameTargets(one: Effect, effect: Effect): boolean {
  const known = new Set(one.targets.map((target) => target.name.toLowerCase().replaceAll('"', '')));
  return effect.targets.every(
    (target) => target.name === '' || known.size === 0 || known.has(target.name.toLowerCase().replaceAll('"', '')),
  );
}
