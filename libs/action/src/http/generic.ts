/** Requests that no table knows: what the method says, made worse by what the path says, never better. */
import type { Effect, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../analysis.ts';
import { effectOf } from './effects.ts';
import { wordsOf } from './graphql.ts';
import { isSafe, meaningOf } from './methods.ts';
import type { HttpRequest } from './request.ts';
import type { Address } from './url.ts';

export function genericEffects(method: string, request: HttpRequest, address: Address, span: TextSpan): Effect[] {
  const meaning = meaningOf(method);
  if (meaning === undefined) return [opaqueEffect(span, `the method ${method.slice(0, 20)} is not known`)];
  const { kind, scope, why } = meaning;
  const targets = [{ type: 'path', name: `/${address.segments.join('/')}` }];
  const out = [effectOf({ kind, scope, targets, why }, span)];
  if (isSafe(method)) return request.bodyUnknown && address.host.place !== 'internal' ? [...out, connects(span)] : out;
  return [...out, connects(span)];
}

function connects(span: TextSpan): Effect {
  return effectOf({ kind: 'network', why: 'what the request does there is not known' }, span);
}

const REMOVES = new Set(
  'delete destroy remove purge erase drop truncate wipe flush clear prune uninstall deprovision terminate unregister dodelete'.split(
    ' ',
  ),
);
const STOPS = new Set('shutdown restart reboot stop kill halt poweroff suspend disable quit drain failover'.split(' '));
const RUNS = new Set('exec execute eval shell script run rce cmd'.split(' '));
const PARAMETERS = ['action', 'act', 'cmd', 'command', 'do', 'op', 'operation', 'method', 'task', 'verb'];

/**
 * Verbs in the path or in the parameters by which old interfaces name their verb. A page about deleting is only read, so a safe
 * method counts where a parameter says the verb, or where the host is one of the own network.
 */
export function loudPath(method: string, address: Address, procedures: readonly string[], span: TextSpan): Effect[] {
  const said = [...procedures, ...PARAMETERS.flatMap((name) => address.query.getAll(name))];
  const inPath =
    isSafe(method) && address.host.place !== 'internal'
      ? []
      : address.segments.slice(-3).filter((segment) => !segment.includes('.'));
  const words = [...said, ...inPath].flatMap((part) => (part.length > 60 ? [] : wordsOf(part)));
  const has = (set: ReadonlySet<string>): string | undefined => words.find((word) => set.has(word));
  const out: Effect[] = [];
  const removes = has(REMOVES);
  const stops = has(STOPS);
  const runs = has(RUNS);
  if (removes !== undefined && method !== 'DELETE') {
    out.push(effectOf({ kind: 'delete', scope: 'unknown', why: `the request says ${removes}` }, span));
  }
  if (stops !== undefined) out.push(effectOf({ kind: 'process_control', why: `the request says ${stops}` }, span));
  if (runs !== undefined && !isSafe(method))
    out.push(effectOf({ kind: 'code_execution', why: `the request says ${runs}` }, span));
  return out;
}
