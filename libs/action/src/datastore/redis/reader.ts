/** Redis and Valkey commands → effects: lines as redis-cli takes them, or the payload `["DEL", "key"]`. */
import type { Effect, EffectScope, EffectTarget, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../../analysis.ts';
import { effectOf } from '../../http/effects.ts';
import { isMembers } from '../../http/json.ts';
import { LINES, type StoreWord, linesOf } from '../words.ts';
import { type Keys, REDIS_COMMANDS, WITH_SUBCOMMAND } from './commands.ts';

const NAMED = 50;

export function redisEffects(text: string): Effect[] {
  const lines = linesOf(text);
  const out: Effect[] = [];
  if (lines.length > LINES) return [opaqueEffect({ start: 0, end: text.length }, `more than ${LINES} commands`)];
  for (const line of lines) {
    const span = { start: line.start, end: line.end };
    if (line.problem !== '') out.push(opaqueEffect(span, line.problem));
    else out.push(...commandEffects(line.words, span));
  }
  return out;
}

/** `["DEL", "a"]`, `{command: "DEL", args: ["a"]}` or a list of those. */
export function redisPayload(payload: unknown, span: TextSpan): Effect[] {
  if (Array.isArray(payload) && payload.length > 0 && payload.every((item) => typeof item !== 'object' || item === null)) {
    return commandEffects(
      payload.map((item) => ({ text: String(item), start: span.start, end: span.end })),
      span,
    );
  }
  if (Array.isArray(payload)) {
    if (payload.length > LINES) return [opaqueEffect(span, `more than ${LINES} commands`)];
    return payload.flatMap((item) => redisPayload(item, span));
  }
  if (!isMembers(payload) || typeof payload['command'] !== 'string') return [opaqueEffect(span, 'no command of Redis')];
  const args: unknown = payload['args'] ?? payload['arguments'] ?? [];
  if (!Array.isArray(args)) return [opaqueEffect(span, 'the arguments cannot be read')];
  const words = [...payload['command'].split(/\s+/), ...args.map(String)];
  return commandEffects(
    words.map((word) => ({ text: word, start: span.start, end: span.end })),
    span,
  );
}

function commandEffects(given: readonly StoreWord[], span: TextSpan): Effect[] {
  // redis-cli repeats a command that has a number before it.
  const words = /^\d+$/.test(given[0]?.text ?? '') && given.length > 1 ? given.slice(1) : given;
  const first = (words[0]?.text ?? '').toUpperCase();
  const second = (words[1]?.text ?? '').toUpperCase();
  const isDouble = WITH_SUBCOMMAND.has(first) && words.length > 1;
  const known =
    (isDouble
      ? (REDIS_COMMANDS.get(`${first}|${second}`) ?? (second === 'HELP' ? HELP : REDIS_COMMANDS.get(`${first}|*`)))
      : undefined) ?? REDIS_COMMANDS.get(first);
  if (known === undefined) return [opaqueEffect(span, `the command ${first.slice(0, 40)} is not known`)];
  const args = words.slice(isDouble ? 2 : 1);
  const keys = keysOf(known.keys, args);
  const targets: EffectTarget[] = keys.slice(0, NAMED).map((key) => ({ type: 'key', name: key.text }));
  const scope: EffectScope = known.scope === 'keys' ? (keys.length > 1 ? 'bounded' : 'one') : known.scope;
  const name = isDouble ? `${first} ${second}` : first;
  if ((name === 'REPLICAOF' || name === 'SLAVEOF') && /^no$/i.test(args[0]?.text ?? '') && /^one$/i.test(args[1]?.text ?? '')) {
    return [effectOf({ kind: 'infra_change', via: name, why: 'the replica becomes a primary' }, span)];
  }
  const effect = effectOf({ kind: known.kind, scope, targets, via: name, why: known.why }, span);
  return [effect, ...besides(name, args, span)];
}

const HELP = { kind: 'none', scope: 'one', keys: '', why: '' } as const;

/** What arguments add. */
function besides(name: string, args: readonly StoreWord[], span: TextSpan): Effect[] {
  const upper = args.map((arg) => arg.text.toUpperCase());
  const [a = '', b = ''] = args.map((arg) => arg.text);
  switch (name) {
    case 'CONFIG SET':
      return configEffects(upper, span);
    case 'CONFIG GET':
      return upper.some((word) => /PASS|MASTERAUTH|USER|^\*$/.test(word))
        ? [effectOf({ kind: 'secret_read', via: name, why: 'passwords are among the settings' }, span)]
        : [];
    case 'SLAVEOF':
    case 'REPLICAOF':
      return [effectOf({ kind: 'network', targets: [{ type: 'host', name: a }], via: name, why: `port ${b}` }, span)];
    case 'MIGRATE':
      return [effectOf({ kind: 'network', targets: [{ type: 'host', name: a }], via: name }, span)];
    case 'EVAL':
    case 'EVAL_RO':
      return /redis\.p?call\s*\(\s*['"]?flush/i.test(a)
        ? [effectOf({ kind: 'delete', scope: 'unbounded', via: name, why: 'the script flushes' }, span)]
        : [];
    case 'FT.DROPINDEX':
    case 'FT.DROP':
      return upper.includes('DD') || name === 'FT.DROP'
        ? [effectOf({ kind: 'delete', scope: 'unbounded', via: name, why: 'with its documents' }, span)]
        : [];
    default:
      return [];
  }
}

/** The data file can be put anywhere: this is how start-up files and keys get written through Redis. */
function configEffects(upper: readonly string[], span: TextSpan): Effect[] {
  const out: Effect[] = [];
  const has = (name: string): boolean => upper.some((word, index) => index % 2 === 0 && word === name);
  if (has('DIR') || has('DBFILENAME') || has('APPENDFILENAME') || has('LOGFILE')) {
    out.push(effectOf({ kind: 'persistence', via: 'CONFIG SET', why: 'says where the server writes files' }, span));
  }
  if (has('REQUIREPASS') || has('MASTERAUTH') || has('PROTECTED-MODE') || has('ACLFILE')) {
    out.push(effectOf({ kind: 'privilege_change', via: 'CONFIG SET' }, span));
  }
  return out;
}

function keysOf(keys: Keys, args: readonly StoreWord[]): readonly StoreWord[] {
  const many = (at: number): readonly StoreWord[] =>
    args.slice(at + 1, at + 1 + Math.max(0, Number.parseInt(args[at]?.text ?? '0', 10) || 0));
  switch (keys) {
    case '':
      return [];
    case '1':
      return args.slice(0, 1);
    case '2':
      return args.slice(1, 2);
    case '1,2':
      return args.slice(0, 2);
    case '1..':
      return args;
    case '2..':
      return args.slice(1);
    case '1..-1':
      return args.slice(0, -1);
    case 'odd':
      return args.filter((_, index) => index % 2 === 0);
    case 'n1':
      return many(0);
    case 'n2':
      return many(1);
    case 'streams': {
      const from = args.findIndex((arg) => arg.text.toUpperCase() === 'STREAMS') + 1;
      return from === 0 ? [] : args.slice(from, from + Math.ceil((args.length - from) / 2));
    }
  }
}
