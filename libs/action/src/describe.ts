/** Effects in one line of plain English, for the person who is asked and for the log. */
import type { Effect, EffectKind } from '@countersign/kernel';

/** Worst first: what a tired person must not overlook comes first in the line. */
const VERBS: Readonly<Record<EffectKind, string>> = {
  opaque: 'does something that cannot be read',
  code_execution: 'runs other code',
  infra_destroy: 'destroys infrastructure',
  schema_drop: 'drops',
  delete: 'deletes from',
  history_rewrite: 'rewrites history of',
  log_tamper: 'weakens the audit trail',
  secret_read: 'reads secrets from',
  export: 'takes data out of',
  identity_change: 'acts as',
  privilege_change: 'changes privileges on',
  persistence: 'arranges for code to run later',
  config_change: 'changes configuration',
  process_control: 'interferes with other processes',
  infra_change: 'changes infrastructure',
  infra_create: 'creates infrastructure',
  network: 'connects to',
  schema_change: 'changes the structure of',
  write: 'writes to',
  read: 'reads',
  session: 'controls its own session',
  none: 'does nothing outside itself',
};

/** Kinds whose words go on with the name: “reads table t”, but “changes configuration: parameter p”. */
const TAKES_OBJECT: ReadonlySet<EffectKind> = new Set([
  'schema_drop',
  'delete',
  'history_rewrite',
  'secret_read',
  'export',
  'identity_change',
  'privilege_change',
  'network',
  'schema_change',
  'write',
  'read',
]);

/** Words that only make sense before a name. */
const DANGLING = / (from|to|on|of|as)$/;

const ORDER = Object.keys(VERBS) as EffectKind[];
const PHRASES = 4;
const NAMES = 3;

/** `text` is the action's own, from which an opaque part is quoted. */
export function describeEffects(effects: readonly Effect[], text: string): string {
  const worstFirst = [...effects].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const loud = worstFirst.filter((effect) => effect.kind !== 'none' && effect.kind !== 'session');
  const phrases = [...new Set((loud.length > 0 ? loud : worstFirst.slice(0, 1)).map((effect) => phrase(effect, text)))];
  const shown = phrases.slice(0, PHRASES).join(', ');
  const more = phrases.length > PHRASES ? `, and ${phrases.length - PHRASES} more` : '';
  const lasting = loud.some((effect) => effect.reversible === 'no') ? '; cannot be undone' : '';
  return `${shown}${more}${lasting}`;
}

function phrase(effect: Effect, text: string): string {
  const named = effect.targets.filter((target) => target.name !== '');
  const names = named.slice(0, NAMES).map((target) => `${target.type} ${plain(target.name)}`);
  const more = named.length > NAMES ? ` and ${named.length - NAMES} more` : '';
  const verb = VERBS[effect.kind];
  if (effect.kind === 'opaque') return `${verb} (${quote(text.slice(effect.span.start, effect.span.end))}): ${plain(effect.why)}`;
  const bare = verb.replace(DANGLING, '');
  const what = names.length === 0 ? bare : `${verb}${TAKES_OBJECT.has(effect.kind) ? '' : ':'} ${names.join(', ')}${more}`;
  return `${what}${detail(effect)}`;
}

function detail(effect: Effect): string {
  if (effect.kind === 'schema_drop') return ' and what is in it';
  if (effect.scope === 'unbounded' && (effect.kind === 'delete' || effect.kind === 'write')) return ', every row';
  return effect.kind === 'code_execution' || effect.kind === 'log_tamper' ? ` (${plain(effect.why)})` : '';
}

function quote(part: string): string {
  const short = part.length > 60 ? `${part.slice(0, 57)}…` : part;
  return `“${plain(short)}”`;
}

/** Names come from the action: control, bidi and zero-width characters must not dress up the line. */
function plain(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) =>
    char === '\n' || char === '\t' ? ' ' : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
