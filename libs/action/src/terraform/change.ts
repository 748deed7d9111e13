/** One change of one resource, from whichever tool, → effects. */
import type { Effect, EffectKind, EffectScope, TextSpan } from '@countersign/kernel';
import { type Json, type JsonObject, isObject, objectAt } from '../kubernetes/json.ts';
import { type ReadContext, pointed } from '../reader.ts';
import { marksOf, meaningOf } from './meaning.ts';

export type Step = 'create' | 'update' | 'delete' | 'replace' | 'read' | 'none' | 'forget' | 'import' | 'move';

export interface Change {
  readonly address: string;
  readonly type: string;
  readonly step: Step;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly span: TextSpan;
}

export function changeEffects(change: Change, cx: ReadContext): Effect[] {
  switch (change.step) {
    case 'none':
      return [];
    case 'read':
      return [effect(change, 'read', 'one')];
    case 'forget':
      return [effect(change, 'infra_destroy', 'one', 'forgotten, no longer managed')];
    case 'import':
      return [effect(change, 'infra_change', 'one', 'takes over existing infrastructure')];
    case 'move':
      return [effect(change, 'infra_change', 'one', 'known by another name from now on')];
    case 'create':
      return [effect(change, 'infra_create', 'one'), ...afterEffects(change, cx)];
    case 'update':
      return [effect(change, 'infra_change', 'one'), ...afterEffects(change, cx)];
    case 'delete':
      return removal(change);
    case 'replace':
      return [
        ...removal(change).map((one) => ({ ...one, via: 'replacement' })),
        { ...effect(change, 'infra_create', 'one'), via: 'replacement' },
        ...afterEffects(change, cx),
      ];
  }
}

function removal(change: Change): Effect[] {
  const meaning = meaningOf(change.type);
  const wide = meaning.holds ? 'its data, or all that is in it, is lost' : '';
  const effects = [effect(change, 'infra_destroy', meaning.holds ? 'unbounded' : 'one', wide)];
  if (meaning.access) effects.push(effect(change, 'privilege_change', 'one', 'who may do what changes'));
  if (meaning.records) effects.push(effect(change, 'log_tamper', 'one', 'what it recorded is no longer recorded'));
  return effects;
}

function afterEffects(change: Change, cx: ReadContext): Effect[] {
  const meaning = meaningOf(change.type);
  const marks = marksOf(change.after);
  const effects: Effect[] = [];
  if (marks.open !== '') effects.push(effect(change, 'privilege_change', 'unbounded', 'open to everybody'));
  if (marks.wide !== '') effects.push(effect(change, 'privilege_change', 'unbounded', 'rights over everything'));
  if (meaning.access && marks.open === '' && marks.wide === '')
    effects.push(effect(change, 'privilege_change', 'one', 'who may do what changes'));
  if (meaning.records && change.step !== 'create' && marks.silent)
    effects.push(effect(change, 'log_tamper', 'one', 'recording is switched off'));
  if (meaning.schedules) effects.push(effect(change, 'persistence', 'one', 'runs later, again and again'));
  if (marks.code) effects.push(effect(change, 'code_execution', 'one', 'a machine runs a script when it starts'));
  if (marks.unprotected && !marksOf(change.before).unprotected && change.step !== 'create')
    effects.push(effect(change, 'config_change', 'one', 'no longer protected from being destroyed'));
  effects.push(...innerEffects(change, cx));
  return effects;
}

/** A manifest inside a plan is read as one. */
function innerEffects(change: Change, cx: ReadContext): Effect[] {
  const manifest = isObject(change.after) ? objectAt(change.after, 'manifest') : {};
  if (!change.type.startsWith('kubernetes_manifest') || Object.keys(manifest).length === 0) return [];
  return pointed(cx.embedded({ kind: 'kubernetes', text: JSON.stringify(manifest) }).effects, change.span, change.address);
}

export function effect(
  change: Pick<Change, 'address' | 'type' | 'span'>,
  kind: EffectKind,
  scope: EffectScope,
  why = '',
): Effect {
  return {
    kind,
    scope,
    reversible: kind === 'infra_destroy' || kind === 'code_execution' ? 'no' : kind === 'read' ? 'yes' : 'unknown',
    targets: [{ type: change.type, name: change.address }],
    span: change.span,
    via: '',
    why,
  };
}

const MANY = 100;
const TARGETS = 50;

/** Plans of hundreds of changes are told by kind, with some of the names. */
export function condensed(effects: readonly Effect[]): Effect[] {
  if (effects.length <= MANY) return [...effects];
  const groups = new Map<string, Effect>();
  for (const one of effects) {
    const key = `${one.kind} ${one.scope} ${one.why} ${one.via}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, one);
    else if (group.targets.length < TARGETS)
      groups.set(key, {
        ...group,
        scope: group.scope === 'one' ? 'bounded' : group.scope,
        targets: [...group.targets, ...one.targets],
      });
    else if (group.scope === 'one') groups.set(key, { ...group, scope: 'bounded' });
  }
  return [...groups.values()];
}

/** Whatever a plan holds as configuration that can run commands. */
export function provisioners(configuration: JsonObject): JsonObject[] {
  const found: JsonObject[] = [];
  const queue: JsonObject[] = [objectAt(configuration, 'root_module')];
  for (let seen = 0; queue.length > 0 && seen < 500; seen += 1) {
    const module = queue.pop();
    const resources = module?.['resources'];
    if (Array.isArray(resources)) found.push(...(resources as readonly Json[]).filter(isObject));
    for (const call of Object.values(objectAt(module, 'module_calls'))) if (isObject(call)) queue.push(objectAt(call, 'module'));
  }
  return found;
}
