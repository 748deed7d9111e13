/** An effect as a sentence for a tired person. */
import type { EffectKind } from '@countersign/kernel';
import { escapeForDisplay } from './escape.ts';
import type { ShownEffect } from './state.ts';

const DOES: Readonly<Record<EffectKind, string>> = {
  none: 'changes nothing outside itself',
  session: 'controls its own session',
  read: 'reads data',
  secret_read: 'reads credentials or keys',
  export: 'takes data out of its boundary',
  write: 'adds or changes data',
  delete: 'removes data',
  schema_change: 'adds or changes structure',
  schema_drop: 'removes structure and what is in it',
  privilege_change: 'changes who may do what',
  identity_change: 'acts as somebody else',
  config_change: 'changes how a system behaves',
  code_execution: 'runs code that is not its own text',
  process_control: 'starts, stops or kills processes',
  infra_create: 'creates infrastructure',
  infra_change: 'changes infrastructure',
  infra_destroy: 'destroys infrastructure',
  network: 'opens a network connection',
  history_rewrite: 'rewrites version history',
  log_tamper: 'stops or erases an audit trail',
  persistence: 'arranges for code to run later',
  opaque: 'could not be read',
};

const SCOPE: Readonly<Record<string, string>> = {
  one: 'a single item',
  bounded: 'a filtered set',
  unbounded: 'everything in it',
};

const MAX_TARGETS_SHOWN = 5;

/** For instance: "removes data: table customers; everything in it; cannot be undone". Hidden characters come escaped. */
export function effectInWords(effect: ShownEffect): string {
  const does = Object.hasOwn(DOES, effect.kind) ? DOES[effect.kind as EffectKind] : `does something unknown (${effect.kind})`;
  const shown = effect.targets.slice(0, MAX_TARGETS_SHOWN).map((target) => `${target.type} ${target.name}`.trim());
  const more = effect.targets.length - shown.length;
  const targets = [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  const parts = [
    targets === '' ? does : `${does}: ${targets}`,
    SCOPE[effect.scope] ?? (effect.scope === 'unknown' && effect.kind !== 'none' ? 'how much is not known' : ''),
    effect.reversible === 'no' ? 'cannot be undone' : '',
    effect.via === '' ? '' : `through ${effect.via}`,
    effect.why,
  ];
  return escapeForDisplay(parts.filter((part) => part !== '').join('; '));
}
