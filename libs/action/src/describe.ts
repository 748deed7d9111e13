/** Effects in one line of plain English, for the person who is asked and for the log. */
import type { Effect, EffectKind, EffectScope } from '@countersign/kernel';

/** How a kind is told: with names behind it, and where there are none. */
interface Wording {
  /** Followed by the names. */
  readonly of: string;
  readonly alone: string;
}

/** Worst first: what a tired person must not overlook comes first in the line. */
const WORDINGS: Readonly<Record<EffectKind, Wording>> = {
  opaque: { of: 'does something that cannot be read', alone: 'does something that cannot be read' },
  code_execution: { of: 'runs other code:', alone: 'runs other code' },
  infra_destroy: { of: 'destroys', alone: 'destroys infrastructure' },
  schema_drop: { of: 'drops', alone: 'drops structure' },
  delete: { of: 'deletes', alone: 'deletes data' },
  history_rewrite: { of: 'rewrites history of', alone: 'rewrites history' },
  log_tamper: { of: 'weakens the audit trail:', alone: 'weakens the audit trail' },
  secret_read: { of: 'reads secrets from', alone: 'reads secrets' },
  export: { of: 'takes data out:', alone: 'takes data out' },
  identity_change: { of: 'acts as', alone: 'acts as somebody else' },
  privilege_change: { of: 'changes who may do what:', alone: 'changes who may do what' },
  persistence: { of: 'arranges for code to run later:', alone: 'arranges for code to run later' },
  config_change: { of: 'changes configuration:', alone: 'changes configuration' },
  process_control: { of: 'starts, stops or signals', alone: 'interferes with other processes' },
  infra_change: { of: 'changes', alone: 'changes infrastructure' },
  infra_create: { of: 'creates', alone: 'creates infrastructure' },
  network: { of: 'connects to', alone: 'opens a connection' },
  schema_change: { of: 'changes the structure of', alone: 'changes structure' },
  write: { of: 'writes to', alone: 'writes data' },
  read: { of: 'reads', alone: 'reads data' },
  session: { of: 'controls its own session:', alone: 'controls its own session' },
  none: { of: 'does nothing outside itself', alone: 'does nothing outside itself' },
};

/** Things that hold rows: of them one says how many, of all others that they go with what is in them. */
const ROWS: ReadonlyMap<string, string> = new Map([
  ['table', 'rows'],
  ['view', 'rows'],
  ['relation', 'rows'],
  ['collection', 'documents'],
  ['index', 'documents'],
  ['topic', 'messages'],
  ['queue', 'messages'],
]);

const HOW_MANY: Readonly<Record<EffectScope, (rows: string) => string>> = {
  one: (rows) => rows,
  bounded: (rows) => rows,
  unbounded: (rows) => `every ${rows.slice(0, -1)}`,
  unknown: (rows) => `an unknown number of ${rows}`,
};

const ORDER = Object.keys(WORDINGS) as EffectKind[];
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
  const { kind, scope } = effect;
  const { of, alone } = WORDINGS[kind];
  if (kind === 'opaque') {
    const words = text.slice(effect.span.start, effect.span.end);
    return `${of}${words === '' ? '' : ` (${quote(words)})`}: ${plain(effect.why)}`;
  }
  if (kind === 'none') return of;
  const named = effect.targets.filter((target) => target.name !== '');
  const [first] = named;
  const rows = first === undefined ? undefined : ROWS.get(first.type);
  if (rows !== undefined && (kind === 'delete' || (kind === 'write' && scope !== 'one' && scope !== 'bounded'))) {
    return `${kind === 'delete' ? 'deletes' : 'changes'} ${HOW_MANY[scope](rows)} of ${list(named.map(({ name }) => plain(name)))}`;
  }
  const what = list(named.map(({ type, name }) => `${type} ${plain(name)}`));
  return `${what === '' ? alone : `${of} ${what}`}${detail(effect, what === '')}`;
}

function list(names: readonly string[]): string {
  const more = names.length > NAMES ? ` and ${names.length - NAMES} more` : '';
  return `${names.slice(0, NAMES).join(', ')}${more}`;
}

function detail({ kind, scope, why }: Effect, bare: boolean): string {
  if (kind === 'schema_drop') return ' and what is in it';
  if (scope === 'unbounded' && !bare && (kind === 'delete' || kind === 'infra_destroy')) return ' and everything in it';
  if (kind === 'code_execution' || kind === 'log_tamper' || kind === 'process_control')
    return why === '' ? '' : ` (${plain(why)})`;
  return '';
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
