/** Reads a shell text: parsed as bash, walked command by command, each told by its program's table. */
import type { Effect, TextSpan } from '@countersign/kernel';
import { parse } from 'unbash';
import { type ActionInput, type Analysis, analysisOf, unreadable } from '../analysis.ts';
import { type Inner, NotHere, type ReadContext, type Reader } from '../reader.ts';
import { SHELL_CAPS, overCaps } from './caps.ts';
import { COMMANDS, NO_INPUT, type Reading, UNITS, sayOpaque } from './reading.ts';
import { Scope } from './scope.ts';
import { walkScript } from './walk.ts';

/** Most effects that are told of one text. */
const EFFECTS = 400;

export const readShell: Reader = ({ text }: ActionInput | Inner, cx: ReadContext): Analysis => {
  if (text.trim() === '') return unreadable(text, 'there is no command');
  if (text.length > SHELL_CAPS.units) return unreadable(text, `the shell text is longer than ${SHELL_CAPS.units} characters`);
  const over = overCaps(text);
  if (over !== undefined && cx.place === 'here') throw new NotHere(over);
  const values: TextSpan[] = [];
  const r: Reading = {
    cx,
    source: text,
    scope: new Scope(),
    allowance: { commands: COMMANDS, units: UNITS, listed: undefined },
    depth: 0,
    out: [],
    values: cx.depth === 0 ? values : undefined,
  };
  walkScript(parse(text), r, NO_INPUT);
  if (r.out.length === 0)
    r.out.push({
      kind: 'none',
      scope: 'one',
      reversible: 'unknown',
      targets: [],
      span: { start: 0, end: text.length },
      via: '',
      why: '',
    });
  const effects = distinct(r, text);
  const normalised = cx.depth === 0 ? withoutValues(text, values) : '';
  return analysisOf(effects, normalised, normalised);
};

/** The same effect of the same words is told once. */
function distinct(r: Reading, text: string): readonly Effect[] {
  if (r.out.length < 2) return r.out.map((effect) => within(effect, text.length));
  const seen = new Set<string>();
  const effects: Effect[] = [];
  for (const effect of r.out) {
    const { kind, scope, span, via, why, targets } = effect;
    const key = `${kind} ${scope} ${span.start} ${span.end} ${via}\0${why}\0${targets.map(({ type, name }) => `${type}:${name}`).join('\0')}`;
    if (seen.has(key)) continue;
    seen.add(key);
    effects.push(within(effect, text.length));
  }
  if (effects.length <= EFFECTS) return effects;
  sayOpaque({ ...r, out: effects }, { start: 0, end: text.length }, `more than ${EFFECTS} effects`);
  const last = effects.at(-1);
  return last === undefined ? effects : [...effects.slice(0, EFFECTS), last];
}

/** Of a text that does not parse, the parser may place an end behind the text. */
function within(effect: Effect, length: number): Effect {
  const { start, end } = effect.span;
  return end <= length ? effect : { ...effect, span: { start: Math.min(start, length), end: length } };
}

/** The text with `?` for what commands are given. */
function withoutValues(text: string, values: readonly TextSpan[]): string {
  let normalised = '';
  let at = 0;
  for (const { start, end } of [...values].sort((one, other) => one.start - other.start)) {
    if (start < at) continue;
    normalised += `${text.slice(at, start)}?`;
    at = end;
  }
  return normalised + text.slice(at);
}
