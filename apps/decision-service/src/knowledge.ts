/** What is known of an action by its text alone: effects, masking, and both encoded; worked out once a text. */
import { type ActionInput, type Analysis, type Analyser, describeEffects, unreadable } from '@countersign/action';
import type { Deed, TouchedEffect } from '@countersign/decision';
import type { InputMember, InputMembers, RiskScore } from '@countersign/decision';
import { type ActionKind, type Effect, messageOf, sha256Hex } from '@countersign/kernel';
import { type Masked, type Masker, mapSpan } from '@countersign/masking';
import type { Evaluator } from '@countersign/ports';
import {
  type ActionFacts,
  encodeEffects,
  type EncodableReading,
  encodeReading,
  type ResourceFacts,
  type TwiceEncoded,
} from '@countersign/wire';
import type { Judgement } from './judge.ts';
import { openFollower } from './catalogue.ts';
import { TwoGenerationCache } from './two-generation-cache.ts';

export interface Knowledge {
  /** Unmasked, as policy sees them. */
  readonly effects: readonly Effect[];
  readonly effectsJson: string;
  /** Masked, as they are recorded and answered. */
  readonly encoded: TwiceEncoded;
  /** Fingerprint, normalised text and the effects in words, masked. */
  readonly reading: TwiceEncoded;
  /** Masked too: what the memory keeps of them. */
  readonly touched: readonly TouchedEffect[];
  readonly masked: Masked;
  /** The secrets themselves, to keep them out of everything else that is recorded. */
  readonly secrets: readonly string[];
  /** The action on the resources it was last asked for; small and bounded by `rememberPlace`. */
  readonly places: Map<string, Placed>;
  /** The one of them that was asked for last. */
  latest: Placed | undefined;
}

/** An action on one resource. */
export interface Placed {
  readonly resource: ResourceFacts;
  /** Keyed digest of the canonical action. */
  readonly actionDigest: Buffer;
  /** Its part of the policy input, with these members. */
  readonly matter: (members: InputMembers) => readonly InputMember[];
  /** Of the effects in this place, without what came before. */
  readonly score: RiskScore;
  /** Its parts. */
  readonly riskParts: TwiceEncoded;
  /** What a decision on it leaves in the memory, by what policy said. */
  readonly deeds: Map<Judgement, Deed>;
}

export interface KnowledgeBase {
  /** At once where the text is known or may be parsed here; undefined where it must go to the worker. */
  now(action: ActionFacts, target: string): Knowledge | undefined;
  /** `target` is the id of the resource, of which the operator's catalogue may know more. */
  later(action: ActionFacts, target: string): Promise<Knowledge>;
}

const CACHED_TEXTS = 20_000;
const CACHED_UNITS = 16 << 20;
/** Longer texts are not worth the memory: they are rare, and most of them are never seen again. */
const CACHEABLE_UNITS = 8192;
/** Of a normalised text: it serves to find the like, and the whole text is recorded beside it. */
const RECORDED_UNITS = 2048;
const PLACES_PER_TEXT = 16;
/** Shorter findings would blank out ordinary words elsewhere. */
export const SHORTEST_SECRET = 4;

export function openKnowledgeBase(analyser: Analyser, masker: Masker, policy: Pick<Evaluator, 'bundle'>): KnowledgeBase {
  const catalogueChanged = openFollower(policy, analyser);
  const newCache = () => new TwoGenerationCache<Known>(CACHED_TEXTS, CACHED_UNITS);
  let cache = newCache();

  function learn(action: ActionFacts, analysis: Analysis): Knowledge {
    const masked = masker.maskText(action.text);
    const secrets = secretsOf(action.text, masked);
    const shown = analysis.effects.map((effect) => maskEffect(effect, masked, secrets, masker));
    return {
      effects: analysis.effects,
      effectsJson: JSON.stringify(analysis.effects.map(plainEffect)),
      encoded: encodeEffects(shown),
      reading: encodeReading(readingOf(analysis, shown, masked, secrets)),
      touched: shown,
      masked,
      secrets,
      places: new Map(),
      latest: undefined,
    };
  }

  /** A payload is analysed with the text, so the text alone does not name the action. */
  function remember(action: ActionFacts, target: string, knowledge: Knowledge, into: typeof cache): Knowledge {
    if (action.payloadJson.length === 0 && action.text.length <= CACHEABLE_UNITS) {
      const { kind, dialect, name, text } = action;
      into.set(text, { kind, dialect, name, target: analyser.perTarget ? target : '', knowledge, other: into.get(text) });
    }
    return knowledge;
  }

  function readingOf(analysis: Analysis, shown: readonly Effect[], masked: Masked, secrets: readonly string[]): EncodableReading {
    // Twice as much is masked as is kept, so that no secret is cut in two before it is found.
    const start = analysis.normalised.slice(0, 2 * RECORDED_UNITS);
    const normalised = masker.maskText(redact(start, secrets)).text.slice(0, RECORDED_UNITS);
    return { fingerprint: fingerprintOf(analysis, normalised), normalised, words: describeEffects(shown, masked.text) };
  }

  return {
    now(action, target) {
      if (catalogueChanged()) cache = newCache();
      const known =
        action.payloadJson.length === 0 ? among(cache.get(action.text), action, analyser.perTarget ? target : '') : undefined;
      if (known) return known;
      try {
        const analysis = analyser.analyseNow(inputOf(action, target));
        return analysis && remember(action, target, learn(action, analysis), cache);
      } catch (error) {
        return learn(action, failed(action, error));
      }
    },

    async later(action, target) {
      const input = inputOf(action, target);
      const asked = cache;
      const analysis = await analyser.analyse(input).catch((error: unknown) => failed(action, error));
      if (action.text.length > CACHEABLE_UNITS) await ownTurn();
      const knowledge = learn(action, analysis);
      // What the analyser itself does not remember was a matter of the moment: a full queue, a lost worker.
      return asked === cache && isRemembered(analyser, input) ? remember(action, target, knowledge, asked) : knowledge;
    },
  };
}

