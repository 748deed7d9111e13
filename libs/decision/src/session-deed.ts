/** What one decision leaves behind in memory, worked out from what is recorded of it: the same from the record as at once. */
import type { VerdictName } from '@countersign/kernel';
import { LOCKED_OUT_CODE } from './session.ts';
import { counterId, kindId, stoppedId } from './session-counters.ts';

/** As recorded, and so masked. */
export interface DeedFacts {
  readonly verdict: VerdictName;
  /** The step that failed, where it is a deny because something failed. */
  readonly failedStep: string;
  /** The status of the approval that was presented; empty for none. */
  readonly approvalStatus: string;
  readonly reasons: readonly { readonly rule: string; readonly code: string; readonly severity: string }[];
  readonly labels: readonly string[];
  readonly effects: readonly TouchedEffect[];
}

export interface TouchedEffect {
  readonly kind: string;
  readonly targets: readonly { readonly type: string; readonly name: string }[];
}

/** Immutable: the decisions of one action in one place with one verdict can share it. */
export interface Deed {
  readonly allowed: boolean;
  /** Counters that grow by one; the ones below FIRST_STOPPED also say when it last was so. */
  readonly counts: readonly number[];
  /** Kinds of effects that were allowed on what bears the labels. */
  readonly kinds: readonly number[];
  /** These three as JSON strings, without repeats; empty where nothing was allowed. */
  readonly labels: readonly string[];
  readonly tables: readonly string[];
  readonly hosts: readonly string[];
}

const TABLE_TYPES: ReadonlySet<string> = new Set(['table', 'view', 'materialized view', 'foreign table', 'collection', 'index']);
const HOST_TYPES: ReadonlySet<string> = new Set(['host', 'url', 'server']);
/** Of a URL, the host is what counts; credentials and port are left out. */
const URL_HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]+)/i;
/** A name is a word to compare with, and a history keeps many. */
const NAME_UNITS = 128;

export function deedOf(facts: DeedFacts): Deed {
  const kinds = new Set<number>();
  for (const { kind } of facts.effects) {
    const id = kindId(kind);
    if (id !== undefined) kinds.add(id);
  }
  if (facts.verdict !== 'allow') return untouched(refusalCounts(facts, [...kinds]));
  const counts = [counterId('allow')];
  if (facts.approvalStatus === 'valid') counts.push(counterId('approved'));
  if (facts.labels.length > 0) counts.push(counterId('labelled'));
  counts.push(...kinds);
  return {
    allowed: true,
    counts,
    kinds: [...kinds],
    labels: quoted(facts.labels),
    tables: quoted(namesOf(facts.effects, TABLE_TYPES)),
    hosts: quoted(namesOf(facts.effects, HOST_TYPES).map((name) => URL_HOST.exec(name)?.[1]?.toLowerCase() ?? name)),
  };
}

export function isLabelled(deed: Deed): boolean {
  return deed.labels.length > 0;
}

function untouched(counts: readonly number[]): Deed {
  return { allowed: false, counts, kinds: NONE, labels: NONE, tables: NONE, hosts: NONE };
}

const NONE: readonly never[] = [];

function refusalCounts(facts: DeedFacts, kinds: readonly number[]): readonly number[] {
  if (facts.failedStep !== '') return [counterId('failed')];
  if (facts.verdict === 'deny' && isLockoutAlone(facts)) return [counterId('locked_out')];
  return [counterId(facts.verdict), ...kinds.map(stoppedId)];
}

/** What merely informs is no cause of the denial, nor is a grant that did not help. */
function isLockoutAlone({ reasons }: DeedFacts): boolean {
  const causes = reasons.filter(({ rule, severity }) => severity !== 'info' && rule !== 'countersign.grant');
  return causes.length > 0 && causes.every(({ code }) => code === LOCKED_OUT_CODE);
}

function namesOf(effects: readonly TouchedEffect[], types: ReadonlySet<string>): string[] {
  return effects.flatMap(({ targets }) => targets.filter(({ type }) => types.has(type)).map(({ name }) => name));
}

function quoted(names: readonly string[]): readonly string[] {
  if (names.length === 0) return NONE;
  return [...new Set(names.map(shortened))];
}

/** A lone surrogate becomes what the record makes of it. */
function shortened(name: string): string {
  return JSON.stringify((name.length <= NAME_UNITS ? name : `${name.slice(0, NAME_UNITS)}…`).toWellFormed());
}
