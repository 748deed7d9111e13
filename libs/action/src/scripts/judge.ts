/** Goes through a program in its own order, follows names and constants as far as the text tells, and says what its calls do. */
import type { Effect, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../analysis.ts';
import type { ReadContext } from '../reader.ts';
import { changingNames } from './changing.ts';
import { effectsOfDeed } from './deeds.ts';
import { type Argument, type Expression, OWN, PLAIN, UNKNOWN, type Value } from './expression.ts';
import { fold } from './folding.ts';
import type { Deed, Language } from './language.ts';

const DEEPEST = 150;
const EFFECTS = 300;
const LONGEST_TEXT = 64 * 1024;

interface State {
  readonly language: Language;
  readonly cx: ReadContext;
  readonly names: Map<string, Value>;
  /** Methods that the program defines itself: their bodies are judged where they stand. */
  readonly own: Set<string>;
  /** Names that hold different things at different times: loops and branches decide which. */
  readonly changing: ReadonlySet<string>;
  readonly out: Effect[];
  depth: number;
}

export function judgeProgram(program: readonly Expression[], language: Language, cx: ReadContext): readonly Effect[] {
  const state: State = { language, cx, names: new Map(), own: new Set(), changing: changingNames(program), out: [], depth: 0 };
  for (const expression of program) hoist(expression, state);
  for (const expression of program) value(expression, state);
  return state.out.length > EFFECTS
    ? [...state.out.slice(0, EFFECTS), opaqueEffect({ start: 0, end: 0 }, 'more effects than are listed')]
    : state.out;
}

/** Functions may be called above where they stand. */
function hoist(expression: Expression, state: State): void {
  if (expression.type === 'function' && expression.name !== '') {
    state.own.add(expression.name);
    state.names.set(expression.name, OWN);
    for (const inner of expression.body) hoist(inner, state);
  } else if (expression.type === 'other') for (const part of expression.parts) hoist(part, state);
}

function value(expression: Expression, state: State): Value {
  if (++state.depth > DEEPEST) {
    state.depth--;
    opaque(expression.span, 'nested too deeply', state);
    return UNKNOWN;
  }
  const result = evaluate(expression, state);
  state.depth--;
  return result;
}

function evaluate(expression: Expression, state: State): Value {
  switch (expression.type) {
    case 'text':
      return { text: expression.value };
    case 'number':
      return { number: expression.raw };
    case 'list':
      return { items: expression.items.map((item) => carried(value(item, state), item.span, state)) };
    case 'join':
      return joined(expression.parts.map((part) => value(part, state)));
    case 'name':
      return named(expression.name, state);
    case 'member':
      return member(value(expression.object, state), expression.name, expression.span, state);
    case 'call':
      return call(expression.callee, expression.args, expression.span, state);
    case 'assign':
      return assign(expression.target, expression.value, state);
    case 'import':
      return imported(expression.module, expression.as, expression.span, state);
    case 'function':
      return define(expression.name, expression.parameters, expression.body, state);
    case 'other':
      for (const part of expression.parts) {
        const result = value(part, state);
        if (part.type !== 'assign' && part.type !== 'import') carried(result, part.span, state);
      }
      return expression.fields === undefined ? PLAIN : { ...PLAIN, fields: expression.fields };
    case 'unknown':
      opaque(expression.span, expression.what, state);
      return UNKNOWN;
  }
}

function joined(parts: readonly Value[]): Value {
  let text = '';
  let made: readonly Value[] | undefined;
  for (const part of parts) {
    const piece = part.text ?? part.number ?? part.made?.[0]?.text;
    if (piece === undefined || text.length > LONGEST_TEXT) return part.path === 'own' ? PLAIN : { path: 'value' };
    if (part.made !== undefined) made = part.made;
    // Joining paths by `/` gives a path; joining texts gives a text.
    text += made !== undefined && text !== '' && !text.endsWith('/') ? `/${piece}` : piece;
  }
  return made === undefined
    ? { text }
    : { path: parts.find((part) => part.made !== undefined)?.path ?? 'value', made: [{ text }] };
}

function named(name: string, state: State): Value {
  const known = state.names.get(name);
  if (known !== undefined) return known;
  const global = state.language.globals.get(name);
  return { path: global ?? name };
}

function member(object: Value, name: string, span: TextSpan, state: State): Value {
  if (state.language.doors.test(name)) {
    opaque(span, `${name} leads to everything`, state);
    return UNKNOWN;
  }
  if (object.path === 'own') return state.own.has(name) ? OWN : { path: `?.${name}` };
  if (object.items !== undefined || object.text !== undefined || object.number !== undefined)
    return { path: `value.${name}`, made: [object] };
  return { path: `${object.path ?? '?'}.${name}`, ...(object.made !== undefined && { made: object.made }) };
}

function assign(target: Expression, source: Expression, state: State): Value {
  const { fields: _, ...result } = value(source, state);
  // An object that has a name can be changed through it.
  if (target.type === 'name') {
    state.names.set(target.name, state.changing.has(target.name) ? { path: 'value' } : result);
    return result;
  }
  if (target.type === 'list' || target.type === 'other') {
    const parts = target.type === 'list' ? target.items : target.parts;
    for (const part of parts) if (part.type === 'name') state.names.set(part.name, result.path === 'own' ? OWN : UNKNOWN);
    return result;
  }
  value(target, state);
  if (result.path !== undefined && acts(result.path, state))
    opaque(target.span, `${result.path} is put in the place of something else`, state);
  return result;
}

function imported(module: string, as: string, span: TextSpan, state: State): Value {
  if (!state.language.modules(module)) opaque(span, `what the module ${module} does is not known`, state, module);
  const result: Value = { path: module };
  if (as !== '') state.names.set(as, result);
  return result;
}

function define(name: string, parameters: readonly string[], body: readonly Expression[], state: State): Value {
  const before = new Map(parameters.map((parameter) => [parameter, state.names.get(parameter)]));
  for (const parameter of parameters) state.names.set(parameter, UNKNOWN);
  for (const part of body) value(part, state);
  for (const [parameter, old] of before) {
    if (old === undefined) state.names.delete(parameter);
    else state.names.set(parameter, old);
  }
  if (name !== '') {
    state.own.add(name);
    state.names.set(name, OWN);
  }
  return OWN;
}

/** A function that acts, handed on as a value: who calls it with what is not followed. */
function carried(result: Value, span: TextSpan, state: State): Value {
  if (result.path !== undefined && acts(result.path, state))
    opaque(span, `${result.path} is handed on, to be called with what is not known`, state, result.path);
  return result;
}

function acts(path: string, state: State): boolean {
  const deed = state.language.deeds.get(path);
  return deed !== undefined && deed !== '-';
}

function call(callee: Expression, args: readonly Argument[], span: TextSpan, state: State): Value {
  const target = value(callee, state);
  const positional: Value[] = [];
  const byName = new Map<string, Value>();
  for (const argument of args) {
    const result = carried(value(argument.value, state), argument.value.span, state);
    if (argument.name === '') positional.push(result);
    else byName.set(argument.name, result);
  }
  const path = target.path ?? '?';
  if (path === 'own' || path === 'own()') return UNKNOWN;
  return perform(path, positional, byName, target, span, state);
}

function perform(
  path: string,
  args: readonly Value[],
  byName: ReadonlyMap<string, Value>,
  target: Value,
  span: TextSpan,
  state: State,
): Value {
  const { language, cx } = state;
  const folded = fold(path, args, target, language);
  if (folded !== undefined) return folded;
  // A JSON file is data, wherever it lies.
  const data = path === 'require' && /^[./].*\.json$/.test(args[0]?.text ?? '');
  const deed = data ? 'cat $0' : deedOf(path, state);
  if (deed === undefined) {
    if (!isPure(path, state))
      opaque(
        span,
        path.startsWith('?')
          ? `a function that is worked out when it runs: ${path.replace(/^\?\.?/, '')}`
          : `what ${path} does is not known`,
        state,
        path,
      );
    return { path: `${path}()`, made: args };
  }
  if (deed.startsWith('calls ')) {
    calledBack(args[Number(deed.slice(6))], span, state);
    return { path: 'value' };
  }
  const doing = {
    deed,
    name: path.replace(/\(\)/g, ''),
    args,
    named: byName,
    self: target.made ?? [],
    span,
    dialect: language.dialect,
  };
  state.out.push(...effectsOfDeed(doing, cx));
  // What an opened thing is made of stays with it: `Path('x').resolve().unlink()`.
  return { path: `${path}()`, made: deed === '-' && target.made !== undefined && args.length === 0 ? target.made : args };
}

/** A function that is handed on by its name, as text. */
function calledBack(handed: Value | undefined, span: TextSpan, state: State): void {
  if (handed === undefined || handed.path === 'own' || handed.path === 'null') return;
  const name = handed.text?.toLowerCase();
  if (name !== undefined && (state.own.has(name) || (deedOf(name, state) === undefined && isPure(name, state)))) return;
  opaque(span, `${handed.text ?? 'something'} is handed on, to be called with what is not known`, state, name ?? '');
}

/** By the whole name, then as a method of an object that nobody knows. */
function deedOf(path: string, state: State): Deed | undefined {
  const { deeds } = state.language;
  const method = path.lastIndexOf('.');
  return (
    deeds.get(path) ?? (method < 0 || isModule(path.slice(0, method), state) ? undefined : deeds.get(`?${path.slice(method)}`))
  );
}

/** Functions of a module are told by their full name; only objects have methods. */
function isModule(path: string, state: State): boolean {
  return (
    !path.includes('()') && !path.startsWith('?') && !path.startsWith('value') && state.language.modules(path) && path !== ''
  );
}

/** `a`, `a.b` and `a.b.c` of `a.b.c.d`. */
function prefixesOf(path: string): string[] {
  const parts = path.split('.').slice(0, 6);
  return parts.slice(0, -1).map((_, i) => parts.slice(0, i + 1).join('.'));
}

function isPure(path: string, state: State): boolean {
  const { pure, methods } = state.language;
  if (pure.has(path)) return true;
  const at = path.lastIndexOf('.');
  if (at < 0) return false;
  const name = path.slice(at + 1);
  const object = path.slice(0, at);
  if (prefixesOf(path).some((prefix) => pure.has(`${prefix}.**`))) return true;
  if (state.own.has(name)) return true;
  return methods.has(name) && !isModule(object, state);
}

function opaque(span: TextSpan, why: string, state: State, via = ''): void {
  state.out.push(opaqueEffect(span, why, via));
}