const FINGERPRINT = /^[0-9a-f]{16}$/;

/** The grammar's own where it has one; else of the masked text: a digest of an unmasked one would give a weak secret away. */
function fingerprintOf({ fingerprint }: Analysis, maskedNormalised: string): string {
  if (FINGERPRINT.test(fingerprint)) return fingerprint;
  return maskedNormalised === '' ? '' : sha256Hex(maskedNormalised).slice(0, 16);
}

let lastTurn: Promise<void> = Promise.resolve();

/** To mask a text at its cap takes some 20 ms: each has a turn of the event loop to itself, so that five together do not stall it. */
function ownTurn(): Promise<void> {
  lastTurn = lastTurn.then(() => new Promise((resolve) => setImmediate(resolve)));
  return lastTurn;
}

function isRemembered(analyser: Analyser, input: ActionInput): boolean {
  try {
    return analyser.analyseNow(input) !== undefined;
  } catch {
    return false;
  }
}

/** Promise 2: an analyser that fails leaves an action that nobody understood, which no shipped policy allows by itself. */
function failed(action: ActionFacts, error: unknown): Analysis {
  return unreadable(action.text, `the analyser failed: ${messageOf(error)}`);
}

export function rememberPlace(knowledge: Knowledge, place: string, placed: Placed): void {
  if (knowledge.places.size >= PLACES_PER_TEXT) knowledge.places.clear();
  knowledge.places.set(place, placed);
}

/** Replaces every finding's own value wherever else it shows up. */
export function redact(text: string, secrets: readonly string[]): string {
  let redacted = text;
  for (const secret of secrets) redacted = redacted.replaceAll(secret, '«secret»');
  return redacted;
}

const JSON_STRING = /"(?:[^"\\]|\\.)*"/g;

/** The same in the strings of a JSON text, which stays JSON; every other byte stays too. */
export function redactJson(json: string, secrets: readonly string[]): string {
  if (secrets.length === 0) return json;
  return json.replace(JSON_STRING, (token) => {
    const value = JSON.parse(token) as string;
    const redacted = redact(value, secrets);
    return redacted === value ? token : JSON.stringify(redacted);
  });
}

/** The secrets that masking found in a text, longest first, so that one within another is replaced last. */
export function secretsOf(text: string, masked: Masked): readonly string[] {
  const secrets = new Set(masked.findings.map(({ start, end }) => text.slice(start, end)));
  return [...secrets].filter((secret) => secret.length >= SHORTEST_SECRET).sort((a, b) => b.length - a.length);
}

function maskEffect(effect: Effect, masked: Masked, secrets: readonly string[], masker: Masker): Effect {
  const clean = (text: string) => (text === '' ? text : masker.maskText(redact(text, secrets)).text);
  return {
    ...effect,
    // By its own shape only: a password that happens to be called like a table must not hide the table.
    targets: effect.targets.map(({ type, name }) => ({ type, name: masker.maskText(name).text })),
    span: masked.findings.length === 0 ? effect.span : mapSpan(effect.span, masked.findings),
    via: clean(effect.via),
    why: clean(effect.why),
  };
}

/** One order of members, so that the policy input is the same bytes each time. */
export function plainEffect({ kind, scope, reversible, targets, span, via, why }: Effect) {
  return {
    kind,
    scope,
    reversible,
    targets: targets.map(({ type, name }) => ({ type, name })),
    span: { start: span.start, end: span.end },
    via,
    why,
  };
}

/** The same text as one kind of action is seldom met as another one too: then they hang on each other, and the oldest are let go. */
interface Known {
  readonly kind: string;
  readonly dialect: string;
  readonly name: string;
  readonly target: string;
  readonly knowledge: Knowledge;
  other: Known | undefined;
}

const KINDS_PER_TEXT = 8;

function among(first: Known | undefined, { kind, dialect, name }: ActionFacts, target: string): Knowledge | undefined {
  let left = KINDS_PER_TEXT;
  for (let known = first; known !== undefined; known = known.other) {
    if (known.kind === kind && known.dialect === dialect && known.name === name && known.target === target)
      return known.knowledge;
    if (--left === 0) known.other = undefined;
  }
  return undefined;
}

function inputOf({ kind, name, text, dialect, payloadJson }: ActionFacts, target: string): ActionInput {
  return { kind: kind as ActionKind, name, text, dialect, target, ...(payloadJson.length > 0 && { payloadJson }) };
}
