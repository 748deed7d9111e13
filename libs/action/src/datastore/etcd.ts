/** etcdctl commands → effects. */
import type { Effect, EffectKind, EffectScope } from '@countersign/kernel';
import { opaqueEffect } from '../analysis.ts';
import { effectOf } from '../http/effects.ts';
import { LINES, type StoreLine, linesOf } from './words.ts';

type Row = readonly [names: string, kind: EffectKind, scope: EffectScope, why?: string];

const ROWS: readonly Row[] = [
  ['put', 'write', 'one'],
  ['get|ls|watch', 'read', 'bounded'],
  [
    'endpoint health|endpoint status|endpoint hashkv|member list|alarm list|version|check perf|check datascale|snapshot status',
    'read',
    'one',
  ],
  ['user list|user get|role list|role get|auth status|lease list|lease timetolive|lease keep-alive', 'read', 'one'],
  ['lease grant', 'write', 'one'],
  ['lease revoke', 'delete', 'bounded', 'keys of the lease go with it'],
  ['compaction', 'delete', 'unknown', 'drops the history of keys'],
  [
    'auth enable|auth disable|user add|user delete|user passwd|user grant-role|user revoke-role|role add|role delete',
    'privilege_change',
    'one',
  ],
  ['role grant-permission|role revoke-permission', 'privilege_change', 'one'],
  ['snapshot save', 'export', 'unbounded', 'takes a copy of all keys'],
  ['snapshot restore', 'infra_change', 'unbounded', 'replaces all keys'],
  ['make-mirror', 'export', 'unbounded', 'copies all keys to another cluster'],
  ['member add|member update|member promote|move-leader|downgrade enable|downgrade cancel', 'infra_change', 'one'],
  ['member remove', 'infra_destroy', 'one'],
  ['defrag|alarm disarm|lock|elect', 'process_control', 'one'],
  ['completion|help', 'none', 'one'],
];

const COMMANDS = new Map(
  ROWS.flatMap(([names, kind, scope, why]) => names.split('|').map((name) => [name, { kind, scope, why: why ?? '' }] as const)),
);

export function etcdEffects(text: string): Effect[] {
  const lines = linesOf(text);
  if (lines.length > LINES) return [opaqueEffect({ start: 0, end: text.length }, `more than ${LINES} commands`)];
  return lines.map(lineEffect);
}

const VALUED =
  /^--(?:endpoints|cacert|cert|key|user|password|rev|limit|order|sort-by|lease|write-out|dial-timeout|command-timeout|prev-kv|consistency)$|^-w$/;

function lineEffect(line: StoreLine): Effect {
  const span = { start: line.start, end: line.end };
  if (line.problem !== '') return opaqueEffect(span, line.problem);
  const given = line.words.map((word) => word.text);
  const words = given[0] === 'etcdctl' ? given.slice(1) : given;
  const plain: string[] = [];
  const flags = new Set<string>();
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (!word.startsWith('-') || word === '-') plain.push(word);
    else {
      flags.add(word.split('=')[0] ?? word);
      if (VALUED.test(word) && word !== '--prev-kv') index += 1;
    }
  }
  const [first = '', second = ''] = plain;
  if (first === 'del' || first === 'rm') return deletion(plain.slice(1), flags, span);
  const row = COMMANDS.get(`${first} ${second}`) ?? COMMANDS.get(first);
  if (row === undefined) return opaqueEffect(span, `the command ${first.slice(0, 40)} is not known`);
  const targets = first === 'get' || first === 'put' ? [{ type: 'key', name: second }] : [];
  // Where Kubernetes keeps its secrets.
  if (first === 'get' && /^\/registry\/secrets/.test(second))
    return effectOf({ kind: 'secret_read', scope: 'bounded', targets, via: first }, span);
  return effectOf({ ...row, targets, via: first }, span);
}

function deletion(keys: readonly string[], flags: ReadonlySet<string>, span: { start: number; end: number }): Effect {
  const [key = '', end] = keys;
  const many =
    flags.has('--prefix') || flags.has('--from-key') || flags.has('--range') || flags.has('--recursive') || end !== undefined;
  const everything = many && (key === '' || key === '/' || key === '\0');
  const scope = everything ? 'unbounded' : many ? 'unknown' : 'one';
  const why = everything ? 'every key' : many ? 'every key that begins so' : '';
  return effectOf({ kind: 'delete', scope, targets: [{ type: 'key', name: key }], via: 'del', why }, span);
}
