/** Checks the operator's own program tables: the shape of the shipped ones, without code. */
import { ACTION_KINDS, EFFECT_KINDS } from '@countersign/kernel';
import { isMembers, type Members } from '../http/json.ts';
import type { Program } from '../programs/program.ts';

const COMMAND = ['options', 'syntax', 'dashless', 'otherOptions', 'does', 'runs', 'sub', 'otherSub', 'bare'];
const DEPTH = 6;

/** Collects every problem with its path, so that one reading shows them all. */
export class Problems {
  readonly list: string[] = [];

  add(path: string, what: string): void {
    if (this.list.length < 200) this.list.push(`${path}: ${what}`);
  }

  onlyMembers(value: Members, path: string, allowed: readonly string[]): void {
    for (const name of Object.keys(value)) if (!allowed.includes(name)) this.add(`${path}.${name}`, 'is not known here');
  }

  oneOf(value: unknown, path: string, allowed: readonly string[]): void {
    if (typeof value !== 'string' || !allowed.includes(value)) this.add(path, `is not one of ${allowed.join(', ')}`);
  }

  text(value: unknown, path: string, mayBeEmpty = false): string {
    if (typeof value === 'string' && (mayBeEmpty || value !== '')) return value;
    this.add(path, 'is not a text');
    return '';
  }

  texts(value: Members, path: string, names: readonly string[]): void {
    for (const name of names) if (value[name] !== undefined) this.text(value[name], `${path}.${name}`, true);
  }

  flags(value: Members, path: string, names: readonly string[]): void {
    for (const name of names) {
      if (value[name] !== undefined && typeof value[name] !== 'boolean') this.add(`${path}.${name}`, 'is not true or false');
    }
  }
}

export function checkProgram(value: unknown, path: string, problems: Problems): Program | undefined {
  if (!isMembers(value)) {
    problems.add(path, 'is not an object');
    return undefined;
  }
  const names = value['names'];
  if (!Array.isArray(names) || names.length === 0 || !names.every((name) => typeof name === 'string' && name !== '')) {
    problems.add(`${path}.names`, 'is not a list of names');
  }
  command(value, path, problems, ['names'], 0);
  return value as unknown as Program;
}

function command(value: unknown, path: string, problems: Problems, also: readonly string[], depth: number): void {
  if (!isMembers(value)) {
    problems.add(path, 'is not an object');
    return;
  }
  if (depth > DEPTH) {
    problems.add(path, 'is nested too deeply');
    return;
  }
  problems.onlyMembers(value, path, [...COMMAND, ...also]);
  problems.texts(value, path, ['options']);
  problems.flags(value, path, ['dashless']);
  if (value['syntax'] !== undefined) problems.oneOf(value['syntax'], `${path}.syntax`, ['gnu', 'posix', 'go', 'words']);
  if (value['otherOptions'] !== undefined) problems.oneOf(value['otherOptions'], `${path}.otherOptions`, ['opaque', 'harmless']);
  each(value['does'], `${path}.does`, problems, act);
  each(value['runs'], `${path}.runs`, problems, run);
  const sub = value['sub'];
  if (sub !== undefined && !isMembers(sub)) problems.add(`${path}.sub`, 'is not an object');
  if (isMembers(sub))
    for (const [name, inner] of Object.entries(sub)) command(inner, `${path}.sub.${name}`, problems, [], depth + 1);
  for (const name of ['otherSub', 'bare'])
    if (value[name] !== undefined) command(value[name], `${path}.${name}`, problems, [], depth + 1);
}

function each(
  value: unknown,
  path: string,
  problems: Problems,
  check: (item: Members, path: string, problems: Problems) => void,
): void {
  if (value === undefined) return;
  if (!Array.isArray(value)) {
    problems.add(path, 'is not a list');
    return;
  }
  for (const [index, item] of value.entries()) {
    if (isMembers(item)) check(item, `${path}[${index}]`, problems);
    else problems.add(`${path}[${index}]`, 'is not an object');
  }
}

function act(value: Members, path: string, problems: Problems): void {
  problems.onlyMembers(value, path, ['kind', 'when', 'on', 'type', 'name', 'scope', 'reversible', 'why', 'deep', 'evenWithout']);
  problems.oneOf(value['kind'], `${path}.kind`, EFFECT_KINDS);
  problems.texts(value, path, ['when', 'on', 'type', 'name', 'why']);
  problems.flags(value, path, ['deep', 'evenWithout']);
  if (value['scope'] !== undefined) problems.oneOf(value['scope'], `${path}.scope`, ['one', 'bounded', 'unbounded', 'unknown']);
  if (value['reversible'] !== undefined) problems.oneOf(value['reversible'], `${path}.reversible`, ['yes', 'no', 'unknown']);
}

function run(value: Members, path: string, problems: Problems): void {
  problems.onlyMembers(value, path, ['as', 'when', 'from', 'stdin', 'assignments', 'more', 'at']);
  problems.texts(value, path, ['when', 'from']);
  problems.flags(value, path, ['stdin', 'assignments', 'more']);
  const language = value['as'];
  if (isMembers(language)) {
    problems.onlyMembers(language, `${path}.as`, ['kind', 'dialect']);
    problems.oneOf(language['kind'], `${path}.as.kind`, [...ACTION_KINDS, 'script']);
    problems.texts(language, `${path}.as`, ['dialect']);
  } else problems.oneOf(language, `${path}.as`, ['argv', 'shell']);
  const place = value['at'];
  if (place === undefined) return;
  if (isMembers(place)) {
    problems.text(place['type'], `${path}.at.type`);
    problems.text(place['on'], `${path}.at.on`);
  } else problems.add(`${path}.at`, 'is not an object');
}
