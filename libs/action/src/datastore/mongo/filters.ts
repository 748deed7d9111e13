/** Values of MongoDB scripts and documents, and whether a filter filters anything. */
import { isMembers } from '../../http/json.ts';

/** A part of a script whose value is only known at run time. */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** A regular expression literal of a script. */
export class Pattern {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

const DEPTH = 40;

export type Breadth = 'all' | 'some' | 'unknown';

/** An absent filter, `{}`, `{_id: {$exists: true}}`, `{$or: [{}, …]}` and the like find every document. */
export function breadthOf(filter: unknown, depth = 0): Breadth {
  if (filter === UNKNOWN || depth > DEPTH) return 'unknown';
  if (filter === undefined || filter === null) return 'all';
  if (!isMembers(filter)) return 'unknown';
  let breadth: Breadth = 'all';
  for (const key of Object.keys(filter)) {
    const found = clauseBreadth(key, filter[key], depth + 1);
    if (found === 'some') return 'some';
    if (found === 'unknown') breadth = 'unknown';
  }
  return breadth;
}

function clauseBreadth(key: string, value: unknown, depth: number): Breadth {
  if (key === '$comment') return 'all';
  if (key === '$and' || key === '$or' || key === '$nor') return listBreadth(key, value, depth);
  if (key === '$expr') return value === true || value === 1 ? 'all' : 'some';
  if (key === '$where') return 'unknown';
  if (key.startsWith('$')) return 'some';
  if (key === '...') return 'unknown';
  return conditionBreadth(value, depth);
}

function listBreadth(key: string, value: unknown, depth: number): Breadth {
  if (!Array.isArray(value)) return 'unknown';
  const found = value.map((item) => breadthOf(item, depth));
  if (key === '$nor') return found.length === 0 ? 'all' : 'some';
  if (key === '$or') return found.includes('all') ? 'all' : found.includes('unknown') ? 'unknown' : 'some';
  return found.includes('some') ? 'some' : found.includes('unknown') ? 'unknown' : 'all';
}

/** What one field must be. A value that is not known is still one value; operators that everything meets are none. */
function conditionBreadth(value: unknown, depth: number): Breadth {
  if (value instanceof Pattern) return matchesAll(value.source) ? 'all' : 'some';
  if (!isMembers(value)) return 'some';
  const operators = Object.keys(value);
  if (operators.length === 0 || !operators.every((operator) => operator.startsWith('$'))) return 'some';
  const idle = operators.every((operator) => isIdle(operator, value[operator], depth));
  return idle ? 'all' : 'some';
}

function isIdle(operator: string, value: unknown, depth: number): boolean {
  switch (operator) {
    case '$exists':
      return value === true || value === 1;
    case '$ne':
      return value === null;
    case '$nin':
      return Array.isArray(value) && value.every((item) => item === null);
    case '$regex':
      return value instanceof Pattern ? matchesAll(value.source) : typeof value === 'string' && matchesAll(value);
    case '$options':
      return true;
    case '$gte':
    case '$gt':
      return isMembers(value) && ('$minKey' in value || value['call'] === 'MinKey');
    case '$lte':
    case '$lt':
      return isMembers(value) && ('$maxKey' in value || value['call'] === 'MaxKey');
    case '$not':
      return isMembers(value) && depth < DEPTH && Object.keys(value).length === 0;
    default:
      return false;
  }
}

function matchesAll(source: string): boolean {
  return /^\^?(?:\.\*|\.\+|\(\.\*\)|\[\\s\\S\]\*|)\$?$/.test(source);
}

/** Operators by which a filter or pipeline runs JavaScript in the server, at any depth. */
export function runsCode(value: unknown, depth = 0): boolean {
  if (depth > DEPTH) return true;
  if (Array.isArray(value)) return value.some((item) => runsCode(item, depth + 1));
  if (!isMembers(value)) return false;
  return Object.keys(value).some(
    (key) => key === '$where' || key === '$function' || key === '$accumulator' || runsCode(value[key], depth + 1),
  );
}
