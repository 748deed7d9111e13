/** Finds what a command line is by: a case, a path, or the verb among its leading words. */
import type { Call, Word } from '../program.ts';
import type { Compiled, Judged } from './service-table.ts';
import { NOUNISH } from './verbs.ts';

export interface Found {
  readonly rule: Judged;
  /** Index of the operand that is the verb. */
  readonly at: number;
}

/** What a call is by, and the operands that it was found among. */
export interface Reading extends Found {
  readonly operands: readonly Word[];
}

/**
 * An option that no table knows may take the word behind it or not: then both readings have to be known, and the weightier one
 * counts, so that the value of an option never passes for the verb.
 */
export function find(call: Call, compiled: Compiled): Reading | undefined {
  const found = byCase(call, compiled) ?? byRest(call, compiled);
  if (found === undefined) return undefined;
  const one = { ...found, operands: call.operands };
  const verb = call.operands[found.at] ?? call.operands[0];
  const taken = verb === undefined ? [] : doubtful(call, verb.span.start, compiled);
  if (taken.length === 0) return one;
  const operands = call.operands.filter((word) => !taken.includes(word));
  const fewer = { ...call, operands };
  const other = byCase(fewer, compiled) ?? byRest(fewer, compiled);
  if (other === undefined) return undefined;
  return other.rule.weight > one.rule.weight ? { ...other, operands } : one;
}

/** Operands up to the verb that stand right behind an option that is not known. */
function doubtful(call: Call, verbStart: number, { options }: Compiled): Word[] {
  const found: Word[] = [];
  for (let index = 1; index < call.words.length; index += 1) {
    const word = call.words[index];
    const before = call.words[index - 1];
    if (word === undefined || before === undefined || word.span.start > verbStart) break;
    if (before.text === '--') break;
    if (call.operands.includes(word) && isUnknown(before.text, options)) found.push(word);
  }
  return found;
}

function isUnknown(word: string, options: ReadonlyMap<string, string>): boolean {
  if (!/^-[^\d]/.test(word) || word.includes('=')) return false;
  if (options.has(word)) return false;
  // Letters in a bundle, and beginnings of long names, are the parser's business.
  if (!word.startsWith('--')) return !options.has(word.slice(0, 2));
  for (const name of options.keys()) if (name.startsWith(word)) return false;
  return true;
}

function byRest(call: Call, compiled: Compiled): Found | undefined {
  const path = byPath(call.operands, compiled);
  return (
    (path === undefined ? undefined : unlessVerbFollows(path, call, compiled)) ?? byVerb(call, compiled) ?? otherwise(compiled)
  );
}

/** The first case that holds; where some only may hold (a word is computed), the weightiest of what may be meant. */
export function byCase(call: Call, compiled: Compiled): Found | undefined {
  let found: Found | undefined;
  for (const { path, test, rule } of compiled.cases) {
    if (!path.every((word, index) => call.operands[index]?.text === word)) continue;
    const answer = test(call);
    if (answer === 'no') continue;
    found = heavier(found, { rule, at: path.length - 1 });
    if (answer === 'yes') return found;
  }
  return found === undefined ? undefined : heavier(found, byRest(call, compiled) ?? found);
}

function heavier(one: Found | undefined, other: Found): Found {
  return one !== undefined && one.rule.weight >= other.rule.weight ? one : other;
}

/** `config` may be listed as a reading path, and `config wipe` not: what follows a noun counts more than the noun. */
function unlessVerbFollows(found: Found, call: Call, compiled: Compiled): Found | undefined {
  if (found.rule.weight > 1) return found;
  const last = call.operands[found.at]?.text ?? '';
  if (compiled.verbs.has(last) && !NOUNISH.has(last)) return found;
  const next = call.operands[found.at + 1];
  // No sub-command is written like `queue=mail` or `registry/image:1`.
  if (next === undefined || (next.known && /[=/@.]/.test(next.text))) return found;
  const rule = NOUNISH.has(next.text) ? undefined : compiled.verbs.get(next.text);
  if (rule !== undefined && rule.weight >= 3) return { rule, at: found.at + 1 };
  // A group of sub-commands takes no operand of its own: this is one that no table knows.
  return isGroup(call, found.at, compiled) ? undefined : found;
}

function isGroup(call: Call, at: number, { groups }: Compiled): boolean {
  return groups.has(
    call.operands
      .slice(0, at + 1)
      .map((word) => word.text)
      .join(' '),
  );
}

function otherwise({ otherwise: rule }: Compiled): Found | undefined {
  return rule === undefined ? undefined : { rule, at: -1 };
}

function byPath(words: readonly Word[], compiled: Compiled): Found | undefined {
  for (let length = Math.min(compiled.longest, words.length); length > 0; length -= 1) {
    const head = words.slice(0, length);
    if (!head.every((word) => word.known)) continue;
    const rule = compiled.paths.get(head.map((word) => word.text).join(' '));
    if (rule !== undefined) return { rule, at: length - 1 };
  }
  return undefined;
}

/**
 * The weightiest verb among the leading words that is not also a noun; then one behind options; then one that is a noun too. So
 * a noun that is spelt like a reading verb does not hide what follows it.
 */
function byVerb(call: Call, compiled: Compiled): Found | undefined {
  const depth = compiled.service.depth ?? 5;
  const leading = beforeOptions(call).slice(0, depth);
  return (
    weightiest(leading, compiled, false) ??
    weightiest(call.operands.slice(0, depth), compiled, false) ??
    weightiest(leading, compiled, true)
  );
}

function weightiest(words: readonly Word[], compiled: Compiled, nounish: boolean): Found | undefined {
  let best: Found | undefined;
  for (const [at, word] of words.entries()) {
    // Nothing behind a word that is computed can be trusted to be what it looks like.
    if (!word.known) break;
    if (!nounish && NOUNISH.has(word.text)) continue;
    const rule = verbRule(word.text, at, compiled);
    if (rule !== undefined && (best === undefined || rule.weight > best.rule.weight)) best = { rule, at };
  }
  return best;
}

function verbRule(word: string, at: number, { verbs, service: table }: Compiled): Judged | undefined {
  const whole = verbs.get(word);
  if (whole !== undefined || table.compound !== true || at === 0) return whole;
  const dash = word.indexOf('-');
  if (dash <= 0) return undefined;
  // `batch-get-builds` is a get.
  const second = word.indexOf('-', dash + 1);
  return (second < 0 ? undefined : verbs.get(word.slice(0, second))) ?? verbs.get(word.slice(0, dash));
}

/** The operands that stand before the first option that follows one: only they can be nouns and verbs for certain. */
function beforeOptions(call: Call): readonly Word[] {
  const first = call.operands[0];
  if (first === undefined) return [];
  const option = call.words.find((word) => word.span.start > first.span.start && word.text.startsWith('-'));
  return option === undefined ? call.operands : call.operands.filter((word) => word.span.start < option.span.start);
}
