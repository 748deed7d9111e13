/** What the caller says an action is for, compared with what it would do: "says read, deletes" is a fact that policy sees. */
import { EFFECT_KINDS, type Effect, type EffectKind } from '@countersign/kernel';
import { BROAD_WORDS, NEGATIONS, PURPOSE_WORDS } from './purpose-words.ts';

/** What a request declares, by its plan or, where it brings none, by the words of its purpose. */
export interface Declaration {
  /** `plan`: `declared_effects`. `purpose`: the verbs of the free text. Empty: only a ticket. */
  readonly by: 'plan' | 'purpose' | '';
  /** In the order of the closed list. */
  readonly kinds: readonly EffectKind[];
  /** "SHOP-123", "#4711", "48213"; empty for none. */
  readonly ticket: string;
}

/** `input.intent`. */
export interface Intent {
  readonly declared: readonly EffectKind[];
  /** Kinds of effects that nobody who declares this would be expected to cause; what cannot be read is not among them. */
  readonly undeclared: readonly EffectKind[];
  readonly mismatch: boolean;
  readonly ticket: string;
  readonly by: Declaration['by'];
}

/** What goes without saying, and what says nothing about the act itself. */
const UNSAID: ReadonlySet<EffectKind> = new Set(['none', 'session', 'opaque']);

/** Who declares this may do these as well. Every kind but these three covers `read` too: to change a thing one may look at it. */
const COVERS: Readonly<Partial<Record<EffectKind, readonly EffectKind[]>>> = {
  none: [],
  session: [],
  network: [],
  schema_drop: ['read', 'schema_change', 'delete'],
  infra_destroy: ['read', 'infra_change', 'delete'],
  infra_change: ['read', 'infra_create'],
  export: ['read', 'network'],
  persistence: ['read', 'write'],
  history_rewrite: ['read', 'write'],
};

const READ_ONLY: readonly EffectKind[] = ['read'];

/** Undefined where neither a kind nor a ticket is declared. `declaredEffects` holds known kinds only (`unknownKind` says so). */
export function readDeclaration(purpose: string, declaredEffects: readonly string[]): Declaration | undefined {
  if (purpose === '' && declaredEffects.length === 0) return undefined;
  const ticket = ticketIn(purpose);
  if (declaredEffects.length > 0) return { by: 'plan', kinds: ordered(new Set(declaredEffects)), ticket };
  const kinds = ordered(kindsIn(purpose));
  if (kinds.length > 0) return { by: 'purpose', kinds, ticket };
  return ticket === '' ? undefined : { by: '', kinds: [], ticket };
}

/** The first word that is no kind of effect; undefined where all are. */
export function unknownKind(declaredEffects: readonly string[]): string | undefined {
  return declaredEffects.find((word) => !EFFECT_KINDS.some((kind) => kind === word));
}

export function compareIntent(declaration: Declaration, effects: readonly Pick<Effect, 'kind'>[]): Intent {
  const { by, kinds: declared, ticket } = declaration;
  const undeclared = declared.length === 0 ? [] : ordered(uncovered(declared, effects));
  return { declared, undeclared, mismatch: undeclared.length > 0, ticket, by };
}

/** `input.intent` as JSON: `null` where nothing is declared. */
export function intentJson(
  purpose: string,
  declaredEffects: readonly string[],
  effects: readonly Pick<Effect, 'kind'>[],
): string {
  const declaration = readDeclaration(purpose, declaredEffects);
  return declaration === undefined ? 'null' : JSON.stringify(compareIntent(declaration, effects));
}

function uncovered(declared: readonly EffectKind[], effects: readonly Pick<Effect, 'kind'>[]): Set<string> {
  const covered = new Set<EffectKind>(UNSAID);
  for (const kind of declared) {
    covered.add(kind);
    for (const also of COVERS[kind] ?? READ_ONLY) covered.add(also);
  }
  return new Set(effects.map(({ kind }) => kind).filter((kind) => !covered.has(kind)));
}

function ordered(words: ReadonlySet<string>): EffectKind[] {
  return EFFECT_KINDS.filter((kind) => words.has(kind));
}

const WORD = /[a-z]+/g;
/** How far a negation reaches: "do not delete", "without ever changing". */
const NEGATION_REACH = 2;

/** A purpose that promises to read only ("read-only check before the clean-up") declares that and nothing else. */
const PROMISES_READ_ONLY = /\bread[- ]?only\b|\bno changes\b/;

function kindsIn(purpose: string): ReadonlySet<string> {
  const text = purpose.toLowerCase().replaceAll("'", '').replaceAll('’', '');
  if (PROMISES_READ_ONLY.test(text)) return new Set(READ_ONLY);
  const kinds = new Set<string>();
  let sinceNegation = NEGATION_REACH + 1;
  for (const [word] of text.matchAll(WORD)) {
    sinceNegation += 1;
    if (NEGATIONS.has(word)) sinceNegation = 0;
    if (BROAD_WORDS.has(word)) return new Set();
    if (sinceNegation <= NEGATION_REACH) continue;
    for (const kind of PURPOSE_WORDS.get(word) ?? []) kinds.add(kind);
  }
  return kinds;
}

/** Jira-like keys, ServiceNow numbers, "#4711", and a number behind a word that calls it a ticket. */
const TICKET = /\b[A-Z][A-Z0-9]{1,9}-\d{1,9}\b|\b(?:INC|CHG|RITM|PRB|REQ|TASK)\d{4,10}\b|#\d{1,9}\b/;
const NAMED_TICKET = /\b(?:ticket|issue|incident|case|change request|bug|story)[ :#]{0,3}(\d{2,12})\b/i;

function ticketIn(purpose: string): string {
  return TICKET.exec(purpose)?.[0] ?? NAMED_TICKET.exec(purpose)?.[1] ?? '';
}
